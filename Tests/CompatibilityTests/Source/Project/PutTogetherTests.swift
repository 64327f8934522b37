import Testing

@testable import Compatibility

/// Commands that a program of C or C++ puts together before it sends them.
@Suite struct PutTogetherTests {
    private func commands(_ name: String, _ text: String) throws -> [String] {
        try SampleProject([name: text]).commands()
    }

    @Test func `a list of words begins with the command`() throws {
        let found = try commands(
            "lists.cpp",
            """
            #include <sw/redis++/redis++.h>
            using namespace sw::redis;
            void names(Redis &redis, const std::string &pattern) {
                std::vector<std::string> words;
                words.emplace_back("KEYS");
                words.emplace_back(pattern);
                redis.command(words.begin(), words.end());
                std::vector<std::string> made{"SCAN", "0"};
                redis.command<long long>(std::begin(made), std::end(made));
                words.clear();
                words.push_back(pattern);
                words.push_back("KEYS");
                redis.command(words.begin(), words.end());
                std::vector<std::string> get = {"GET", pattern};
                redis.command(get.begin(), get.end());
            }
            """)
        #expect(found == ["lists.cpp:7 KEYS high", "lists.cpp:9 SCAN high", "lists.cpp:15 GET high"])
    }

    @Test func `a string is what it begins with`() throws {
        let found = try commands(
            "strings.cpp",
            """
            #include <hiredis/hiredis.h>
            #include <sstream>
            void strings(redisContext *c, std::string key) {
                std::string a("SUBSCRIBE ");
                a += key;
                redisCommand(c, a.c_str());
                std::string b = "PUBLISH " + key;
                redisCommand(c, b.c_str());
                std::ostringstream stream;
                stream << "KEYS " << key;
                redisCommand(c, stream.str().c_str());
                redisCommand(c, fmt::format("RENAME {} b", key).c_str());
                std::string d;
                d.append(key).append("FLUSHALL");
                redisCommand(c, d.c_str());
                redisCommand(c, (std::string("DBSIZE ") + key).c_str());
            }
            """)
        #expect(
            found == [
                "strings.cpp:6 SUBSCRIBE high", "strings.cpp:8 PUBLISH high", "strings.cpp:11 KEYS high",
                "strings.cpp:12 RENAME high", "strings.cpp:16 DBSIZE high",
            ])
    }

    @Test func `a buffer is what was written into it last`() throws {
        let found = try commands(
            "buffers.c",
            """
            #include <hiredis/hiredis.h>
            void buffers(redisContext *c, const char *key) {
                char line[128];
                snprintf(line, sizeof(line), "KEYS %s", key);
                redisCommand(c, line);
                sprintf(line, "GET %s", key);
                redisCommand(c, line);
                strcpy(line, "FLUSHALL");
                redisCommand(c, line);
                const char *words[4];
                int count = 0;
                words[count++] = "SCAN";
                words[count++] = "SAVE";
                redisCommandArgv(c, count, words, NULL);
                char *made = NULL;
                asprintf(&made, "RENAME %s b", key);
                redisCommand(c, made);
            }
            """)
        #expect(
            found == [
                "buffers.c:5 KEYS high", "buffers.c:7 GET high", "buffers.c:9 FLUSHALL high", "buffers.c:14 SCAN high",
                "buffers.c:17 RENAME high",
            ])
    }

    @Test func `a function of the program sends what it is called with, in another form too`() throws {
        let found = try commands(
            "wrapper.cpp",
            """
            #include <hiredis/hiredis.h>
            class Store {
                redisContext *context;
                void send(const std::string &line) { redisCommand(context, line.c_str()); }
                void send_all(const std::vector<std::string> &words) {
                    std::vector<const char *> argv;
                    for (auto &word : words) argv.push_back(word.c_str());
                    redisCommandArgv(context, argv.size(), argv.data(), nullptr);
                }
                void names() {
                    send("KEYS *");
                    send_all({"SCAN", "0"});
                    send_all(std::vector<std::string>{"DBSIZE"});
                    send("GET a");
                }
            };
            """)
        #expect(
            found == [
                "wrapper.cpp:11 KEYS high", "wrapper.cpp:12 SCAN high", "wrapper.cpp:13 DBSIZE high",
                "wrapper.cpp:14 GET high",
            ])
    }

    @Test func `an object of the program sends what it is made with`() throws {
        let found = try commands(
            "reply.cpp",
            """
            #include <hiredis/hiredis.h>
            class Reply {
            public:
                Reply(redisContext *context, const std::string &line) { redisAppendCommand(context, line.c_str()); }
            };
            void news(redisContext *context, const std::string &channel) {
                std::string line("SUBSCRIBE ");
                line += channel;
                Reply reply(context, line);
                Reply other(context, "KEYS *");
            }
            """)
        #expect(found == ["reply.cpp:9 SUBSCRIBE high", "reply.cpp:10 KEYS high"])
    }

    @Test func `a macro that passes all of its arguments on is the function`() throws {
        let found = try commands(
            "macros.c",
            """
            #include <hiredis/hiredis.h>
            #define SEND(args...) freeReplyObject(redisCommand(args))
            #define ASK(...) redisCommand(__VA_ARGS__)
            #define TEXT(x) #x
            void macros(redisContext *c) {
                SEND(c, "FLUSHALL");
                ASK(c, "ZCOUNT %s " TEXT(1) " inf", "k");
            }
            """)
        #expect(found == ["macros.c:6 FLUSHALL high", "macros.c:7 ZCOUNT high"])
    }

    @Test func `what is shifted, added and streamed elsewhere is no command`() throws {
        let found = try commands(
            "others.cpp",
            """
            #include <hiredis/hiredis.h>
            int others(redisContext *c, int bits) {
                int mask = 1 << bits;
                mask += 3;
                std::cout << "KEYS " << mask << std::endl;
                std::vector<std::string> names;
                names.push_back("KEYS");
                return names.size() + mask;
            }
            """)
        #expect(found == [])
    }
}
