using System;
using System.Threading.Tasks;
using StackExchange.Redis;

namespace Shop
{
    public class Basket
    {
        private static readonly Lazy<ConnectionMultiplexer> lazy =
            new Lazy<ConnectionMultiplexer>(() => ConnectionMultiplexer.Connect("localhost,defaultDatabase=2"));
        private readonly IDatabase db;
        private readonly IConnectionMultiplexer mux;

        public static ConnectionMultiplexer Shared => lazy.Value;

        public Basket(IConnectionMultiplexer mux)
        {
            this.mux = mux;
            db = mux.GetDatabase(3);
        }

        public async Task Run(string key, string[] keys)
        {
            db.StringSet("k", "v", TimeSpan.FromSeconds(10), When.NotExists);
            await db.StringSetAsync("k", "v", keepTtl: true);
            db.StringGet("k");
            db.KeyDelete(new RedisKey[] { "a", "b" });
            db.KeyRename("a", "b");
            db.KeyRandom();
            db.KeyIdleTime("k");
            db.HashSet("h", "f", 1);
            db.HashSet("h", new HashEntry[] { });
            db.SortedSetAdd("z", "m", 1);
            db.SetCombineAndStore(SetOperation.Union, "d", "a", "b");
            db.Sort("l");
            db.Publish("news", "hi");
            db.HyperLogLogAdd("p", "x");
            db.Execute("OBJECT", "ENCODING", key);
            await db.ExecuteAsync("KEYS", "*");
            db.Execute(key);
            db.ScriptEvaluate("return redis.call('TIME')");
            db.LockTake("lock", "me", TimeSpan.FromSeconds(1));
            db.LockRelease("lock", "me");
            var server = mux.GetServer("localhost", 6379);
            foreach (var found in server.Keys(pattern: "user:*"))
            {
                Console.WriteLine(found);
            }
            server.DatabaseSize();
            await server.FlushDatabaseAsync();
            server.ConfigGet("maxmemory");
            var tran = db.CreateTransaction();
            tran.AddCondition(Condition.KeyNotExists("k"));
            tran.StringIncrementAsync("n");
            tran.Execute();
            mux.GetSubscriber().Subscribe("news");
            var other = ConnectionMultiplexer.Connect("localhost");
            other.GetDatabase().KeyExpire("k", TimeSpan.FromSeconds(1), ExpireWhen.HasNoExpiry);
            lazy.Value.GetDatabase().KeyMove("k", 2);
            Shared.GetServer("h", 1).LastSave();
            Db().StringGetSet("a", "b");
            using var last = await ConnectionMultiplexer.ConnectAsync("h");
            last.GetDatabase(1).KeyPersist("k");
        }

        private IDatabase Db() => mux.GetDatabase();
    }
}
