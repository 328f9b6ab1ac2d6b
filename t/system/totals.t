# SPDX-License-Identifier: BSD-2-Clause
#
# Control totals with real parts: what was accepted, published, delivered and
# confirmed adds up; what does not becomes an exception with its keys, and
# resolves when the last of them is confirmed or given up.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Test::More;
use XD;

my $s = stage();
$s->broker;
$s->configure(settings => { tiers => '[50ms]', attempts => 2,
    two_persons => '[]', period => '1s', settle => '1s' });
my $erp = "$s->{dir}/conf/systems/erp.yaml";
put($erp, slurp($erp) =~ s/failures: 5/failures: 1000/r);
$s->topology;
$s->sandbox;
$s->daemon($_) for qw(xd-insight xd-http xd-doc xd-x12 xd-hospital);
$s->gateway;

my $order = slurp("$root/docs/samples/order.json");


sub post {
    my ($path, $type, $key, $body) = @_;
    my $r = http('POST', $s->gateway_url . $path, body => $body, headers => {
        'x-api-key' => $s->key($key), 'content-type' => $type });
    $r->{status} == 202 or die "$r->{status} $r->{content}\n";
    return;
}


sub order {
    my ($number) = @_;
    return post('/v1/sales-orders', 'application/json', 'webshop',
        $order =~ s/WEB-1001/$number/r);
}


sub fault {
    my ($count) = @_;
    my $r = http('POST', "http://127.0.0.1:$s->{sandbox_port}/fault",
        body => qq({"role":"erp","mode":"500","count":$count}));
    $r->{success} or die "fault: $r->{status} $r->{content}\n";
    return;
}


sub xd {
    my (@args) = @_;
    my ($wait, $out, $err) = run_cmd('', "$s->{build}/bin/xd", @args, '-c',
        "$s->{dir}/conf/crossdock.yaml");
    return ($wait >> 8, $out, $err);
}


sub totals {
    my (@args) = @_;
    my ($status, $out, $err) = xd('totals', '--json', @args);
    my $doc = eval { json($out) } or diag "$status $out $err";
    return ($status, $doc);
}


# Counts of one document and destination over all periods, as text.
sub counts {
    my ($document, $destination) = @_;
    my ($status, $doc) = totals('--document', $document);
    my @n = (0) x 5;
    for my $row (grep { $_->{destination} eq $destination } @{ $doc->{rows} }) {
        my $i = 0;
        $n[$i++] += $row->{$_}{count} // 0
            for qw(accepted published delivered confirmed discarded);
    }
    return "@n";
}


sub becomes {
    my ($document, $destination, $want) = @_;
    ok(eventually(20, sub { counts($document, $destination) eq $want }),
        "$document " . ($destination || 'in all') . ": $want")
        or diag counts($document, $destination);
    return;
}


sub cases {
    my ($status, $out) = xd('hospital', 'list', '--json');
    return @{ json($out)->{cases} };
}

# -- all is well ---------------------------------------------------------------------

order($_) for qw(WELL-1 WELL-2);
post('/v1/edi', 'application/edi-x12', 'acme', slurp("$root/docs/samples/856.edi"));
becomes('sales-order', '', '2 2 0 0 0');
becomes('sales-order', 'erp', '0 2 2 2 0');
becomes('shipment', '', '0 1 0 0 0');
becomes('shipment', $_, '0 1 1 1 0') for qw(erp wms);
becomes('interchange', '', '1 0 0 0 0');

my ($status, $doc) = totals('--document', 'sales-order', '--destination', 'erp');
my ($published, $confirmed) = (0, 0);
for (@{ $doc->{rows} }) {
    $published += $_->{published}{amount};
    $confirmed += $_->{confirmed}{amount};
    is($_->{ccy}, json($order)->{ccy}, 'sums have their currency');
}
my $gross = json($order)->{totals}{gross}{amount};
ok(abs($published - 2 * $gross) < 0.001, 'what was published is summed');
ok(abs($confirmed - $published) < 0.001, 'and what was confirmed is the same');

sleep 3;
($status, my $out) = xd('totals');
is($status, 0, 'nothing is missing') or diag $out;
like($out, qr/^\S+ +sales-order +webshop +erp +- +[12] +[12] +[12] +-/m,
    'a line for each destination');
like((xd('totals', '--from', '2099-01-01'))[1], qr/^nothing was counted/, 'or none');
is((xd('totals', '--from', 'florb'))[0], 2, 'a time that is none is told');

# -- what is missing -------------------------------------------------------------------

fault(4);
order($_) for qw(LOST-1 LOST-2);
ok(eventually(20, sub { (totals())[0] == 1 }), 'a difference is found');
($status, $doc) = totals();
my ($d) = @{ $doc->{differences} };
is($d->{code}, 'totals.unconfirmed', 'with what it is');
is($d->{destination}, 'erp', 'and where');
ok(eventually(20, sub {
    my ($status, $doc) = totals();
    my @keys = map { map { $_->{key} } @{ $_->{keys} } } @{ $doc->{differences} };
    "@{[ sort @keys ]}" eq 'sales-order:webshop:LOST-1 sales-order:webshop:LOST-2';
}), 'and its keys');
($status, $out) = xd('totals', '--keys');
like($out, qr/^    sales-order:webshop:LOST-1  refused$|^    sales-order:webshop:LOST-1  pending$/m,
    'that --keys prints');
my $trace = $s->control('xd-insight', "/trace?key=$d->{exception}");
like($trace, qr/"event": "opened"/, 'it is an exception');
like($trace, qr/not confirmed by erp: sales-order:webshop:LOST-/, 'that names them');

ok(eventually(20, sub { cases() == 2 }), 'both are cases');

# -- xd top -------------------------------------------------------------------------------

{
    local %ENV = (%ENV, %{ $s->env });
    ($status, $out) = xd('top', '--json');
    is($status, 0, 'xd top');
    my $top = json($out);
    my ($http) = grep { $_->{process} eq 'xd-http' } @{ $top->{processes} };
    is($http->{broker}, 'up', 'has each process');
    is($http->{ward}, 2, 'and what it holds');
    like($http->{memory}, qr/^[1-9]\d{6,}$/, 'and what it takes');
    ok(eventually(20, sub {
        my ($raw) = grep { $_->{queue} eq 'xd.q.doc.raw' }
            @{ json((xd('top', '--json'))[1])->{queues} };
        $raw->{consumers} == 1;
    }), 'and each queue');
    ($status, $out) = xd('top', '--once');
    like($out, qr/^xd-http +up +none +0 +0 +2 /m, 'also to be read');
}

# -- and is there after all, or given up ---------------------------------------------------

$s->end('xd-insight', 'KILL');
$s->daemon('xd-insight');
is((totals())[0], 1, 'a kill forgets nothing');
my ($one, $two) = cases();
is((xd('hospital', 'release', $one->{case}))[0], 0, 'one is released');
is((xd('hospital', 'discard', '--why', 'a test', $two->{case}))[0], 0,
    'the other given up');
ok(eventually(20, sub { (totals())[0] == 0 }), 'nothing is missing any more');
becomes('sales-order', 'erp', '0 4 3 3 1');
ok(eventually(10, sub {
    $s->control('xd-insight', "/trace?key=$d->{exception}") =~ /"event": "resolved"/;
}), 'the exception has resolved by itself');

ok(!(grep { /Sanitizer|runtime error/ } map { slurp($_) } glob "$s->{dir}/log/*"),
    'no sanitizer has complained');
$s->stop;
done_testing;
