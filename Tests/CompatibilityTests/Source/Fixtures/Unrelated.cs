using System.Collections.Generic;
using StackExchange.Redis;

namespace Shop
{
    public class Unrelated
    {
        private readonly Dictionary<string, string> cache = new();
        private readonly List<string> redis = new List<string>();
        private IDatabase db;

        public void Run(List<int> db, IServiceProvider server, Dictionary<string, int> rdb)
        {
            db.Sort();
            cache.Sort();
            cache.Execute("KEYS");
            redis.Sort();
            rdb.Keys();
            server.Keys();
            server.Execute("KEYS");
            this.cache.KeyDelete("a");
            var local = new List<string>();
            local.Sort();
            local.StringSet("a", "b");
            // this.db.KeyRename("a", "b");
            /* this.db.Sort("l"); */
            var text = "this.db.Sort(\"l\")";
            var verbatim = @"this.db.Sort(""l"")";
            var format = $"{local.Count} this.db.Sort()";
            var other = new Other();
            other.StringSet("a", "b");
            other.Keys();
            Sort();
            Keys("*");
            db.ForEach(item => item.Sort());
            local.ForEach(delegate { });
            foreach (var r in local)
            {
                r.Sort();
            }
            System.IO.File.Move("a", "b");
            if (local.Count < db.Count && db.Count > 3)
            {
                local.Publish("x", "y");
            }
            this.db.Multiplexer.Close();
            Task.Run(() => local.Sort());
            char quote = '"';
            Info();
            text.Ping();
            verbatim.ListRange("l");
            format.SetAdd("s", "m");
        }

        private void Sort() { }

        private void Keys(string pattern) { }

        public Other StringSet(string key) => new Other();

        public void KeyRename(Dictionary<string, string> redis)
        {
            redis.KeyRename("a", "b");
            StringSet("x").KeyRename("a", "b");
        }
    }
}
