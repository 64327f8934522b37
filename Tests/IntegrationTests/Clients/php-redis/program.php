<?php
// What every client test does, with php-redis. Usage: program.php PORT

$port = (int) $argv[1];

function check(string $step, mixed $got, mixed $want): void
{
    if ($got !== $want) {
        fwrite(STDERR, "$step: got " . var_export($got, true) . ', want ' . var_export($want, true) . "\n");
        exit(1);
    }
    echo "$step ok\n";
}

function connect(int $port): Redis
{
    $client = new Redis();
    $client->connect('127.0.0.1', $port);
    return $client;
}

$client = connect($port);
$other = connect($port);
check('connect', $client->ping(), true);

$key = "key\x00\xff\r\n";
$value = implode('', array_map('chr', range(0, 255)));
$client->set($key, $value);
check('binary', $client->get($key), $value);

$pipeline = $client->multi(Redis::PIPELINE);
for ($number = 0; $number < 100; $number++) {
    $pipeline->rPush('list', (string) $number);
}
$pipeline->lRange('list', -2, -1);
check('pipeline', $pipeline->exec(), [...range(1, 100), ['98', '99']]);

$client->set('counter', '5');
for ($attempts = 1, $replies = false; $replies === false; $attempts += $replies === false ? 1 : 0) {
    $client->watch('counter');
    $seen = (int) $client->get('counter');
    if ($attempts === 1) {
        $other->incr('counter');
    }
    $replies = $client->multi()->set('counter', (string) ($seen * 2))->get('counter')->exec();
}
check('transaction', [$attempts, $replies], [2, [true, '12']]);

$client->lPush('counter', '1');
// php-redis 5.3 leaves a zero byte behind the text, from any server.
check('error', rtrim((string) $client->getLastError(), "\0"), 'WRONGTYPE Operation against a key holding the wrong kind of value');

function message(callable $body): string
{
    try {
        $body();
        return 'no error';
    } catch (RedisException $exception) {
        return $exception->getMessage();
    }
}

// An error that begins with another word than ERR is thrown. It leaves a transaction begun: the client has to discard it.
$other->multi()->set('held', '1');
$locked = "LOCKED key 'held' is held by a transaction in progress";
$found = [
    message(fn () => $client->get('held')),
    message(fn () => $client->multi(Redis::PIPELINE)->get('held')->exec()),
    message(fn () => $client->multi()->get('held')),
];
$client->discard();
$found[] = $client->get('counter');
$other->discard();
check('locked', $found, [$locked, $locked, $locked, '12']);

$client->clearLastError();
$refusal = [$client->keys('*'), strtok((string) $client->getLastError(), ',')];
check('refused', [...$refusal, $client->get('counter')], [false, "ERR unknown command 'KEYS'", '12']);

$watcher = connect($port);
$client->set('watched', '1');
$watcher->watch('watched');
$client->set('watched', '2');
sleep(5);
check('reconnect', $client->get('counter'), '12');
$error = message(fn () => $watcher->multi()->set('watched', '3')->exec());
check('watched', [$error, $client->get('watched')], ['Connection lost and socket is in MULTI/watching mode', '2']);
