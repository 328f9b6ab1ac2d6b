# SPDX-License-Identifier: BSD-2-Clause
#
# Facts of the audit stream once more: dropped by who remembers them, done
# once in effect by who does not; and through the routes and maps of now.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Test::More;
use XD;

my $s = stage();
$s->broker;
$s->configure;
$s->topology;
$s->sandbox;
$s->daemon($_) for qw(xd-insight xd-http xd-doc xd-x12);
$s->gateway;

my $conf = "$s->{dir}/conf/crossdock.yaml";
my $order = slurp("$root/docs/samples/order.json");


sub post {
    my ($path, $type, $key, $body) = @_;
    my $r = http('POST', $s->gateway_url . $path, body => $body, headers => {
        'x-api-key' => $s->key($key), 'content-type' => $type });
    $r->{status} == 202 or die "$r->{status} $r->{content}\n";
    return;
}


sub replay {
    my (@args) = @_;
    local %ENV = (%ENV, %{ $s->env });
    my ($wait, $out, $err) = run_cmd('', "$s->{build}/bin/xd", 'replay', '-c',
        $conf, @args);
    return ($wait >> 8, $out, $err);
}


sub replays {
    my ($want, $name, @args) = @_;
    my ($status, $out, $err) = replay(@args);
    is($status, $want, $name) or diag $out . $err;
    return $out;
}


# Every effect that a system has.
sub effects {
    my ($role) = @_;
    my $ledger = get_json("http://127.0.0.1:$s->{sandbox_port}/$role/ledger");
    return scalar @{ ($ledger || {})->{effects} || [] };
}


# A counter of a daemon, all its labels added.
sub counter {
    my ($name, $family) = @_;
    my $sum = 0;
    $sum += $_ for $s->control($name, '/metrics') =~ /^\Q$family\E(?:\{[^}]*\})? (\d+)/mg;
    return $sum;
}

post('/v1/sales-orders', 'application/json', 'webshop', $order =~ s/WEB-1001/R-$_/r)
    for 1 .. 5;
post('/v1/edi', 'application/edi-x12', 'acme', slurp("$root/docs/samples/856.edi"));
ok(eventually(30, sub { effects('erp') == 6 && effects('wms') == 1 }),
    'six documents are delivered') or BAIL_OUT('nothing to replay');
sleep 1;

# -- what would go --------------------------------------------------------------------

my $all = replays(0, 'a dry run', '--dry-run', '--document', 'sales-order');
is(scalar(() = $all =~ /^sales-order:webshop:R-\d  \S+  http\.erp\.create$/mg), 5,
    'says what would go where');
like($all, qr/ 5 facts, 5 commands would go again$/m, 'and how many');
like(replays(0, 'by key', '--dry-run', '--key', 'sales-order:webshop:R-3'),
    qr/ 1 facts, 1 commands /, 'finds one');
like(replays(0, 'by partner', '--dry-run', '--partner', 'acme', '--document',
    'shipment'), qr/ 1 facts, 2 commands /, 'finds the ASN');
like(replays(0, 'with a limit', '--dry-run', '--document', 'sales-order',
    '--limit', '2'), qr/ 2 facts, 2 commands /, 'stops there');
like(replays(0, 'from tomorrow on', '--dry-run', '--from', '2099-01-01'),
    qr/ 0 facts, 0 commands /, 'finds none');
my @lines = map { json($_) } split /\n/,
    replays(0, 'as JSON', '--dry-run', '--json', '--document', 'sales-order');
is($lines[-1]{summary}{facts}, 5, 'ends with a summary');
is($lines[0]{to}, 'http.erp.create', 'and has its destinations');

# -- dropped by who remembers ----------------------------------------------------------

my $repeats = counter('xd-http', 'xd_dedupe_hits_total');
my $asked = counter('xd-http', 'xd_http_requests_total');
like(replays(0, 'a replay', '--from', '2020-01-01'), qr/ commands went again$/m,
    'is confirmed');
ok(eventually(20, sub { counter('xd-http', 'xd_dedupe_hits_total') == $repeats + 7 }),
    'each command is known and dropped');
is(counter('xd-http', 'xd_http_requests_total'), $asked, 'nothing is sent');

# -- done once in effect by who does not ------------------------------------------------

$s->end('xd-http');
unlink glob "$s->{dir}/state/xd-http.db*";
$s->daemon('xd-http');
replays(0, 'a replay to one that has lost all', '--from', '2020-01-01');
ok(eventually(20, sub { counter('xd-http', 'xd_http_requests_total') >= 7 }),
    'everything is sent again');
is(effects('erp'), 6, 'and done once');
is(effects('wms'), 1, 'everywhere');

$asked = counter('xd-http', 'xd_http_requests_total');
replays(0, 'under new ids', '--again', 'restore-1', '--document', 'sales-order');
ok(eventually(20, sub { counter('xd-http', 'xd_http_requests_total') == $asked + 5 }),
    'what is remembered is sent again too');
is(effects('erp'), 6, 'and done once all the same');
$repeats = counter('xd-http', 'xd_dedupe_hits_total');
replays(0, 'the same once more', '--again', 'restore-1', '--document', 'sales-order');
ok(eventually(20, sub { counter('xd-http', 'xd_dedupe_hits_total') == $repeats + 5 }),
    'is a repeat');

# -- a shadow run ---------------------------------------------------------------------------

like(replays(0, 'a shadow run', '--shadow', '--from', '2020-01-01'),
    qr/, 0 would be otherwise$/m, 'finds all as it was');

my $routes = "$s->{dir}/conf/routes.yaml";
put($routes, slurp($routes) =~ s/^ +- \{ process: http, destination: wms.*\n//mr
    =~ s/destinations: 2/destinations: 1/r =~ s/create, http\.wms\.create/create/r);
my $out = replays(1, 'with other routes', '--shadow', '--document', 'shipment');
like($out, qr/^  destination: then http\.wms\.create, now nothing$/m,
    'what would be otherwise is told');
like($out, qr/, 1 would be otherwise$/m, 'and counted');

# A fact whose document is not what its bytes give now.
my ($step) = grep { $_->{document} eq 'sales-order' } map { @{ $_->{steps} } }
    @{ json($s->control('xd-insight', '/trace?key=R-1'))->{ways} };
my $body = $step->{body};
$body->{channel} = 'phone';
$body->{meta}{id} = '018f6c2e-0000-7000-8000-0000000000f1';
my $r = $s->mgmt('POST', 'exchanges/crossdock/xd.order/publish', JSON::PP->new->canonical->encode({
    routing_key => 'sales-order.created.v1.none.p00',
    payload_encoding => 'string',
    payload => JSON::PP->new->canonical->ascii->encode($body),
    properties => { message_id => $body->{meta}{id}, delivery_mode => 2,
        headers => { 'xd-key' => 'sales-order:webshop:R-1',
            'xd-routes' => 'http.erp.create' } } }));
ok($r->{success}, 'a fact that is otherwise') or diag $r->{content};
sleep 1;
$out = replays(1, 'a shadow run of it', '--shadow', '--key', 'sales-order:webshop:R-1');
like($out, qr/^  channel: then "phone", now "web"$/m, 'names the member');
my ($row) = map { json($_) } (replay('--shadow', '--json', '--key',
    'sales-order:webshop:R-1'))[1] =~ /^(\{"id".*)$/m;
is_deeply($row->{differences}, [ { what => 'channel', then => '"phone"', now => '"web"' } ],
    'also as JSON');

# -- what cannot run ------------------------------------------------------------------------

$s->end('broker');
my ($status, undef, $err) = replay('--dry-run', '--key', 'x');
is($status, 2, 'without a broker');
like($err, qr/broker/, 'it says so');

ok(!(grep { /Sanitizer|runtime error/ } map { slurp($_) } glob "$s->{dir}/log/*"),
    'no sanitizer has complained');
$s->stop;
done_testing;
