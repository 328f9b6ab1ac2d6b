# SPDX-License-Identifier: BSD-2-Clause
#
# The main way with real parts: nginx, RabbitMQ, the daemons, the sandbox.

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
$s->daemon($_) for qw(xd-insight xd-http xd-x12 xd-doc);
$s->gateway;

my $url = $s->gateway_url;
my $sandbox = "http://127.0.0.1:$s->{sandbox_port}";
my $edi = slurp("$root/docs/samples/856.edi");
my $order = slurp("$root/docs/samples/order.json");
my $trace_id = '4bf92f3577b34da6a3ce929d0e0e4736';


sub post_edi {
    my ($body, %h) = @_;
    return http('POST', "$url/v1/edi", body => $body, headers => {
        'x-api-key' => $s->key('acme'),
        'content-type' => 'application/edi-x12', %h });
}


sub post_order {
    my ($body, %h) = @_;
    return http('POST', "$url/v1/sales-orders", body => $body, headers => {
        'x-api-key' => $s->key('webshop'),
        'content-type' => 'application/json', %h });
}


sub ledger {
    my ($role) = @_;
    return @{ (get_json("$sandbox/$role/ledger") || {})->{effects} || [] };
}


sub status {
    my ($id, $party) = @_;
    return get_json("$url/status/$id",
        headers => { 'x-api-key' => $s->key($party) });
}


# -- a supplier's ASN ----------------------------------------------------------

my $r = post_edi($edi, traceparent => "00-$trace_id-00f067aa0ba902b7-01");
is($r->{status}, 202, 'an 856 is accepted') or diag $r->{content};
my $id = json($r->{content})->{id};
is($r->{headers}{location}, "/status/$id", 'Location leads to its status');

my $status = eventually(30, sub {
    my $st = status($id, 'acme');
    return $st && $st->{state} eq 'done' && $st;
});
ok($status, 'its status becomes done') or diag explain status($id, 'acme');

my @erp = ledger('erp');
my @wms = ledger('wms');
is(scalar @erp, 1, 'one inbound delivery in the ERP');
is(scalar @wms, 1, 'one receipt plan in the WMS');
is($erp[0]{document}, 'shipment', 'it is the shipment');
like($erp[0]{traceparent}, qr/^00-$trace_id-/, 'traceparent reaches the ERP');

ok(eventually(15, sub { (ledger('partner')) == 1 }),
    'one acknowledgement with the supplier');
my ($ack) = ledger('partner');
my $bytes = http('GET', "$sandbox/partner/documents/$ack->{id}")->{content};
like($bytes, qr/^ISA\*/, 'it is an interchange');
like($bytes, qr/AK1\*SH\*/, 'of a 997 about the group');
like($bytes, qr/AK9\*A\*1\*1\*1/, 'that accepts its one set');
my ($lint) = run_cmd($bytes, "$build/bin/xd", 'lint', '/dev/stdin');
is($lint, 0, 'and grades clean itself');

my ($number) = $edi =~ /BSN\*00\*([^*]+)\*/;
my ($trace_status, $trace) = $s->xd('trace', $number);
is($trace_status, 0, 'xd trace finds it by its number');
like($trace, qr/shipment\.created/, 'with the fact');
like($trace, qr/delivery\.confirmed .* system=erp/, 'the ERP\'s answer');
like($trace, qr/functional-ack\.sent/, 'the acknowledgement');
like($trace, qr/\Q$id\E/, 'the id of the 202');
like($trace, qr/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/, 'and times');

# -- the same interchange again --------------------------------------------------

is(post_edi($edi)->{status}, 202, 'the same interchange again is accepted');
ok(eventually(20, sub { (ledger('partner')) == 2 }), 'and answered again');
my @acks = map { $_->{sha256} } ledger('partner');
is($acks[0], $acks[1], 'with the same bytes');
is(scalar(ledger('erp')), 1, 'and not doubled in the ERP');

(my $other = $edi) =~ s/(BSN\*00\*)\w+/$1CHANGED/;
is(post_edi($other)->{status}, 202, 'its number with other bytes is taken');
ok(eventually(20, sub {
    my (undef, $out) = $s->xd('trace', ($edi =~ /^ISA(?:\*[^*]*){12}\*(\d{9})/));
    return $out =~ /x12\.control\.reused/;
}), 'and goes to a person');
ok(eventually(20, sub {
    return grep { /TA1\*\d{9}\*\d{6}\*\d{4}\*R\*025/ } map {
        http('GET', "$sandbox/partner/documents/$_->{id}")->{content}
    } ledger('partner');
}), 'and is refused in a TA1');
is(scalar(ledger('erp')), 1, 'not to the ERP');

# -- a shopper's order ------------------------------------------------------------

$r = post_order($order);
is($r->{status}, 202, 'an order is accepted') or diag $r->{content};
my $order_id = json($r->{content})->{id};
my $done = eventually(30, sub {
    my $st = status($order_id, 'webshop');
    return $st && $st->{state} eq 'done' && $st;
});
ok($done, 'its status becomes done') or diag explain status($order_id, 'webshop');
my @orders = grep { $_->{document} eq 'sales-order' } ledger('erp');
is(scalar @orders, 1, 'one sales-order in the ERP');
is($done->{deliveries}[0]{foreignId}, $orders[0]{id},
    'the status names the ERP\'s id');

is(status($order_id, 'acme')->{state}, 'accepted',
    'another party learns nothing of it');

my $key = '"7a1e3f60-2a34-4f0e-9a4e-0c5b2b1de001"';
(my $second = $order) =~ s/WEB-1001/WEB-1002/g;
my @ids = map { json(post_order($second, 'idempotency-key' => $key)->{content})->{id} }
    1 .. 3;
is($ids[0], $ids[2], 'an Idempotency-Key gives a repeat the same id');
ok(eventually(20, sub { (status($ids[0], 'webshop') || {})->{state} eq 'done' }),
    'it comes through');
is(scalar(grep { $_->{document} eq 'sales-order' } ledger('erp')), 2,
    'once');

my $incomplete = $order;
$incomplete =~ s/"lineNo":\s*\d+,//;
$r = post_order($incomplete);
is($r->{status}, 422, 'an incomplete order is refused');
like($r->{headers}{'content-type'}, qr{application/problem\+json}, 'as a problem');
my ($error) = @{ json($r->{content})->{errors} };
is($error->{ptr}, '/lines/0', 'with the pointer');
cmp_ok($error->{line}, '>', 1, 'line');
cmp_ok($error->{col}, '>=', 1, 'and column');

# -- a refusal of the ERP, and of one that comes later ---------------------------

http('POST', "$sandbox/fault", body => '{"role":"erp","mode":"500","count":2}',
    headers => { 'content-type' => 'application/json' });
(my $third = $order) =~ s/WEB-1001/WEB-1003/g;
my $third_id = json(post_order($third)->{content})->{id};
ok(eventually(40, sub { (status($third_id, 'webshop') || {})->{state} eq 'done' }),
    'an ERP that fails for now is tried again');
is(scalar(grep { $_->{business} =~ /WEB-1003/ } ledger('erp')), 1, 'with one effect');

# -- bad interchanges -----------------------------------------------------------------

(my $wrong_count = $edi) =~ s/SE\*\d+\*/SE*3*/;
$wrong_count =~ s/\b000000905\b/000000906/g;
my ($isa) = $edi =~ /^ISA(?:\*[^*]*){12}\*(\d{9})/;
$wrong_count =~ s/\b\Q$isa\E\b/000777001/g;
$r = post_edi($wrong_count);
is($r->{status}, 202, 'a wrong count is accepted for grading');
my $bad_id = json($r->{content})->{id};
ok(eventually(20, sub { (ledger('partner')) == 4 }), 'and answered');
my $bad_ack = (ledger('partner'))[-1];
$bytes = http('GET', "$sandbox/partner/documents/$bad_ack->{id}")->{content};
like($bytes, qr/AK5\*[ER]\*4/, 'with the count\'s code');

# -- nothing listens beyond loopback ----------------------------------------------------

my %ours = map { $_->{pid} => $_->{name} } @{ $s->{children} };
my $ss = `ss -ltnpH 2>/dev/null`;
SKIP: {
    skip 'ss shows no processes here', 1 unless $ss =~ /pid=/;
    my %parent = map { /^\s*(\d+)\s+(\d+)/ ? ($1 => $2) : () }
        `ps -eo pid=,ppid=`;
    my @open;
    for (split /\n/, $ss) {
        my ($address) = (split ' ')[3];
        my ($pid) = /pid=(\d+)/ or next;
        while ($pid && !$ours{$pid}) { $pid = $parent{$pid} // 0 }
        next unless $pid;
        push @open, "$ours{$pid}: $address"
            unless $address =~ /^(?:127\.|\[::1\]|\[::ffff:127\.)/;
    }
    is_deeply(\@open, [], 'nothing of ours listens beyond loopback');
}

$s->stop;
done_testing;
