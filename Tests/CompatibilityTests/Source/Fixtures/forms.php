<?php
declare(strict_types=1);

namespace Shop\Stock {

use Credis_Client;
use Illuminate\Support\Facades\{Redis as Facade, Cache};
use Psr\Container\ContainerInterface;
use Redis;
use RedisCluster as Cluster;
use Symfony\Component\Cache\Adapter\RedisAdapter;
use function Hyperf\Support\make;

const NAME = 'KEYS';

trait HasConnection
{
    /** @var \Redis|null */
    protected $link;

    protected function link(): \Redis { return $this->link ??= new \Redis(); }
}

/**
 * @property-read Redis $magic
 * @mixin \RedisArray
 */
abstract class Stock
{
    use HasConnection;

    private const FLUSH = 'FLUSHDB';
    private static ?Redis $shared = null;
    /** @var array<string, Redis> */
    private array $pool = [];
    /** @var Redis[] */
    private $others;

    /**
     * @param Credis_Client $credis
     * @param string        $name
     */
    public function __construct($credis, $name, #[\SensitiveParameter] private readonly Cluster|null $cluster = null)
    {
        $this->credis = $credis;
    }

    /** @return static */
    public function again() { return $this; }

    /** @return Redis */
    abstract protected function other();

    public static function shared(): Redis
    {
        return self::$shared ??= new Redis(['host' => 'h']);
    }

    public function run(ContainerInterface $container, iterable $names): void
    {
        $this->credis->keys('*');
        $this->cluster->keys('*');
        $this->link->dbSize();
        $this->link()->lastSave();
        $this->magic->bgSave();
        $this->again()->other()->randomKey();
        static::shared()->time();
        self::$shared?->info();
        $this->pool['a']->flushAll();
        foreach ($this->others as $key => $one) { $one->flushDB(); }
        foreach (['KEYS', 'DBSIZE'] as $command) { $this->link()->rawCommand($command); }
        $this->link()->rawCommand(self::FLUSH);
        $this->link()->rawCommand(NAME, '*');
        call_user_func([$this->link(), 'debug'], 'x');
        call_user_func_array(array(self::$shared, 'move'), $names);
        $this->link()->{'randomKey'}();
        [$first, $second] = [self::shared(), 1];
        $first->save();
        /** @var Redis $typed */
        $typed = $container->get('x');
        $typed->shutdown();
        $made = make(Redis::class);
        $made->wait(1, 0);
        $choice = $names ? $made : null;
        $choice->slowlog('get');
        match (true) { default => $made->role() };
        $f = fn (Redis $r) => $r->keys('a');
        $g = static function () use ($made): int { return $made->dbSize(); };
        array_map(function ($r) { return $r; }, $this->others);
        if ($container instanceof Redis && $container->flushAll()) { return; }
        if ($names instanceof Redis) $names->keys('b');
        switch ($x) { case 1: self::shared()->keys('c'); break; default: $made->keys('d'); }
        try { $made->keys("e{$made->keys('f')}"); } catch (\RedisException | \LogicException $e) { $e->keys('x'); }
        do { $made->migrate('h', 1, 'k', 0, 1); } while (false);
        for ($i = self::shared()->dbSize(); $i < 3; ++$i): $made->keys('g'); endfor;
        RedisAdapter::createConnection('redis://h/4')->keys('h');
        Facade::keys('i');
        Facade::connection()->client()->keys('j');
        $copy = clone $made;
        $copy->keys('k');
        $anonymous = new class extends Redis { public function all() { return $this->keys('l'); } };
        $anonymous->keys('m');
        $text = <<<"TEXT"
            {$made->keys('not read in a heredoc')}
            TEXT . $made->keys('n');
        list('a' => $a, 'b' => list($b)) = $names;
        $made->set(key: 'k', value: 'v', options: ['nx', 'ex' => 5]);
        yield $made->keys('o');
        return;
    }
}

}

namespace {
    Redis::keys('p');
    $GLOBALS['link'] = new Redis;
    $link->keys('q');
    ?>
    <p><?= $link->keys('r') ?></p> $link->keys('no');
    <?php if ($link): ?> <b> <?php $link->keys('s'); endif;
}
