<html>$redis->keys('*')</html>
<?php
use Predis\Client;
use Illuminate\Support\Facades\Redis as Facade;

$redis = new Redis();
$redis->connect('127.0.0.1', 6379);
$redis->select(3);
$redis->set('k', 'v', ['nx', 'ex' => 10]);
$redis->set('k', 'v', 60);
$redis->setOption(Redis::OPT_SCAN, Redis::SCAN_RETRY);
$redis->del('a', 'b');
$redis->delete(['a', 'b']);
$redis->keys('user:*');
$redis->sortDesc('l');
$redis->rawCommand('OBJECT', 'ENCODING', 'k');
$redis->rawCommand($name);
$redis->$method('x');
$redis->hMSet('h', ['f' => '1', 'g' => '2']);
$redis->zAdd('z', ['GT'], 1, 'm');
$redis->multi()->set('a', 1)->rename('a', 'b')->exec();
$redis->multi(Redis::PIPELINE)->randomKey()->exec();
$redis->config('GET', 'maxmemory');
$redis->client('list');
$redis->eval('return redis.call("KEYS", ARGV[1])', ['*']);

class Store
{
    private $client;
    protected static \Redis $shared;

    public function __construct(private Client $predis, ?\Redis $other = null)
    {
        $this->client = new \Predis\Client(['host' => 'h', 'database' => 6]);
        $other->flushDB();
    }

    public function run(string $key): array
    {
        $this->client->keys('*');
        $this->predis->executeRaw(['KEYS', '*']);
        $this->client->pipeline(function ($pipe) {
            $pipe->dbsize();
        });
        $this->client->transaction()->get('k')->execute();
        self::$shared->lastSave();
        foreach (new \Predis\Collection\Iterator\Keyspace($this->predis, 'user:*') as $found) {
            echo $found;
        }
        Facade::keys('*');
        Facade::connection('other')->flushall();
        return $this->client()->info();
    }

    private function client(): Client
    {
        return $this->client;
    }
}

function typed(Redis $r, ClientInterface $unknown) {
    $r->time();
}

function guess($redis) {
    $redis->keys('*');
}
?>
$redis->flushAll();
