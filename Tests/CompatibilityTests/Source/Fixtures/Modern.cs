#nullable enable
using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using Db = StackExchange.Redis.IDatabase;

namespace Shop.Modern;

#region Services
public sealed class Orders(IConnectionMultiplexer mux, IDatabase? db = null) : Base(mux)
{
    private const string All = "KEYS";
    private static readonly LuaScript Script = LuaScript.Prepare("return redis.call('PUBLISH', @c, 'x')");
    private readonly ConcurrentDictionary<string, IDatabase> shards = new();
    private readonly Store store = new(mux);
    private IServer Server => mux.GetServer("h", 1);
    private IEnumerable<IServer> Servers
    {
        get
        {
            foreach (var point in mux.GetEndPoints()) yield return mux.GetServer(point);
        }
    }
    [Inject] public required ISubscriber Channel { get; init; }
    IDatabase IHolder<string>.Held { get => db!; set => db = value; }

    public async Task<(IDatabase, int)> Pair() => (db!, 1);

    public async Task Run(IServiceProvider services, object anything, string key, CancellationToken token = default)
    {
        db?.KeyRandom();
        db!.Execute(All, "*");
        await Server.KeysAsync(pattern: $"{key}:*").ToListAsync(token);
        foreach (var server in Servers) server.FlushAllDatabases();
        foreach (IServer server in mux.GetServers()) { _ = server.Time(); }
        await Channel.PublishAsync(RedisChannel.Literal("c"), "m");
        services.GetRequiredService<IConnectionMultiplexer>().GetDatabase(5);
        if (anything is IDatabase { } found && found.KeyExists(key)) found.KeyMove(key, 1);
        if (shards.TryGetValue(key, out var shard)) shard.ScriptEvaluate("return 1");
        (anything as IServer)?.Save();
        ((IServer)anything).LastSave();
        using (var other = ConnectionMultiplexer.Connect(new ConfigurationOptions { DefaultDatabase = 4 }))
        using (other)
        {
            Db plain = other.GetDatabase();
            plain.HyperLogLogAdd("p", "x");
        }
        var (first, _) = await Pair();
        first.GeoAdd("g", 1, 2, "m");
        Func<IDatabase> make = () => db!;
        make().StreamAdd("s", "f", "v");
        var picked = key switch { "a" => db, _ => mux.GetDatabase() };
        picked!.StreamLength("s");
        await store.Clear();
        Script.Evaluate(db);
        var sizes = from server in Servers where server.IsConnected select server.DatabaseSize();
        var names = Servers.Select(one => one.ClientList()).ToList();
        mux.GetSubscriber()!.Subscribe("c").OnMessage(async message => await db!.SortAsync(key));
        await Task.WhenAll(shards.Values.Select(async one => { await one.KeyTouchAsync(key); }));
        Local(db);
        @this.Info();
        static void Local(IDatabase? inner) => inner?.StringGetDelete("k");
    }

    private readonly IServer @this = null!;
}

public class Base
{
    protected readonly IConnectionMultiplexer Multiplexer;
    protected Base(IConnectionMultiplexer multiplexer) => Multiplexer = multiplexer;
}

public record Store(IConnectionMultiplexer Mux)
{
    public Task Clear() => Mux.GetServer("h", 1).FlushDatabaseAsync();
}

public static class Extensions
{
    public static void Wipe(this IServer server) { server.ConfigResetStatistics(); }
}
#endregion
