# What every client test does, with Perl's Redis or Redis::Fast, which have one interface. Usage: program.pl MODULE PORT
use strict;
use warnings;

my ($module, $port) = @ARGV;
eval "require $module" or die $@;
$| = 1;

sub check {
    my ($step, $got, $want) = @_;
    die "$step: got '$got', want '$want'\n" if $got ne $want;
    print "$step ok\n";
}

sub connect_client { return $module->new(server => "127.0.0.1:$port", reconnect => 2, every => 10_000) }

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

# The text of the error that a function dies of, without the command before it and what stands behind a comma.
sub message {
    my ($body) = @_;
    eval { $body->(); 1 } and return 'no error';
    my ($text) = $@ =~ /^(?:\[\w+\] )?([^,\n]*)/;
    return $text =~ s/ at \S+ line \d+\.$//r;
}

my $wrong_type = 'WRONGTYPE Operation against a key holding the wrong kind of value';
check('error', message(sub { $client->lpush('counter', 1) }), $wrong_type);

$other->multi;
$other->set('held', 1);
my @found = message(sub { $client->get('held') });
$client->get('held', sub { push @found, $_[1] });
$client->wait_all_responses;
$client->multi;
push @found, message(sub { $client->get('held') }), message(sub { $client->exec }), $client->get('counter');
$other->discard;
my $locked = q(LOCKED key 'held' is held by a transaction in progress);
my $aborted = 'EXECABORT Transaction discarded because of previous errors.';
check('locked', join('; ', @found), join('; ', $locked, $locked, $locked, $aborted, 12));

my $refusal = message(sub { $client->keys('*') });
check('refused', "$refusal " . $client->get('counter'), "ERR unknown command 'KEYS' 12");

# After an idle close MULTI and WATCH do not open the connection again: Perl's Redis dies, and is inside a transaction from
# then on, Redis::Fast goes on.
my ($watcher, $idle) = (connect_client(), connect_client());
$client->set('watched', 1);
$watcher->watch('watched');
$client->set('watched', 2);
select(undef, undef, undef, 5);
check('reconnect', $client->get('counter'), '12');
my $disabled = 'reconnect disabled inside transaction or watch';
my $begun = message(sub { $idle->multi });
my $error = message(sub { $watcher->multi; $watcher->set('watched', 3); $watcher->exec });
check('watched', "$begun; $error; " . $client->get('watched'),
    ($module eq 'Redis' ? $disabled : 'no error') . "; $disabled; 2");
