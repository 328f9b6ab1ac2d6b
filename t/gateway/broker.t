# SPDX-License-Identifier: BSD-2-Clause
#
# The good way and its neighbours before a real RabbitMQ: confirmed means in
# the queue; unrouted, refused and missing are told apart.

use strict;
use warnings;

use Test::More;
use Time::HiRes qw(sleep);

use Gateway;
use XD;

-x '/usr/lib/rabbitmq/bin/rabbitmq-server'
    or plan skip_all => 'no RabbitMQ on this machine';

my $node = stage();
$node->broker;

sub mgmt {
    my ($method, $path, $body) = @_;
    my $r = $node->mgmt($method, $path, $body);
    $r->{success} or die "$method $path: $r->{status} $r->{content}\n";
    return $r;
}

mgmt('PUT', 'vhosts/crossdock');
mgmt('PUT', 'permissions/crossdock/xd-admin',
    '{"configure":".*","write":".*","read":".*"}');
mgmt('PUT', 'queues/crossdock/xd.q.x12.raw',
    '{"durable":true,"arguments":{"x-queue-type":"quorum"}}');
exchange();

sub exchange {
    mgmt('PUT', 'exchanges/crossdock/xd.raw',
        '{"type":"topic","durable":true}');
    mgmt('POST', 'bindings/crossdock/e/xd.raw/q/xd.q.x12.raw',
        '{"routing_key":"in.x12.*","arguments":{}}');
    return;
}

my $s = gateway($node->{amqp_url}, start => 0, workers => 2);
chomp(my $password = slurp("$s->{dir}/secrets/broker/xd-gateway"));
mgmt('PUT', 'users/xd-gateway', qq({"password":"$password","tags":""}));
my $rights = sub {
    mgmt('PUT', 'permissions/crossdock/xd-gateway',
        qq({"configure":"^\$","write":"$_[0]","read":"^\$"}));
};
$rights->('^xd\\\\.raw$');
Gateway::start($s);
ok(link_up($s), 'linked');

my @x12 = (key($s, 'acme'), [ 'Content-Type', 'application/edi-x12' ]);

sub post_edi {
    return asked($s, 'POST', '/v1/edi', body => $_[0] // edi(),
        headers => \@x12);
}

sub take {
    my ($count) = @_;
    return json(mgmt('POST', 'queues/crossdock/xd.q.x12.raw/get',
        qq({"count":$count,"ackmode":"ack_requeue_false","encoding":"auto"}))
        ->{content});
}

my %id;
for my $n (1 .. 200) {
    my $r = post_edi(edi(control => $n));
    $id{ $r->{json}{id} } = $n if $r->{status} == 202;
}
is(scalar keys %id, 200, 'two hundred answers of 202');
my @got = map { @{ take(100) } } 1 .. 3;
is_deeply({ map { $_->{properties}{message_id} => 1 } @got },
    { map { $_ => 1 } keys %id }, 'all are in the queue, each once');
is(scalar @got, 200, 'nothing else is');
is($got[0]{payload}, edi(control => $id{ $got[0]{properties}{message_id} }),
    'byte for byte');
is($got[0]{properties}{user_id}, 'xd-gateway', 'verified by the broker');
is($got[0]{properties}{headers}{'xd-party'}, 'acme', 'with its headers');

my $big = edi(more => [ ('REF*XX*' . 'z' x 70) x 60000 ]);
is(post_edi($big)->{status}, 202, 'a body of many frames');
is(take(1)->[0]{payload_bytes}, length $big, 'is whole');

problem_is(asked($s, 'POST', '/v1/sales-orders', body => order(), headers => [
    key($s, 'webshop'), [ 'Content-Type', 'application/json' ] ]), 503,
    'unroutable', 'no queue wants it: 503');

# The broker remembers rights for as long as a channel lives: the missing
# exchange ends it, the rights meet the next one.
$rights->('^none$');
mgmt('DELETE', 'exchanges/crossdock/xd.raw');
problem_is(post_edi(), 503, 'broker-misconfigured', 'exchange missing: 503');
problem_is(post_edi(), 503, 'broker-misconfigured', 'and whoever serves the next one says so');
exchange();
link_up($s);
problem_is(post_edi(), 503, 'broker-misconfigured', 'right taken away: 503');
$rights->('^xd\\\\.raw$');
ok(eventually(15, sub { post_edi()->{status} == 202 }), 'all is back: 202');
ok(link_up($s), 'on every worker');

kill 'STOP', $node->{node_pid};
problem_is(post_edi(), 504, 'publish-unconfirmed', 'stopped: 504');
is(asked($s, 'GET', '/metrics', port => $s->{status_port})->{status}, 200,
    'others are served meanwhile');
kill 'CONT', $node->{node_pid};
ok(eventually(30, sub { post_edi()->{status} == 202 }), 'goes on: 202');

$node->end('broker');
ok(eventually(10, sub {
    (post_edi()->{json}{type} // '') =~ /broker-unavailable/ }),
    'ended: 503');
$node->broker;
ok(link_up($s, 30), 'found again at its place');
is(post_edi()->{status}, 202, 'and good');

stop_all();
done_testing();
