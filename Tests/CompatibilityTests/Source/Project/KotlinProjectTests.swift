import Testing

@testable import Compatibility

@Suite struct KotlinProjectTests {
    @Test func `variables and functions of a package are known in its other files, and where they are imported`() throws
    {
        let project = try SampleProject([
            "a/Clients.kt": """
            package a
            import redis.clients.jedis.Jedis
            val shared = Jedis("h")
            fun Jedis.wipe(block: Jedis.() -> Unit) { block() }
            """,
            "a/Use.kt": "package a\nfun use() { shared.keys(\"*\") }\n",
            "b/Use.kt": "package b\nimport a.shared\nimport a.wipe\nfun use() { shared.wipe {\n flushAll() } }\n",
            "c/Use.kt": "package c\nval shared = Other()\nfun use() { shared.keys(\"*\") }\n",
        ])
        #expect(try project.commands() == ["a/Use.kt:2 KEYS high", "b/Use.kt:5 FLUSHALL high"])
    }

    @Test func `Java's classes are used from Kotlin, their getters as properties, and Kotlin's from Java`() throws {
        let project = try SampleProject([
            "Store.java": """
            import redis.clients.jedis.*;
            public class Store { private JedisPool pool; public Jedis getClient() { return pool.getResource(); } }
            """,
            "Use.kt":
                "class Use(val store: Store) { fun f() {\n store.client.dbSize() }\n fun own() = store.client\n}\n",
            "More.java": "class More { Use use; void f() { use.own().randomKey(); } }\n",
        ])
        #expect(try project.commands() == ["More.java:1 RANDOMKEY high", "Use.kt:2 DBSIZE high"])
    }

    @Test func `a closure that is given a client has no members of the client, and one that is run on it has`() throws {
        let project = try SampleProject([
            "Use.kt": """
            import redis.clients.jedis.*
            class Use(val pool: JedisPool) {
              fun keys(pattern: String) = listOf<String>()
              fun f() {
                pool.resource.use { jedis -> keys("*") }
                pool.resource.apply { randomKey() }
              }
            }
            """
        ])
        #expect(try project.commands() == ["Use.kt:6 RANDOMKEY high"])
    }

    @Test func `a method that only Lombok writes gives the field`() throws {
        let project = try SampleProject([
            "Holder.java": "@Getter class Holder { private redis.clients.jedis.Jedis jedis; }\n",
            "Use.java":
                "class Use { void f(Holder holder) { holder.getJedis().dbSize(); holder.getOther().keys(\"*\"); } }\n",
        ])
        #expect(try project.commands() == ["Use.java:1 DBSIZE high"])
    }
}

@Suite struct KotlinDialectTests {
    @Test(
        "Declarations and expressions become these nodes",
        arguments: [
            ("import a.b.C as D", "(imported:D (literal \"a.b\") (name:C))"),
            ("val a: B? = c!!.d", "(bind declares (name:a) (type:B) (member:d (name:c)))"),
            ("x?.f(a = 1)", "(call (member:f (name:x)) (argument:a (literal 1)))"),
            ("a as? B", "(cast (type:B) (name:a))"),
            (
                "fun A.f(b: B): C = b",
                "(function:f (parameter receiver (type:A)) (parameter:b (type:B)) (type:C) (name:b))"
            ),
            (
                "class A(val b: B) : C(b)",
                "(classDeclaration:A (function constructor (parameter:b field (type:B))) (type:C) "
                    + "(call (name parent) (name:b)))"
            ),
            (
                "a.b { c -> c }",
                "(call (member:b (name:a)) (function trailing lastIsResult (parameter:c) (block scope (name:c))))"
            ),
        ] as [(String, String)])
    func node(_ program: String, _ lines: String) throws {
        #expect(try SyntaxDump.lines(of: program, in: "kotlin") == [lines])
    }
}
