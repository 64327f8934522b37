<?php
$redis = new Redis();
$redis->eval("return redis.call('$unlink', KEYS[1])", [$k], 1);
$redis->eval("return redis.call('{$this->command}', KEYS[1])", [$k], 1);
$redis->eval(sprintf("return redis.call('%s', KEYS[1])", $command), [$k], 1);
$redis->eval("return redis.call('keys', '*')", [], 0);
