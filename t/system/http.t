# SPDX-License-Identifier: BSD-2-Clause

# xd-http between a real broker and the played systems: every command has its
# effect once, in order, whatever goes wrong on the way.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use JSON::PP;
use Test::More;
use Time::HiRes qw(sleep);

use XD;

my $s = stage();
$s->broker;
$s->configure;
$s->topology;
$s->sandbox;

# Fast, so that the test is: the ways are the same.
my $main = "$s->{dir}/conf/crossdock.yaml";
my $text = slurp($main);
$text =~ s/tiers: .*/tiers: [100ms, 200ms, 400ms]/;
$text =~ s/attempts: .*/attempts: 5/;
put($main, $text);
for my $system (qw(erp wms)) {
    my $file = "$s->{dir}/conf/systems/$system.yaml";
    my $yaml = slurp($file);
    $yaml =~ s/^timeout: .*/timeout: 1s/m;
    $yaml =~ s/^breaker: .*/breaker: { failures: 3, pause: 300ms }/m;
    put($file, $yaml);
}

my $sandbox = "http://127.0.0.1:$s->{sandbox_port}";
my $vhost = ($s->{amqp_url} =~ m{/([^/]+)$})[0];
my $serial = 0;

# Senders speak AMQP; here each borrows the management API.
my %api;
for my $user (qw(xd-x12 xd-insight)) {
    my $password = slurp("$s->{dir}/secrets/broker/$user");
    chomp $password;
    $s->mgmt('PUT', "users/$user",
        encode_json({ password => $password, tags => 'management' }));
    $api{$user} = $s->{mgmt_url} =~ s{//[^@]*@}{//$user:$password@}r;
}

sub uuid { sprintf '018f6c2e-0000-7000-8000-%012x', ++$serial }

sub publish {
    my ($exchange, $key, $body, %props) = @_;
    my $headers = delete $props{headers};
    my $r = http('POST', "$api{'xd-x12'}/api/exchanges/$vhost/$exchange/publish",
        headers => { 'content-type' => 'application/json' },
        body => encode_json({ routing_key => $key, payload => $body,
            payload_encoding => 'string', properties => {
                delivery_mode => 2, user_id => 'xd-x12', message_id => uuid(),
                %props, headers => $headers } }));
    return eval { json($r->{content})->{routed} };
}

sub shipment {
    my ($no, $version) = @_;
    return { meta => { schema => 'urn:retail:shipment:1.0', id => uuid(),
            key => "shipment:acme:$no", keyVersion => $version // 1,
            correlationId => 'raw-1', test => JSON::PP::false },
        shipmentNo => "$no", shipFrom => { name => 'a' },
        shipTo => { name => 'b' }, units => [ { contents => [] } ] };
}

sub command {
    my ($system, $doc, %props) = @_;
    return publish('xd.cmd', "http.$system.shipment.create.v1.p03",
        encode_json($doc), content_type => 'application/json',
        headers => { 'xd-key' => $doc->{meta}{key},
            traceparent =>
                '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
        %props);
}

sub ledger {
    my ($role, $key) = @_;
    return json(http('GET', "$sandbox/$role/ledger" .
        (defined $key ? "?key=$key" : ''))->{content})->{effects};
}

sub effects { scalar @{ ledger(@_) } }

sub fault {
    my ($role, $mode, $count) = @_;
    return http('POST', "$sandbox/fault", body => encode_json(
        { role => $role, mode => $mode, count => $count }))->{status};
}

# Facts about deliveries, taken as they come; a message-id counts once.
my %facts;

sub deliveries {
    my $r = http('POST',
        "$s->{mgmt_url}/api/queues/$vhost/xd.q.insight.facts/get",
        headers => { 'content-type' => 'application/json' },
        body => encode_json({ count => 1000, ackmode => 'ack_requeue_false',
            encoding => 'auto' }));
    for my $m (@{ json($r->{content}) }) {
        my $doc = json($m->{payload});
        $facts{ $m->{properties}{message_id} } = $doc
            if $doc->{meta}{type} eq 'delivery';
    }
    return values %facts;
}

sub delivery {
    my ($system, $no) = @_;
    my ($fact) = grep { $_->{meta}{key} eq "delivery:$system:shipment:acme:$no" }
        deliveries();
    return $fact;
}

$s->daemon('xd-http');

# -- the plain way ----------------------------------------------------------------

ok command('erp', shipment('A')), 'a command finds its queue';
ok eventually(10, sub { effects('erp', 'shipment:acme:A') }), 'and its system';

my $e = ledger('erp', 'shipment:acme:A')->[0];
like $e->{traceparent}, qr/^00-4bf92f3577b34da6a3ce929d0e0e4736-/,
    'the trace goes on';
is $e->{attempts}, 1, 'at the first try';

my $fact;
ok eventually(10, sub { $fact = delivery('erp', 'A') }), 'a fact says so';
is $fact->{status}, 'confirmed', 'confirmed';
is $fact->{foreignId}, $e->{id}, 'with the number of the system';

# -- faults: one effect, whatever is answered --------------------------------------

for my $mode (qw(500 429 reset reset-after-work 504-after-work 400-means-done
    garbage slow))
{
    fault('wms', $mode, 1);
    command('wms', shipment("F-$mode"));
    ok eventually(15, sub { $fact = delivery('wms', "F-$mode") }),
        "$mode: it gets there";
    is $fact->{status}, 'confirmed', "$mode: confirmed";
    is effects('wms', "shipment:acme:F-$mode"), 1, "$mode: one effect";
    $e = ledger('wms', "shipment:acme:F-$mode")->[0];
    is $fact->{foreignId}, $e->{id}, "$mode: the number of that effect";
}

# -- the same command twice -------------------------------------------------------

my $twice = shipment('T');
my $id = uuid();
command('erp', $twice, message_id => $id) for 1 .. 2;
command('erp', $twice);    # and once more under another message-id
ok eventually(10, sub { delivery('erp', 'T') }), 'a repeat gets there';
sleep 0.5;
is effects('erp', 'shipment:acme:T'), 1, 'once';

# -- refused for good ----------------------------------------------------------------

my $bad = shipment('R');
delete $bad->{units};
command('erp', $bad);
ok eventually(10, sub { $fact = delivery('erp', 'R') }), 'a refusal is a fact';
is $fact->{status}, 'refused', 'refused';
like $fact->{reason}, qr{422 .*/units}, 'with the words of the system';
is effects('erp', 'shipment:acme:R'), 0, 'and no effect';

command('erp', shipment('R', 2));
command('erp', shipment('U'));
ok eventually(10, sub { delivery('erp', 'U') }), 'other keys flow';
is effects('erp', 'shipment:acme:R'), 0, 'its own key stands still';
my $ward = json($s->mgmt('POST', "queues/$vhost/xd.q.hospital.ward/get",
    encode_json({ count => 10, ackmode => 'ack_requeue_true',
        encoding => 'auto' }))->{content});
is scalar @$ward, 1, 'one case is in the hospital';

# -- order per key ------------------------------------------------------------------

fault('erp', '500', 2);
command('erp', shipment('O', $_)) for 1 .. 5;
ok eventually(15, sub { effects('erp', 'shipment:acme:O') == 5 }),
    'five versions of one key get there';
is join(' ', map {
    json(http('GET', "$sandbox/erp/documents/$_->{id}")->{content})
        ->{meta}{keyVersion}
} @{ ledger('erp', 'shipment:acme:O') }), '1 2 3 4 5', 'in their order';

# -- bytes for a partner -----------------------------------------------------------

ok publish('xd.raw', 'out.http.acme', 'ISA*00*~',
    content_type => 'application/edi-x12',
    headers => { 'xd-document' => 'functional-ack',
        'xd-key' => 'functional-ack:acme:42', 'xd-causation' => 'raw-1' }),
    'bytes find their queue';
ok eventually(10, sub { effects('partner') }), 'and the partner';
$e = ledger('partner')->[0];
is $e->{type}, 'application/edi-x12', 'with their type';
is http('GET', "$sandbox/partner/documents/$e->{id}")->{content}, 'ISA*00*~',
    'as they are';

# -- kill -9 in the middle -----------------------------------------------------------

my $many = 300; # more than seven short lives can do
$s->end('xd-http');
command('wms', shipment("K-$_")) for 1 .. $many;
for my $point (qw(before-start:1 after-start:1 before-settle:3 after-settle:3
    after-publish:3 after-confirm:3 after-delete:3))
{
    $s->spawn('xd-http', { env => { %{ $s->env }, XD_CRASH_AT => $point } },
        "$build/bin/xd-http", '-c', $main);
    ok eventually(10, sub { grep { $_ eq 'xd-http' } $s->ended }),
        "dies at $point";
}
cmp_ok effects('wms'), '<', 8 + $many, 'with work left to do';
$s->daemon('xd-http');
ok eventually(30, sub {
    $many == grep { /:K-/ } map { $_->{meta}{key} } deliveries();
}), 'all are told of in the end';
is effects('wms', "shipment:acme:K-$_"), 1, "K-$_ has one effect"
    for 1 .. $many;

# -- a system that is down -----------------------------------------------------------

my $port = $s->{sandbox_port};
$s->end('sandbox');
command('wms', shipment("D-$_")) for 1 .. 20;
sleep 2;
$s->sandbox;
ok eventually(30, sub {
    20 == grep { /:D-/ } map { $_->{meta}{key} } deliveries();
}), 'works wait for a system that is down';
is scalar(grep { $_->{status} eq 'refused' } deliveries()), 1,
    'and none is given up';

like $s->control('xd-http', '/metrics'),
    qr/^xd_http_requests_total\{system="wms",outcome="done"\} \d+$/m,
    'what came of it is counted';
is $s->end('xd-http'), 0, 'TERM ends it well';

done_testing;
