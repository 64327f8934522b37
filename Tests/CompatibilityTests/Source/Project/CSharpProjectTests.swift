import Testing

@testable import Compatibility

@Suite struct CSharpProjectTests {
    @Test func `parts of a class in several files have their fields in common`() throws {
        let project = try SampleProject([
            "Cache.cs": "using StackExchange.Redis;\nnamespace A { public partial class Cache { IDatabase _db; } }\n",
            "Cache.Keys.cs": """
            namespace A;
            public partial class Cache {
              public void F() { _db.KeyRandom(); }
            }
            public class Other { Store _db; void F() { _db.KeyRandom(); } }
            """,
        ])
        #expect(try project.commands() == ["Cache.Keys.cs:3 RANDOMKEY high"])
    }

    @Test func `a class of a client's has its methods, with what clients add to the commands' names`() throws {
        let project = try SampleProject([
            "Own.cs": "using CSRedis;\nclass Own : CSRedisClient { public Own(string s) : base(s) { } }\n",
            "Use.cs": """
            class Use {
              readonly Own _own;
              async void F() { await _own.PublishAsync("c", "m"); }
              void G() { _own.Publish("c", "m"); _own.Other("c"); }
            }
            """,
        ])
        #expect(try project.commands() == ["Use.cs:3 PUBLISH high", "Use.cs:4 PUBLISH high"])
    }

    @Test func `what one file imports for all is known in files that never mention Redis`() throws {
        let project = try SampleProject([
            "Usings.cs": "global using StackExchange.Redis;\n",
            "Use.cs": "class Use(IConnectionMultiplexer mux) {\n void F() => mux.GetServer(\"h\", 1).Keys();\n}\n",
        ])
        #expect(try project.commands() == ["Use.cs:2 SCAN high"])
    }

    @Test func `a class of the project that is named like one of a client is not taken for it`() throws {
        let project = try SampleProject([
            "Own.cs": "class Server { public void Keys() { } }\ninterface IServer { void Keys(); }\n",
            "Use.cs": "// no redis\nclass Use { IServer server; void F() { server.Keys(); } }\n",
        ])
        #expect(try project.commands() == [])
    }

    @Test func `a client goes through the constructor of a base class, and a method that extends another class`() throws
    {
        let project = try SampleProject([
            "Base.cs":
                "class Base { protected readonly dynamic Kept; protected Base(dynamic kept) { Kept = kept; } }\n",
            "Sub.cs": """
            using StackExchange.Redis;
            class Sub : Base {
              Sub(IDatabase db) : base(db) { }
              void F() => Kept.KeyRandom();
            }
            class Context { public IDatabase Db; }
            static class Extensions { public static IDatabase Own(this Context context) => context.Db; }
            class Use { void F(Context context) { context.Own().KeyTouch("k"); } }
            """,
        ])
        #expect(try project.commands() == ["Sub.cs:4 RANDOMKEY high", "Sub.cs:8 TOUCH high"])
    }
}

@Suite struct CSharpDialectTests {
    @Test(
        "Declarations and expressions become these nodes",
        arguments: [
            ("using A.B;", "(imported wildcard (literal \"A.B\"))"),
            ("using D = A.B.C;", "(imported:D (literal \"A.B\") (name:C))"),
            ("int? a = b!.c;", "(bind declares (name:a) (type:int) (member:c (name:b)))"),
            ("var x = y as T;", "(bind declares (name:x) (type:var) (cast (type:T) (name:y)))"),
            ("x?.F(a: 1);", "(call (member:F (name:x)) (argument:a (literal 1)))"),
            (
                "class A(T t) : B { int P => t; }",
                "(classDeclaration:A (function constructor (parameter:t field (type:T))) (type:B) "
                    + "(bind field (name:P) (type:int)) (function:P property (name:t)))"
            ),
            (
                "foreach (var a in b) c(a);",
                "(block scope (bind declares element (name:a) (type:var) (name:b)) "
                    + "(block scope (call (name:c) (name:a))))"
            ),
            (
                "a = b is T c ? c : d;",
                "(bind (name:a) (choice (opaque (bind declares (name:c) (type:T) (name:b))) (name:c) (name:d)))"
            ),
        ] as [(String, String)])
    func node(_ program: String, _ lines: String) throws {
        #expect(try SyntaxDump.lines(of: program, in: "csharp") == [lines])
    }
}
