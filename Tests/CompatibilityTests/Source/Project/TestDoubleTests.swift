import Testing

@testable import Compatibility

@Suite struct TestDoubleTests {
    @Test func `what a double is told or asked is no more than a guess`() throws {
        let project = try SampleProject([
            "StoreTest.java": """
            import redis.clients.jedis.Jedis;
            import static org.mockito.Mockito.*;
            class StoreTest {
                Jedis jedis;
                void test() {
                    when(jedis.keys("*")).thenReturn(names);
                    doReturn(names).when(jedis).keys("a");
                    Jedis made = mock(Jedis.class);
                    made.keys("b");
                    jedis.keys("c");
                }
            }
            """,
            "Waiting.java": """
            import redis.clients.jedis.Jedis;
            class Waiting { void wait(Jedis jedis) { given(jedis.keys("*")); } }
            """,
        ])
        let found = try project.commands()
        #expect(found.filter { $0.hasSuffix("high") } == ["StoreTest.java:10 KEYS high", "Waiting.java:2 KEYS high"])
    }

    @Test func `doubles of .NET are none of its clients`() throws {
        let project = try SampleProject([
            "StoreTests.cs": """
            using Moq;
            using NSubstitute;
            using StackExchange.Redis;
            class StoreTests {
                IDatabase db;
                Mock<IDatabase> mock;
                void Test() {
                    db.Received().PublishAsync("a", "b");
                    var made = Substitute.For<IDatabase>();
                    made.Publish("a", "b");
                    mock.Verify(x => x.Publish("a", "b"));
                    db.Publish("a", "b");
                }
            }
            """
        ])
        let found = try project.commands()
        #expect(found.filter { $0.hasSuffix("high") } == ["StoreTests.cs:12 PUBLISH high"])
    }

    @Test func `what is to fail is a guess`() throws {
        let project = try SampleProject([
            "tests.cpp": """
            #include <sw/redis++/redis++.h>
            void tests(sw::redis::Redis &redis) { EXPECT_THROW(redis.command("KEYS"), std::exception); }
            """
        ])
        #expect(try project.commands() == ["tests.cpp:2 KEYS low"])
    }

    @Test func `a script's hash loads none, and what follows a key is no other key`() throws {
        let project = try SampleProject([
            "Scripts.cs": """
            using StackExchange.Redis;
            class Scripts {
                IDatabase db;
                async Task Run(LoadedLuaScript script, string key) {
                    await db.ScriptEvaluateAsync(script.Hash, keys);
                    await db.ScriptEvaluateAsync("return 1");
                    await db.KeyExistsAsync(key, options.ReadMode);
                }
            }
            """
        ])
        #expect(
            try project.commands() == [
                "Scripts.cs:5 EVALSHA high", "Scripts.cs:6 SCRIPT high", "Scripts.cs:6 EVALSHA high",
                "Scripts.cs:7 EXISTS high",
            ])
    }
}
