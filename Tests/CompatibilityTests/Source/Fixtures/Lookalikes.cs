using System.Collections.Generic;
using System.Threading.Channels;
using StackExchange.Redis;

namespace Shop.Lookalikes
{
    public interface ITransactionLog { void Execute(); void Sort(); }

    public class Lookalikes
    {
        private readonly IDatabase db;
        private readonly Channel<string> channel = Channel.CreateBounded<string>(10);
        private readonly Dictionary<string, List<int>> cache = new() { ["a"] = new List<int> { 1 }, };
        private readonly DbContext context = new DbContext();
        private readonly ITransactionLog log;
        private string KeyRandom { get; set; } = "db.KeyRandom()";

        public void Run(Server server, object redis, Func<int, int> keys)
        {
            foreach (var key in cache.Keys) { }
            cache["a"].Sort();
            cache.Keys.ToList().Sort();
            foreach (var list in cache.Values) list.Sort();
            if (cache.TryGetValue("a", out var found)) { found.Sort(); }
            context.Database.Execute("KEYS");
            server.Keys("*");
            server.FlushDatabase();
            log.Execute();
            log.Sort();
            db.GetHashCode();
            db.ToString();
            nameof(db.KeyRandom).Trim();
            Action action = db.KeyTimeToLive is null ? null : () => { };
            var wait = db.Wait;
            db.HashSet("h", new HashEntry[] { new HashEntry("a", 1) });
            db.StringSet("k", "v", TimeSpan.FromSeconds(1));
            var text = $"db.KeyRandom() {channel.Reader.Count:N0} {{db.Execute(\"KEYS\")}}";
            var raw = """
                db.Execute("KEYS", "*");
                """;
            var query = from number in new[] { 1, 2 } where number > 1 orderby number descending select number;
            query.ToList().Sort();
            if (redis is Server { Name: "x" } other) other.Keys("a");
            var made = (Server)redis;
            made.FlushAllDatabases();
            switch (redis)
            {
                case Server one when one.Keys("x"): one.Info(); break;
                case List<int> numbers: numbers.Sort(); break;
                default: break;
            }
            KeyRandom.ToString();
            keys(1);
            var anonymous = new { Keys = 1, Sort = "x" };
            anonymous.Keys.ToString();
            static int Sort(List<int> numbers) { numbers.Sort(); return numbers.Count < 3 ? 1 : 2; }
            Sort(null);
#if DEBUG
            // db.KeyRandom();
#endif
        }
    }

    public class Server
    {
        public string Name = "";
        public bool Keys(string pattern) => true;
        public void FlushDatabase() { }
        public void FlushAllDatabases() { }
        public void Info() { }
    }

    public class DbContext { public Facade Database { get; } = new(); }

    public class Facade { public void Execute(string sql) { } }
}
