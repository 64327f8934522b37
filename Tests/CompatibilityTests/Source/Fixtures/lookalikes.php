<?php
// Nothing here sends a command to Redis, though the file names Redis everywhere.
namespace App\Cache;

use App\Redis as Redis;
use Doctrine\Common\Collections\ArrayCollection;
use Other\Client;
use Predis\Client as Unused;

class Connection {}

class Redis2 extends Connection
{
    public array $keys = [];
    private ArrayCollection $cache;
    /** @var \ArrayObject */
    private $redis;
    private static array $store = [];

    public function __construct(private readonly Client $client, private \SplObjectStorage $storage)
    {
        $this->cache = new ArrayCollection();
        $this->redis = new \ArrayObject();
    }

    public function keys(string $pattern): array { return []; }
    public function flushAll(): void {}
    public static function info(): string { return ''; }

    public function run(array $redis, int $cache, \DateTime $time, ?Client $predis): void
    {
        $redis->keys('*');
        $cache->flushAll();
        $time->time();
        $predis->keys('*');
        $this->client->keys('*');
        $this->storage->info();
        $this->cache->sort();
        $this->redis->keys();
        $this->keys('*');
        $this->flushAll();
        self::info();
        static::info();
        self::$store['a']->keys();
        Client::keys('*');
        Redis::flushAll();
        \App\Redis::keys('*');
        (new Client())->keys('*');
        (new \DateTime)->time();
        $this->{$name}('*');
        $rows = array_keys($redis);
        $rows->keys();
        $count = fn (Client $redis) => $redis->dbSize();
        $closure = function (ArrayCollection $cache) { return $cache->flushAll(); };
        foreach ($this->keys as $redis) {}
        $list = array('redis' => 1);
        $list->keys();
        $object = new class { public function keys() {} };
        $object->keys();
        call_user_func([$this->cache, 'keys']);
        call_user_func('keys', $redis);
        keys('*');
        flushAll();
        $text = "$client->keys('*') {$this->cache->flushAll()}";
        $more = 'Redis::flushAll()';
        $doc = <<<'EOT'
            $redis->flushAll();
            EOT;
        $php = `redis-cli flushall`;
        # $redis->flushAll();
        // $redis->flushAll(); ?> $redis->flushAll(); <?php
        /* new \Redis(); */
        $e = match (true) { $cache instanceof Client => $cache->keys('*'), default => null };
        $redis = new ArrayCollection();
        $redis->keys();
        unset($redis);
    }
}

enum Suit: string
{
    case Redis = 'redis';
    const KEYS = 'KEYS';
    public function flushAll(): void { $this->keys(); }
}
