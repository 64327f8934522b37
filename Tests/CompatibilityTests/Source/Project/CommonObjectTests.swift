import Testing

@testable import Compatibility

/// Objects that a framework hands to all functions of a program.
@Suite struct CommonObjectTests {
    private let routes = """
        module.exports = (app) => {
          app.get('/a', async (req, res) => { await req.app.locals.redis.keys('*'); });
          app.get('/b', async (req, res) => { await res.locals.store.flushAll(); });
          app.get('/c', async (req, res) => { await req.app.get('cache').dbSize(); });
          app.get('/d', async (req, res) => { await req.db.scan(0); req.get('keys'); req.body.keys('*'); });
        };
        """

    @Test func `what Express' objects are given in one file is known in others`() throws {
        let project = try SampleProject([
            "app.js": """
            const app = require('express')();
            const client = require('redis').createClient();
            app.locals.redis = client;
            app.set('cache', client);
            app.set('view engine', 'pug');
            app.use((req, res, next) => { res.locals.store = client; req.db = client; next(); });
            require('./routes')(app);
            """,
            "routes.js": routes,
        ])
        #expect(
            try project.commands() == [
                "routes.js:2 KEYS high", "routes.js:3 FLUSHALL high", "routes.js:4 DBSIZE high",
                "routes.js:5 SCAN high",
            ])
    }

    @Test func `what they are given else is no client`() throws {
        let project = try SampleProject([
            "app.js": """
            const app = require('express')();
            const client = require('redis').createClient();
            app.locals.redis = new Map();
            app.set('cache', app.locals.redis);
            app.use((req, res, next) => { res.locals.store = new Map(); req.db = []; req.other = client; next(); });
            """,
            "routes.js": routes.replacing("dbSize", with: "keys").replacing("flushAll", with: "keys"),
        ])
        #expect(try project.commands() == [])
    }
}
