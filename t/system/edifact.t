# SPDX-License-Identifier: BSD-2-Clause
#
# A supplier that speaks EDIFACT, with real parts: its DESADV gets a CONTRL and
# reaches ERP and WMS; an order of the ERP goes out to it as ORDERS, and its
# CONTRL and ORDRSP are held against it.  Beside it one that speaks X12.
#
# XD_DOCUMENTS (12) is the number of orders at each crash point.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Test::More;
use XD;

my $documents = $ENV{XD_DOCUMENTS} // 12;
my $us = '4098765000003:14';
my $them = '4012345000009:14';

my $s = stage();
$s->broker;
$s->configure;

# Orders to this supplier go out to it, others to the one of X12.
my $routes = "$s->{dir}/conf/routes.yaml";
my $gln = 'has(supplier.gln) && supplier.gln == "4012345000009"';
put($routes, slurp($routes) =~ s{
    ^(\s*-\ name:\ purchase-order-to-supplier\n.*?event:\ created)\ \}
}{$1, condition: '!($gln)' \}}msrx =~ s{^(?=\n?\#[^\n]*\nexpect:)}{
  - name: purchase-order-to-nordic
    owner: purchasing
    when: { document: purchase-order, event: created, condition: '$gln' }
    to:
      - { process: edifact, destination: nordic, verb: write }
}mr);

$s->topology;
$s->sandbox;
$s->daemon($_) for qw(xd-insight xd-http xd-doc xd-x12);
$s->daemon('xd-edifact');
$s->gateway;

my $url = $s->gateway_url;
my $sandbox = "http://127.0.0.1:$s->{sandbox_port}";
my $desadv = slurp("$root/docs/samples/desadv.edi");


sub post_edi {
    my ($body) = @_;
    my $r = http('POST', "$url/v1/edi", body => $body, headers => {
        'x-api-key' => $s->key('nordic'),
        'content-type' => 'application/edifact' });
    return $r->{status} == 202 ? json($r->{content})->{id} : undef;
}


sub post_order {
    my ($number, %o) = @_;
    my $body = JSON::PP->new->utf8->canonical->encode({
        poNo => $number,
        buyerGln => '4012345000016',
        supplier => { name => 'Nordic Home', gln => '4012345000009' },
        shipTo => { gln => '9436465792104', name => 'Distribution centre' },
        orderDate => '2026-05-04',
        ccy => 'EUR',
        lines => [
            { lineNo => 1, item => { gtin => '04006381333931' },
              qty => { value => '240', uom => 'EA' },
              netPrice => { amount => '8.00', ccy => 'EUR' } },
            { lineNo => 2, item => { gtin => '04000000000013' },
              qty => { value => '20', uom => 'EA' },
              netPrice => { amount => '54.50', ccy => 'EUR' } } ], %o });
    my $r = http('POST', "$url/v1/purchase-orders", body => $body,
        headers => { 'x-api-key' => $s->key('erp-out'),
                     'content-type' => 'application/json' });
    return $r->{status} == 202 ? json($r->{content})->{id} : undef;
}


sub status {
    my ($id, $party) = @_;
    return get_json("$url/status/$id",
        headers => { 'x-api-key' => $s->key($party // 'nordic') });
}


my %seen; # documents of the partner, by its id

sub delivered {
    my $ledger = get_json("$sandbox/partner/ledger") || {};
    return map {
        $seen{ $_->{id} } //=
            http('GET', "$sandbox/partner/documents/$_->{id}")->{content}
    } @{ $ledger->{effects} || [] };
}


sub got {
    my ($what, $seconds) = @_;
    return eventually($seconds // 30, sub {
        my ($edi) = grep { $_ =~ $what } delivered();
        return $edi;
    });
}


sub effects {
    my ($system) = @_;
    return @{ (get_json("$sandbox/$system/ledger") || {})->{effects} || [] };
}


sub exception_like {
    my ($id, $party, $code, $text, $what) = @_;
    my $st;
    return ok(eventually(30, sub {
        $st = status($id, $party);
        return $st && grep { ($_->{code} // '') eq $code
            && $_->{text} =~ $text } @{ $st->{documents} };
    }), $what) || diag explain $st;
}

# -- a ship notice -------------------------------------------------------------

my $id = post_edi($desadv);
ok($id, 'a DESADV is accepted');
my $done = eventually(30, sub {
    my $st = status($id);
    return $st && $st->{state} eq 'done' && $st;
});
ok($done, 'and done') or diag explain status($id);
is_deeply([ sort map { $_->{system} } grep { $_->{document} eq 'shipment' }
        map { effects($_) ? { system => $_, document => 'shipment' } : () }
        qw(erp wms) ], [qw(erp wms)], 'its shipment is in ERP and WMS');
my ($shipment) = map { get_json("$sandbox/erp/documents/$_->{id}") }
    effects('erp');
is($shipment->{shipmentNo}, 'DES-20260814-3', 'with its number');
is($shipment->{meta}{origin}{standard}, 'EDIFACT/D96A', 'and where it is from');
is_deeply([ sort map { $_->{sscc} // () } @{ $shipment->{units} } ],
    [qw(340123450000000017 340123450000000024)], 'and its pallets');
is($shipment->{carrier}{name}, "Spedition Wei\x{df}",
    'in the character set of its interchange');

my $contrl = got(qr/\+CONTRL:D:3:UN/);
like($contrl, qr/UNB\+UNOC:3\+\Q$us\E\+\Q$them\E\+/, 'a CONTRL, from us to it');
like($contrl, qr/UCI\+905\+\Q$them\E\+\Q$us\E\+7'UNT\+3\+1'/, 'acknowledges');
my ($lint, $said) = run_cmd($contrl, "$build/bin/xd", 'lint', '/dev/stdin');
is($lint, 0, 'and grades clean') or diag $said;
my (undef, $trace) = $s->xd('trace', 'DES-20260814-3');
like($trace, qr/functional-ack\.sent/, 'its trace tells of it');

# -- again, changed, and broken ---------------------------------------------------

my $before = effects('erp');
ok(post_edi($desadv), 'the same interchange again');
ok(eventually(20, sub {
    (grep { $_ eq $contrl } map { http('GET',
        "$sandbox/partner/documents/$_->{id}")->{content} }
        effects('partner')) == 2 }), 'gets the same CONTRL again');
my $reused = post_edi($desadv =~ s/DES-20260814-3/DES-20260814-4/r);
exception_like($reused, 'nordic', 'edifact.control.reused',
    qr/905 came before with other bytes/, 'its reference with other bytes');
ok(got(qr/UCI\+905\+\S+\+4\+26\+UNB\+6'/), 'is refused by 26');
is(scalar(effects('erp')), $before, 'and neither reaches the ERP');

my $broken = post_edi($desadv =~ s/905/906/gr =~ s/QTY\+12:24:PCE/QTY+12:X/r);
exception_like($broken, 'nordic', 'edifact.set.rejected', qr/QTY/,
    'a broken message reaches a person');
ok(got(qr/UCI\+906\+.*UCM\+1\+DESADV:D:96A:UN\+4'UCS\+\d+'UCD\+37/),
    'and its CONTRL says where');

# -- an order ------------------------------------------------------------------

my $order = post_order('PO-1');
ok($order, 'an order of the ERP is accepted');
my $edi = got(qr/BGM\+220\+PO-1\+9'/);
ok($edi, 'the supplier has its ORDERS');
($lint, $said) = run_cmd($edi, "$build/bin/xd", 'lint', '/dev/stdin');
is($lint, 0, 'that grades clean') or diag $said;
my ($control, $reference) =
    $edi =~ /^UNB\+UNOC:3\+\Q$us\E\+\Q$them\E\+\d{6}:\d{4}\+(\d+)\+.*?'UNH\+(\d+)\+ORDERS:D:96A:UN:EAN008'/;
ok($control, 'from us to it, in its directory') or diag $edi;
ok(eventually(20, sub { (status($order, 'erp-out') || {})->{state} eq 'done' }),
    'the order is done when the supplier has it')
    or diag explain status($order, 'erp-out');
ok(!(grep { /BEG\*00/ } delivered()), 'nobody else has it');

my $next = 7000;

# An interchange of the partner's around one message.
sub post_message {
    my ($type, @segments) = @_;
    my $n = ++$next;
    my $count = @segments + 2;
    return post_edi(join "'", "UNB+UNOC:3+$them+$us+260505:0915+$n",
        "UNH+1+$type", @segments, "UNT+$count+1", "UNZ+1+$n", '');
}

my $ack = post_message('CONTRL:2:2:UN:EAN002', "UCI+$control+$us+$them+7");
ok($ack, 'its CONTRL');
ok(eventually(20, sub {
    (undef, $trace) = $s->xd('trace', 'PO-1');
    return $trace =~ /functional-ack\.received/;
}), 'belongs to the order') or diag $trace;

my @answer = ('BGM+231+RSP-1+29', 'DTM+137:20260505:102', 'RFF+ON:PO-1',
    'NAD+BY+4012345000016::9', 'NAD+SU+4012345000009::9', 'CUX+2:EUR:9',
    'LIN+1+5+4006381333931:EN', 'QTY+21:240', 'PRI+AAA:8.00');
my $response = post_message('ORDRSP:D:96A:UN', @answer, 'UNS+S', 'CNT+2:1');
ok(eventually(20, sub { (status($response) || {})->{state} eq 'done' }),
    'an ORDRSP is done') or diag explain status($response);
(undef, $trace) = $s->xd('trace', 'PO-1');
like($trace, qr/order-response\.created/, 'and answers the order');
exception_like(post_message('ORDRSP:D:96A:UN',
        map { s/RSP-1/RSP-2/r =~ s/AAA:8\.00/AAA:9.00/r } @answer, 'UNS+S',
        'CNT+2:1'),
    'nordic', 'edifact.order.differs', qr/price 9/, 'another price is told');

my $second = post_order('PO-2');
$edi = got(qr/BGM\+220\+PO-2\+9'/);
($control, $reference) = $edi =~ /:\d{4}\+(\d+)\+.*?'UNH\+(\d+)\+/;
post_message('CONTRL:D:3:UN', "UCI+$control+$us+$them+7",
    "UCM+$reference+ORDERS:D:96A:UN+4", 'UCS+5', 'UCD+12+2:1');
exception_like($second, 'erp-out', 'edifact.ack.rejected',
    qr/PO-2 .*segment 5 .*0085:12/, 'a CONTRL that refuses shows why');

# -- whatever dies -----------------------------------------------------------

$s->end('xd-edifact');
my @numbers;
for my $point (qw(before-commit after-commit after-ack before-publish
        after-publish after-confirm after-delete)) {
    # what was confirmed together is deleted in one piece
    my $nth = $point eq 'after-delete' ? 1 : 2;
    $s->daemon('xd-edifact', XD_CRASH_AT => "$point:$nth");
    my @round = map { "PO-$point-$_" } 1 .. $documents;
    post_order($_) or fail("$_ is accepted") for @round;
    ok(eventually(30, sub { grep { $_ eq 'xd-edifact' } $s->ended }),
        "it died at $point");
    $s->daemon('xd-edifact');
    ok((grep { got(qr/BGM\+220\+\Q$_\E\+9'/) } @round) == $documents,
        "all orders arrive after $point");
    push @numbers, @round;
    $s->end('xd-edifact');
}

my (%by_number, %by_control);
for (grep { /'UNH\+\d+\+ORDERS/ } delivered()) {
    /BGM\+220\+([^+]+)\+/ and $by_number{$1}++;
    /^UNB(?:\+[^+]*){4}\+(\d+)/ and $by_control{$1}++;
}
is_deeply([ grep { ($by_number{$_} // 0) != 1 } @numbers ], [],
    'each order once with the supplier');
is_deeply([ grep { $by_control{$_} != 1 } keys %by_control ], [],
    'no control reference twice');

$s->stop;
done_testing;
