<?php
// What every client test does, with predis. Usage: program.php PORT
require 'Predis/autoload.php';

$url = 'tcp://127.0.0.1:' . (int) $argv[1];

function check(string $step, mixed $got, mixed $want): void
{
    if ($got !== $want) {
        fwrite(STDERR, "$step: got " . var_export($got, true) . ', want ' . var_export($want, true) . "\n");
        exit(1);
    }
    echo "$step ok\n";
}

function message(callable $body): string
{
    try {
        $body();
        return 'no error';
    } catch (Predis\PredisException $exception) {
        return $exception->getMessage();
    }
}

$client = new Predis\Client($url);
$other = new Predis\Client($url);
check('connect', (string) $client->ping(), 'PONG');

$key = "key\x00\xff\r\n";
$value = implode('', array_map('chr', range(0, 255)));
$client->set($key, $value);
check('binary', $client->get($key), $value);

$replies = $client->pipeline(function ($pipeline) {
    for ($number = 0; $number < 100; $number++) {
        $pipeline->rpush('list', [$number]);
    }
    $pipeline->lrange('list', -2, -1);
});
check('pipeline', $replies, [...range(1, 100), ['98', '99']]);

$client->set('counter', 5);
$attempts = 0;
$options = ['cas' => true, 'watch' => 'counter', 'retry' => 3];
$replies = $client->transaction($options, function ($transaction) use ($other, &$attempts) {
    $attempts++;
    $seen = $transaction->get('counter');
    if ($attempts === 1) {
        $other->incr('counter');
    }
    $transaction->multi();
    $transaction->set('counter', $seen * 2);
    $transaction->get('counter');
});
check('transaction', [$attempts, (string) $replies[0], $replies[1]], [2, 'OK', '12']);

$wrongType = 'WRONGTYPE Operation against a key holding the wrong kind of value';
check('error', message(fn () => $client->lpush('counter', [1])), $wrongType);

$other->executeRaw(['MULTI']);
$other->executeRaw(['SET', 'held', '1']);
$locked = "LOCKED key 'held' is held by a transaction in progress";
$found = [
    message(fn () => $client->get('held')),
    message(fn () => $client->pipeline(fn ($pipeline) => $pipeline->get('held'))),
    message(fn () => $client->transaction(fn ($transaction) => $transaction->get('held'))),
    $client->get('counter'),
];
$other->executeRaw(['DISCARD']);
check('locked', $found, [$locked, $locked, $locked, '12']);

$refusal = strtok(message(fn () => $client->keys('*')), ',');
check('refused', [$refusal, $client->get('counter')], ["ERR unknown command 'KEYS'", '12']);

// The first command after the idle close fails; the one after it is sent over a new connection. So does EXEC of a
// transaction that has watched.
$watcher = new Predis\Client($url);
$client->set('watched', 1);
$error = message(fn () => $watcher->transaction(
    ['cas' => true, 'watch' => 'watched'],
    function ($transaction) use ($client) {
        // WATCH itself is sent with the first command.
        $transaction->get('watched');
        $client->set('watched', 2);
        sleep(5);
        $transaction->multi();
        $transaction->set('watched', 3);
    }
));
$lost = 'Error while reading line from the server.';
$first = message(fn () => $client->get('counter'));
check('reconnect', [strncmp($first, $lost, strlen($lost)), $client->get('counter')], [0, '12']);
check('watched', [strncmp($error, $lost, strlen($lost)), $client->get('watched')], [0, '2']);
