# What every client test does, with Perl's Redis. Usage: program.pl PORT
use strict;
use warnings;
use Redis;

my $port = shift;
$| = 1;

sub check {
    my ($step, $got, $want) = @_;
    die "$step: got '$got', want '$want'\n" if $got ne $want;
    print "$step ok\n";
}

sub connect_client { return Redis->new(server => "127.0.0.1:$port", reconnect => 2, every => 10_000) }

my ($client, $other) = (connect_client(), connect_client());
check('connect', $client->ping, 'PONG');

my ($key, $value) = ("key\x00\xff\r\n", join '', map { chr } 0 .. 255);
$client->set($key, $value);
check('binary', $client->get($key), $value);

my @lengths;
for my $number (0 .. 99) {
    $client->rpush('list', $number, sub { my ($reply) = @_; push @lengths, $reply });
}
$client->wait_all_responses;
check('pipeline', join(' ', scalar @lengths, $lengths[99], $client->lrange('list', -2, -1)), '100 100 98 99');

$client->set('counter', 5);
my ($attempts, @replies) = (0);
until (@replies) {
    $attempts++;
    $client->watch('counter');
    my $seen = $client->get('counter');
    $other->incr('counter') if $attempts == 1;
    $client->multi;
    $client->set('counter', $seen * 2);
    $client->get('counter');
    @replies = grep { defined } $client->exec;
}
check('transaction', "$attempts @replies", '2 OK 12');

eval { $client->lpush('counter', 1) };
my ($message) = $@ =~ /(WRONGTYPE [^,]*)/;
check('error', $message // $@, 'WRONGTYPE Operation against a key holding the wrong kind of value');

select(undef, undef, undef, 5);
check('reconnect', $client->get('counter'), '12');
