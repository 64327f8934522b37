using StackExchange.Redis;

public class Store {
    private readonly IDatabase database;
    public Store(IDatabase database) { this.database = database; }
    public bool Has(string key, CommandFlags flag = CommandFlags.None) { return database.KeyExists(key, flag); }
    public object Names() { return database.Execute("KEYS", "*"); }
    private const string Field = "a";
    private static readonly string script = $@"redis.call('HSETNX', KEYS[1], '{Field}', ARGV[1])";
}
