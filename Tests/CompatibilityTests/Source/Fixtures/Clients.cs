using System;
using CSRedis;
using FreeRedis;
using ServiceStack.Redis;
using StackExchange.Redis.Extensions.Core.Abstractions;

public class Clients
{
    private readonly CSRedisClient cs = new CSRedisClient("127.0.0.1:6379,defaultDatabase=13");
    private readonly IRedisClientsManager manager;
    private readonly IRedisDatabase extended;

    public Clients(IRedisClientsManager manager, IRedisDatabase extended)
    {
        this.manager = manager;
        this.extended = extended;
    }

    public async Task Run(FreeRedis.RedisClient free)
    {
        cs.Set("k", "v", 60, RedisExistence.Nx);
        cs.Keys("*");
        await cs.ScanAsync(0, "a*");
        cs.Subscribe(("c", message => Console.WriteLine(message.Body)));
        cs.PfAdd("p", "x");
        cs.Eval("return 1", "k");
        cs.BLPop(5, "l");
        cs.NodesServerManager.FlushAll();
        cs.StartPipe(pipe => pipe.RandomKey());
        using (cs.Lock("job", 10)) { }
        RedisHelper.Publish("c", "m");
        RedisHelper.HSet("h", "f", 1);
        free.Call("DBSIZE");
        free.SetNx("k", "v", 10);
        free.GetDatabase(2).XLen("s");
        using (var pipe = free.StartPipe()) { pipe.FlushDb(); }
        using (var transaction = free.Multi()) { transaction.Sort("l"); transaction.Exec(); }
        using var client = manager.GetClient();
        client.SearchKeys("a*");
        client.GetAllKeys();
        client.ChangeDb(3);
        client.ExecLua("return 1");
        client.BlockingPopItemFromList("l", TimeSpan.FromSeconds(1));
        client.PublishMessage("c", "m");
        client.As<Order>().FlushAll();
        client.Custom("CLIENT", "LIST");
        using (var transaction = client.CreateTransaction())
        {
            transaction.QueueCommand(r => r.AddGeoMember("g", 1, 2, "m"));
            transaction.Commit();
        }
        using (var subscription = client.CreateSubscription()) { subscription.SubscribeToChannels("c"); }
        manager.Exec(r => r.GetRandomKey());
        await extended.SearchKeysAsync("a*");
        await extended.FlushDbAsync();
        extended.Database.KeyRandom();
    }
}
