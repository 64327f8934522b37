<?php
namespace App;

use Predis\Client;
use App\Cache\Redis;

$client = new Client();
$cache = new \ArrayObject();
$redis = new Redis();
$rdb = [];

class Things
{
    private array $cache = [];
    private \ArrayObject $redis;

    public function keys(array $redis, \SplQueue $client, Collection $cache)
    {
        $redis->keys();
        $client->keys('*');
        $cache->sort();
        $this->cache->keys();
        $this->redis->move();
        $this->keys([], $client, $cache);
        array_keys($redis);
        sort($redis);
        rename('a', 'b');
        time();
        $text = '$client->keys("*")';
        $more = "$client->flushall()";
        // $client->keys('*');
        # $client->flushall();
        /* $client->flushdb(); */
        $doc = <<<EOT
        $client->keys('*');
        EOT;
        $now = <<<'X'
        $client->flushall();
        X;
        return $this->redis->info();
    }

    public function flushAll(): void
    {
        self::flushAll();
        static::keys([], $this, $this);
        parent::flushAll();
    }
}

function shadow()
{
    $client = [];
    $client->keys();
    $client = new \DateTime();
    $client->time();
}

$redis->keys('*');
$redis->flushAll();
$cache->keys();
$rdb->sort();
$list = array(1, 2);
$list->sort();
Redis::keys('*');
$client->disconnect();
$object = new class { public function flushAll() {} };
$object->flushAll();
$fn = fn($client) => $client->keys('*');
array_map(function ($client) { $client->sort(); }, $list);
$x = $list['keys']();
?>
<p>$client->keys('*')</p>
