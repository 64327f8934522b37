import Testing

@testable import Compatibility

@Suite struct LenderTests {
    @Test func `what a promise is kept with is what waiting for it gives, in another file too`() throws {
        let project = try SampleProject([
            "connection.js": """
            const { createClient } = require('redis');
            const connection = module.exports;
            connection.connect = async function (options) {
                return new Promise((resolve, reject) => {
                    const client = createClient(options);
                    client.on('error', reject);
                    client.on('ready', () => resolve(client));
                });
            };
            """,
            "use.js": """
            const connection = require('./connection');
            async function names() {
                const client = await connection.connect({});
                return client.keys('*');
            }
            connection.connect().then((client) => client.flushAll());
            """,
        ])
        #expect(try project.commands() == ["use.js:4 KEYS high", "use.js:6 FLUSHALL high"])
    }

    @Test func `a promise of anything else is no client`() throws {
        let project = try SampleProject([
            "use.js": """
            const { createClient } = require('redis');
            const client = createClient();
            async function names() {
                const store = await new Promise((resolve) => resolve(new Map()));
                return store.keys('*');
            }
            """
        ])
        #expect(try project.commands() == [])
    }

    @Test func `a delegate of Spinnaker lends a client to a function`() throws {
        let project = try SampleProject([
            "Store.java": """
            import com.netflix.spinnaker.kork.jedis.RedisClientDelegate;
            class Store {
                private final RedisClientDelegate delegate;
                Store(RedisClientDelegate delegate) { this.delegate = delegate; }
                void names() {
                    delegate.withMultiClient(c -> { c.scan("0"); });
                    delegate.withCommandsClient(c -> { c.get("name"); });
                }
            }
            """
        ])
        #expect(try project.commands() == ["Store.java:6 SCAN high", "Store.java:7 GET high"])
    }

    @Test func `what the application of Yii has under the name of Redis is a client`() throws {
        let project = try SampleProject([
            "Site.php": """
            <?php
            namespace app;
            use Yii;
            class Site {
                /** @var \\yii\\redis\\ConnectionInterface|string */
                public $db = 'redis';
                function names() {
                    Yii::$app->redis->executeCommand('KEYS', ['*']);
                    Yii::$app->redis->dbsize();
                    return $this->db->scan(0);
                }
            }
            """
        ])
        #expect(
            try project.commands() == ["Site.php:8 KEYS high", "Site.php:9 DBSIZE high", "Site.php:10 SCAN high"])
    }
}
