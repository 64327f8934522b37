import Presentation
import Testing

@Suite struct SecretsTests {
    @Test(arguments: [
        ("redis://:secret@host:6379/3", "redis://(redacted)@host:6379/3"),
        ("x = 'rediss://user:p@ss:w0rd@host'", "x = 'rediss://(redacted)@host'"),
        ("redis://host:6379/0 and redis://a:b@c", "redis://host:6379/0 and redis://(redacted)@c"),
        ("https://example.com/a@b", "https://example.com/a@b"), ("valkey://u:pw@h", "valkey://(redacted)@h"),
        (#""redis:\/\/:pw@h\/0""#, #""redis:\/\/(redacted)@h\/0""#),
        ("url=redis%3A%2F%2F%3Apw%40h", "url=redis%3A%2F%2F(redacted)%40h"),
        (#""redis://:" + "pw" + "@h""#, #""redis://:"(redacted)"@h""#),
        (":pw@10.0.0.1:6379", "(redacted)@10.0.0.1:6379"), ("default:pw@cache", "(redacted)@cache"),
        ("crs-1a2b:pw@10.0.0.1:6379,", "(redacted)@10.0.0.1:6379,"),
        ("user:ann@example.com", "user:ann@example.com"), ("sess:ann@example.com:cart", "sess:ann@example.com:cart"),
    ])
    func `users and passwords in addresses are masked`(_ text: String, _ shown: String) {
        #expect(Secrets.maskURLs(in: text) == shown)
        #expect(Secrets.masked(text) == shown)
    }

    @Test(arguments: [
        // Shells
        ("redis-cli -a pw -n 3 keys '*'", "redis-cli -a (redacted) -n 3 keys '*'"),
        ("redis-cli --pass pw --user me get k", "redis-cli --pass (redacted) --user me get k"),
        ("redis-cli --pass=pw get k", "redis-cli --pass=(redacted) get k"),
        ("redis-cli -a 'p w' get k", "redis-cli -a '(redacted)' get k"),
        ("redis-cli -apw get k", "redis-cli -a(redacted) get k"),
        ("redis-cli -a/p:w get k", "redis-cli -a(redacted) get k"),
        ("redis-cli -a=pw get k", "redis-cli -a=(redacted) get k"),
        ("redis-cli -a'p w' get k", "redis-cli -a'(redacted)' get k"),
        ("redis-cli --user me:pw get k", "redis-cli --user me:(redacted) get k"),
        ("redis-cli --user=me:pw get k", "redis-cli --user=me:(redacted) get k"),
        ("redis-cli -u me:pw@h get k", "redis-cli -u me:(redacted) get k"),
        (#"["redis-cli", "-apw", "get", "k"]"#, #"["redis-cli", "-a(redacted)", "get", "k"]"#),
        ("ls -al | redis-cli -x set k", "ls -al | redis-cli -x set k"),
        ("docker exec -u 1000:1000 c redis-cli get k", "docker exec -u 1000:1000 c redis-cli get k"),
        ("redis-cli -u redis://:pw@h:6379 keys k", "redis-cli -u redis://(redacted)@h:6379 keys k"),
        ("REDISCLI_AUTH=pw redis-cli keys 'a b'", "REDISCLI_AUTH=(redacted) redis-cli keys 'a b'"),
        ("REDISCLI_AUTH='p w'x redis-cli get k", "REDISCLI_AUTH='(redacted)'(redacted) redis-cli get k"),
        ("export REDIS_PASSWORD=p,w;)x", "export REDIS_PASSWORD=(redacted)"),
        ("docker run -e REDIS_PASSWORD=pw -p 1:1 x", "docker run -e REDIS_PASSWORD=(redacted) -p 1:1 x"),
        (#"docker run -e "REDIS_PASSWORD=p w" x"#, #"docker run -e "REDIS_PASSWORD=(redacted) w" x"#),
        ("redis-cli AUTH pw && redis-cli keys k", "redis-cli AUTH (redacted) && redis-cli keys k"),
        ("redis-cli -h x auth me pw", "redis-cli -h x auth (redacted) (redacted)"),
        (#"echo "AUTH pw\nKEYS *" | redis-cli"#, #"echo "AUTH (redacted)\nKEYS *" | redis-cli"#),
        (#"printf 'AUTH pw\r\nKEYS *\r\n' | nc h 1"#, #"printf 'AUTH (redacted)\r\nKEYS *\r\n' | nc h 1"#),
        ("redis-server --requirepass pw --port 1", "redis-server --requirepass (redacted) --port 1"),
        ("redis-cli config set requirepass pw", "redis-cli config set requirepass (redacted)"),
        ("redis-cli acl setuser me on '>pw' ~k", "redis-cli acl setuser me on '(redacted)' ~k"),
        ("redis-cli migrate h 1 k 0 9 AUTH pw", "redis-cli migrate h 1 k 0 9 AUTH (redacted)"),
        ("redis-cli sentinel set m auth-pass pw", "redis-cli sentinel set m auth-pass (redacted)"),
        ("redis-cli hello 3 auth me pw setname x", "redis-cli hello 3 auth (redacted) (redacted) setname x"),
        ("crs-port restore -i d.rdb -t h:1 -A pw -n 16", "crs-port restore -i d.rdb -t h:1 -A (redacted) -n 16"),
        ("  -a pw \\", "  -a (redacted) \\"),
        ("sshpass -p pw ssh -p 22 h redis-cli keys k", "sshpass -p (redacted) ssh -p 22 h redis-cli keys k"),
        ("sshpass -ppw! ssh -p 22 h redis-cli keys k", "sshpass -p(redacted) ssh -p 22 h redis-cli keys k"),
        ("sshpass -p \"$PASSWORD\" ssh h x", "sshpass -p \"$PASSWORD\" ssh h x"),
        ("mysql -u me -ppw db | redis-cli --pipe", "mysql -u me -p(redacted) db | redis-cli --pipe"),
        ("mysqldump -p'p w' db", "mysqldump -p'(redacted)' db"), ("mysql -p db", "mysql -p db"),
        (
            "docker login -u me -p pw r && docker run -p 1:1 x",
            "docker login -u me -p (redacted) r && docker run -p 1:1 x"
        ),
        ("curl -u me:pw http://h | redis-cli -x set k", "curl -u me:(redacted) http://h | redis-cli -x set k"),
        ("mongodump -p pw -d x; x -p 1", "mongodump -p (redacted) -d x; x -p 1"),
        ("tool --token pw | redis-cli keys k", "tool --token (redacted) | redis-cli keys k"),
        ("tool --password pw keys k", "tool --password (redacted) keys k"),
        (#"["mysql", "-ppw", "db"]"#, #"["mysql", "-p(redacted)", "db"]"#),
        (#"redis-cli -a "$REDIS_PASSWORD" ping"#, #"redis-cli -a "$REDIS_PASSWORD" ping"#),
        ("redis-cli -a ${PW:-pw} ping", "redis-cli -a (redacted) ping"),
        ("P=${REDIS_PASSWORD:-pw} x", "P=${REDIS_PASSWORD:-(redacted)} x"),
        ("REDIS_PASSWORD=${P:-pw} x", "REDIS_PASSWORD=${P:-(redacted)} x"),
        ("set -x REDIS_PASSWORD pw", "set -x REDIS_PASSWORD (redacted)"),
        ("ENV REDIS_PASSWORD pw", "ENV REDIS_PASSWORD (redacted)"),
        ("REDIS_PASSWORD=$(cat file) redis-cli ping", "REDIS_PASSWORD=$(cat file) redis-cli ping"),
        (#"["redis-cli", "-a", "pw", "-n", "3"]"#, #"["redis-cli", "-a", "(redacted)", "-n", "3"]"#),
        // Configuration
        ("password: pw", "password: (redacted)"), ("password: 'p''w' # x", "password: '(redacted)''(redacted)' # x"),
        ("spring.redis.password=pw", "spring.redis.password=(redacted)"), ("password = p w", "password = (redacted)"),
        ("requirepass pw", "requirepass (redacted)"), ("# masterauth pw", "# masterauth (redacted)"),
        ("sentinel auth-pass m pw", "sentinel auth-pass (redacted) (redacted)"),
        ("user me on >pw ~* +@all", "user me on (redacted) ~* +@all"),
        ("user me on #" + String(repeating: "0f", count: 32) + " ~*", "user me on (redacted) ~*"),
        (#"{"password":"pw","port":1}"#, #"{"password":"(redacted)","port":1}"#),
        (#"{"password": 123, "port": 1}"#, #"{"password": (redacted), "port": 1}"#),
        (#"{\"password\":\"pw\",\"port\":1}"#, #"{\"password\":\"(redacted)\",\"port\":1}"#),
        (#"{"auth": {"user": "me", "pass": "pw"}}"#, #"{"auth": {"user": "(redacted)", "pass": "(redacted)"}}"#),
        ("<password>pw</password>", "<password>(redacted)</password>"),
        (#"<property name="password" value="pw"/>"#, #"<property name="password" value="(redacted)"/>"#),
        ("h:6379,password=pw,ssl=true", "h:6379,password=(redacted),ssl=true"),
        ("jdbc:redis://h/0?user=me&password=pw&x=1", "jdbc:redis://h/0?user=me&password=(redacted)&x=1"),
        ("tcp://h:1?auth[user]=me&auth[pass]=pw", "tcp://h:1?auth[user]=me&auth[pass]=(redacted)"),
        (#"s:8:"password";s:2:"pw";"#, #"s:8:"password";s:2:"(redacted)";"#),
        ("Authorization: Bearer abc", "Authorization: (redacted)"), ("密码：pw 。", "密码：(redacted) 。"),
        ("pasword=pw", "pasword=(redacted)"), ("accessKey=pw", "accessKey=(redacted)"),
        // Traces and scripts
        (#""AUTH" "me" "pw""#, #""AUTH" "(redacted)" "(redacted)""#), ("AUTH pw", "AUTH (redacted)"),
        ("redis.call('AUTH', 'pw')", "redis.call('AUTH', '(redacted)')"),
        ("127.0.0.1:6379> auth pw", "127.0.0.1:6379> auth (redacted)"),
        (#""CONFIG" "SET" "requirepass" "pw""#, #""CONFIG" "SET" "requirepass" "(redacted)""#),
        (#""ACL" "SETUSER" "me" ">pw" "~*""#, #""ACL" "SETUSER" "me" "(redacted)" "~*""#),
        (#""HSET" "u" "password" "pw" "name" "x""#, #""HSET" "u" "password" "(redacted)" "name" "x""#),
    ])
    func `secrets in shell lines, configuration and traces are masked`(_ text: String, _ shown: String) {
        #expect(Secrets.masked(text) == shown)
    }

    @Test(arguments: [
        (#"r = Redis(host="h", password="pw", db=3)"#, #"r = Redis(host="h", password="(redacted)", db=3)"#),
        (#"password: str = "pw""#, #"password: str = "(redacted)""#),
        (#"var password string = "pw""#, #"var password string = "(redacted)""#),
        (#"String password = "p" + "w";"#, #"String password = "(redacted)" + "(redacted)";"#),
        (#"jedis.auth("pw");"#, #"jedis.auth("(redacted)");"#),
        (#"$redis->auth(['me', 'pw']);"#, #"$redis->auth(['(redacted)', '(redacted)']);"#),
        (#"config.setPassword("pw"); r.keys("k:*")"#, #"config.setPassword("(redacted)"); r.keys("k:*")"#),
        (#"new RedisCredentials("me", "pw")"#, #"new RedisCredentials("(redacted)", "(redacted)")"#),
        (
            #"uri.withAuthentication("me", "pw".toCharArray())"#,
            #"uri.withAuthentication("(redacted)", "(redacted)".toCharArray())"#
        ),
        (#"createClient({ url: u, password: 'pw' })"#, #"createClient({ url: u, password: '(redacted)' })"#),
        (
            #"redis.Options{Addr: "h:1", Password: "pw", DB: 3}"#,
            #"redis.Options{Addr: "h:1", Password: "(redacted)", DB: 3}"#
        ),
        (#"Redis.new(:password => "pw", :db => 3)"#, #"Redis.new(:password => "(redacted)", :db => 3)"#),
        (#"redis.auth "pw""#, #"redis.auth "(redacted)""#),
        (#"Connect("h:1,password=pw,defaultDatabase=3")"#, #"Connect("h:1,password=(redacted),defaultDatabase=3")"#),
        (#"os.environ["REDIS_PASSWORD"] = "pw""#, #"os.environ["REDIS_PASSWORD"] = "(redacted)""#),
        (#"pw = os.getenv("REDIS_PASSWORD", "pw")"#, #"pw = os.getenv("REDIS_PASSWORD", "(redacted)")"#),
        (#"x = getenv("REDIS_PASSWORD") ?: "pw""#, #"x = getenv("REDIS_PASSWORD") ?: "(redacted)""#),
        (#"password: process.env.REDIS_PASSWORD || 'pw',"#, #"password: process.env.REDIS_PASSWORD || '(redacted)',"#),
        (#"options.put("password", "pw")"#, #"options.put("password", "(redacted)")"#),
        (#"r.execute_command("AUTH", user, "pw")"#, #"r.execute_command("AUTH", user, "(redacted)")"#),
        (#"conn.Do("CONFIG", "SET", "requirepass", "pw")"#, #"conn.Do("CONFIG", "SET", "requirepass", "(redacted)")"#),
        (#"r.config_set("masterauth", "pw")"#, #"r.config_set("masterauth", "(redacted)")"#),
        (#"r.acl_setuser("me", passwords=["+pw"])"#, #"r.acl_setuser("me", passwords=["(redacted)"])"#),
        (#"jedis.aclSetUser("me", "on", ">pw", "~*")"#, #"jedis.aclSetUser("me", "on", "(redacted)", "~*")"#),
        (#"r.migrate(h, p, k, 0, 9, auth="pw")"#, #"r.migrate(h, p, k, 0, 9, auth="(redacted)")"#),
        (#"r.eval("redis.call('auth', 'pw')", 0)"#, #"r.eval("redis.call('auth', '(redacted)')", 0)"#),
        (#"r.keys("*")  # password: pw"#, #"r.keys("*")  # password: (redacted)"#),
        (#"r.keys("*") // REDIS_PASSWORD=pw"#, #"r.keys("*") // REDIS_PASSWORD=(redacted)"#),
        (#"password = """p"w""""#, #"password = """(redacted)""""#), (#"password = "pw"#, #"password = "(redacted)"#),
        (#"password = b64decode("pw")"#, #"password = b64decode("(redacted)")"#),
        ("password = 1234", "password = (redacted)"),
        (#"password = "a" "b""#, #"password = "(redacted)" "(redacted)""#),
        (#"String.format("redis://:%s@h", "pw")"#, #"String.format("redis://(redacted)@h", "pw")"#),
    ])
    func `secrets in source code are masked`(_ text: String, _ shown: String) {
        #expect(Secrets.masked(text, as: .code) == shown)
    }

    @Test(arguments: [
        "token = r.keys('token:*')", "auth = redis.keys('auth:*')", "r.get(\"password:reset:42\")",
        "for key in r.keys(\"secret:*\"): print(key)", "bypass = compass(\"north\")", "password = getPassword()",
        "PASSWORD_KEY = \"user:%s:password\"", "token_prefix = 'tok:'", "author = r.get(\"author:1\")",
        "password=os.environ[\"REDIS_PASSWORD\"]", "def login(user, password):", "if password is None: pass",
        "const auth = require(x)", "r.hget('u:1', 'name')", "auto x = client->keys(\"*\");",
        "password: process.env.REDIS_PASSWORD,", "redis.keys('*', (err, keys) => {})",
    ])
    func `source code without secrets is shown as it is`(_ text: String) {
        #expect(Secrets.masked(text, as: .code) == text)
    }

    @Test(arguments: [
        "redis-cli get auth:user:1", "redis-cli mget password:reset:42 token:abc", "redis-cli -n 3 keys 'session:*'",
        "grep -a x file", "SET user:1 anna EX 60", "git@github.com:org/repo.git", "image@sha256:0123456789abcdef",
        "redis-cli --askpass --no-auth-warning ping", "the author of PATH=/bin and AUTHORS", "compass=north",
        "mailto:ann@example.com", #""GET" "auth:token:1""#, "--password-file secret.txt",
        #""EVAL" "return redis.call('get', KEYS[1])" "1" "k""#, "http://host:8080/a?b=c#d",
    ])
    func `text without secrets is shown as it is`(_ text: String) {
        #expect(Secrets.masked(text) == text)
    }

    @Test func `a place in a text is found again beside the masks`() {
        let text = MaskedText(Array("ä=1 password='ü' keys redis://:p@h".utf8), as: .text)
        #expect(text.text == "ä=1 password='(redacted)' keys redis://(redacted)@h")
        #expect([0, 4, 14, 16, 17, 30].map(text.place) == [0, 4, 14, 25, 26, 39])
    }

    @Test(arguments: [SecretNotation.code, .text])
    func `every beginning and end of a text can be looked through`(_ notation: SecretNotation) {
        let text = Array(
            #"x = Redis(password = os.getenv("PASSWORD", "a\"b"), auth: ['u' => "p"]) # AUTH "p" redis://:p@h 密码：x ${PW:-x}"#
                .utf8)
        for index in 0...text.count {
            _ = MaskedText(Array(text[..<index]), as: notation).text
            _ = MaskedText(Array(text[index...]), as: notation).text
        }
    }

    @Test(arguments: [
        "password=", "password = f(", "\"password\", ", "AUTH ", "auth(", "redis://", "@:a", "{\"a\\", "${PASSWORD:-",
        "'", "-a ",
        "password: [", "setuser >", "密码", "://:a\"@", "\\\"password\\\"",
    ])
    func `what repeats without end takes no more than its length`(_ text: String) {
        let bytes = Array(String(repeating: text, count: 4_000 / text.utf8.count).utf8)
        _ = MaskedText(bytes, as: .text).text.utf8.count
        _ = MaskedText(Array(bytes.prefix(2_000)), as: .code).text.utf8.count
    }
}
