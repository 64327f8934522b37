<?php
namespace App;

use Predis\ClientInterface;

class Promoted
{
    private \Redis $declared;

    public function __construct(
        private \Redis $one,
        protected \RedisCluster $two,
        public readonly \Redis $three,
        private readonly \Predis\ClientInterface $four,
        private ?\Redis $five = null,
        private Redis $other,
        private \App\Redis $another,
        private readonly ClientInterface $six,
    ) {
    }

    public function run()
    {
        $this->one->flushAll();
        $this->two->keys('*');
        $this->three->dbSize();
        $this->four->info();
        $this->five->time();
        $this->other->keys('*');
        $this->another->keys('*');
        $this->six->lastsave();
        $this->declared->bgSave();
    }
}
