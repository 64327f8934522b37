import Testing

@testable import Compatibility

@Suite struct LuaDialectTests {
    private func lines(_ program: String) throws -> [String] { try SyntaxDump.lines(of: program, in: "lua") }

    @Test func `a colon gives the object to the function`() throws {
        #expect(try lines("red:keys('*')") == ["(call (member:keys method (name:red)) (literal \"*\"))"])
        #expect(try lines("f 'a' { b = 1 }").first?.hasPrefix("(call (call (name:f) (literal \"a\"))") == true)
    }

    @Test func `a file gives what it returns, and a required one is that`() throws {
        #expect(try lines("local m = require 'a.b'; return m").count == 2)
        #expect(
            try lines("local m = require 'a.b'")
                == ["(bind declares (name:m) (imported (literal \"a.b\") (name)))"])
        #expect(try lines("return m") == ["(bind declares (name) (name:m))"])
    }

    @Test func `a method has its object as a parameter`() throws {
        #expect(
            try lines("function m:f(a) return a end")
                == [
                    "(bind (member:f (name:m)) (function (parameter (name:m)) (parameter:a) "
                        + "(block scope (returned (name:a)))))"
                ])
    }

    @Test func `comments and long strings have levels`() throws {
        #expect(try lines("--[==[ a ]] b() ]==] c() -- d()") == ["(call (name:c))"])
        #expect(try lines("f([=[ ]] ]=])") == ["(call (name:f) (literal \" ]] \"))"])
    }

    @Test func `blocks end at their own end`() throws {
        let program = """
            if a then b() elseif c then d() else e() end
            for _, k in ipairs(t) do g(k) end
            while h do i() end repeat j() until k
            do l() end
            m()
            """
        let all = try lines(program)
        #expect(all.last == "(call (name:m))")
        #expect(all.joined().contains("(bind declares element (collection tuple (name:_) (name:k)) (name:t))"))
    }
}
