# SPDX-License-Identifier: BSD-2-Clause
#
# The way of an order with real parts: the ERP posts it, the supplier gets an
# 850 and answers with 997, 855, 856 and 810; each is held against the order.
# Silence, refusals and a doubled invoice reach a person; kill -9 at every
# commit point neither loses nor doubles an order.
#
# XD_DOCUMENTS (12) is the number of orders at each crash point.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Test::More;
use Time::HiRes qw(sleep);
use XD;

my $documents = $ENV{XD_DOCUMENTS} // 12;

my $s = stage();
$s->broker;
$s->configure;
$s->topology;
$s->sandbox;
$s->daemon($_) for qw(xd-insight xd-http xd-doc);
$s->daemon('xd-x12');
$s->gateway;

my $url = $s->gateway_url;
my $sandbox = "http://127.0.0.1:$s->{sandbox_port}";


sub order {
    my ($number) = @_;
    return JSON::PP->new->utf8->canonical->encode({
        poNo => $number,
        buyerGln => '4012345000016',
        supplier => { name => 'Acme Supplies',
            altIds => [ { scheme => 'duns', value => '123456789' } ] },
        shipTo => { gln => '9436465792104', name => 'Distribution centre' },
        orderDate => '2026-05-04',
        ccy => 'EUR',
        lines => [
            { lineNo => 1, item => { gtin => '04012345001013' },
              qty => { value => '240', uom => 'EA' },
              netPrice => { amount => '8.00', ccy => 'EUR' } },
            { lineNo => 2, item => { altIds =>
                  [ { scheme => 'supplierSku', value => '9-4410' } ] },
              qty => { value => '20', uom => 'EA' },
              netPrice => { amount => '54.50', ccy => 'EUR' } },
        ] });
}


sub post_order {
    my ($number) = @_;
    my $r = http('POST', "$url/v1/purchase-orders", body => order($number),
        headers => { 'x-api-key' => $s->key('erp-out'),
                     'content-type' => 'application/json' });
    return $r->{status} == 202 ? json($r->{content})->{id} : undef;
}


sub status {
    my ($id, $party) = @_;
    return get_json("$url/status/$id",
        headers => { 'x-api-key' => $s->key($party // 'erp-out') });
}


my %seen; # documents of the partner, by its id

# All that the partner has got, in its order.
sub delivered {
    my $ledger = get_json("$sandbox/partner/ledger") || {};
    return map {
        $seen{ $_->{id} } //=
            http('GET', "$sandbox/partner/documents/$_->{id}")->{content}
    } @{ $ledger->{effects} || [] };
}


# The 850 of an order: bytes, and its control numbers.
sub sent {
    my ($number, $seconds) = @_;
    my $found = eventually($seconds // 30, sub {
        my ($edi) = grep { /BEG\*00\*SA\*\Q$number\E\*/ } delivered();
        return $edi;
    }) or return;
    my ($isa) = $found =~ /^ISA(?:\*[^*]*){12}\*(\d{9})\*/;
    my ($gs) = $found =~ /~GS\*PO(?:\*[^*]*){4}\*(\d+)\*/;
    my ($st) = $found =~ /~ST\*850\*(\d+)~/;
    return ($found, $isa, $gs, $st);
}


my $control = 700_000;

# An interchange of the partner's around one set, ST and SE left to us.
sub post_set {
    my ($functional, $code, @segments) = @_;
    my $n = sprintf '%09d', ++$control;
    my $count = @segments + 2;
    my $edi = "ISA*00*          *00*          *ZZ*ACME           *ZZ*"
        . "CROSSDOCK      *260505*0915*U*00401*$n*0*P*>~"
        . "GS*$functional*ACME*CROSSDOCK*20260505*0915*$control*X*004010~"
        . join('~', "ST*$code*0001", @segments, "SE*$count*0001")
        . "~GE*1*$control~IEA*1*$n~";
    my $r = http('POST', "$url/v1/edi", body => $edi, headers => {
        'x-api-key' => $s->key('acme'),
        'content-type' => 'application/edi-x12' });
    return $r->{status} == 202 ? json($r->{content})->{id} : undef;
}


sub trace_like {
    my ($term, $want, $what) = @_;
    my $out;
    return ok(eventually(30, sub {
        (undef, $out) = $s->xd('trace', $term);
        return $out =~ $want;
    }), $what) || diag $out;
}


# What the status of a message says of an exception.
sub exception_like {
    my ($id, $code, $text, $what) = @_;
    my $st;
    return ok(eventually(30, sub {
        $st = status($id, 'acme');
        return $st && grep { ($_->{code} // '') eq $code
            && $_->{text} =~ $text } @{ $st->{documents} };
    }), $what) || diag explain $st;
}

# -- out ---------------------------------------------------------------------

my $id = post_order('PO-1');
ok($id, 'an order of the ERP is accepted');
my ($edi, $isa, $gs, $st) = sent('PO-1');
ok($edi, 'the supplier has its 850');
my ($lint, $said) = run_cmd($edi, "$build/bin/xd", 'lint', '/dev/stdin');
is($lint, 0, 'that grades clean') or diag $said;
like($edi, qr/\*ZZ\*CROSSDOCK      \*ZZ\*ACME           \*/, 'from us to it');
ok(eventually(20, sub { (status($id) || {})->{state} eq 'done' }),
    'the order is done when the supplier has it') or diag explain status($id);
is(status($id)->{deliveries}[0]{system}, 'acme', 'as its status tells');

# -- accepted, confirmed, shipped, billed ------------------------------------

ok(post_set('FA', '997', "AK1*PO*$gs", "AK2*850*$st", 'AK5*A', 'AK9*A*1*1*1'),
    'a 997');
trace_like('PO-1', qr/functional-ack\.received/, 'belongs to the order');

my $response = post_set('PR', '855', 'BAK*00*AC*PO-1*20260504****SO-1*20260505',
    'PO1*1*240*EA*8**UP*012345001013', 'ACK*IA*240*EA', 'CTT*1');
ok(eventually(20, sub { (status($response, 'acme') || {})->{state} eq 'done' }),
    'an 855 is done') or diag explain status($response, 'acme');
trace_like('PO-1', qr/order-response\.created/, 'and answers the order');

my @asn = ('HL*1**S', 'DTM*011*20260506',
    'N1*SF*ACME SUPPLIES*UL*0614141000012', 'N1*ST*DC*UL*9436465792104',
    'HL*2*1*O', 'PRF*PO-1', 'HL*3*2*P', 'MAN*GM*006141410000001026',
    'HL*4*3*I', 'LIN*1*UK*04012345001013');
my $asn = post_set('SH', '856', 'BSN*00*ASN-1*20260506*0912*0001', @asn,
    'SN1*1*240*EA', 'CTT*4');
ok(eventually(20, sub { (status($asn, 'acme') || {})->{state} eq 'done' }),
    'an 856 within the order is done') or diag explain status($asn, 'acme');
trace_like('PO-1', qr/shipment\.created/, 'and found under the order');

my $more = post_set('SH', '856', 'BSN*00*ASN-2*20260507*0912*0001', @asn,
    'SN1*1*1*EA', 'CTT*4');
exception_like($more, 'x12.order.differs',
    qr/PO-1 line 1: 241 in all, 240 ordered/, 'one piece more is told');

sub invoice {
    my ($number, $price, $gross) = @_;
    return post_set('IN', '810', "BIG*20260508*$number*20260504*PO-1",
        'CUR*SE*EUR', 'N1*SE*ACME SUPPLIES*1*123456789',
        'N1*BY*RETAILER*UL*4012345000016',
        "IT1*1*240*EA*$price**UK*04012345001013", "TDS*$gross", 'CTT*1');
}
my $bill = invoice('INV-1', '8', '192000');
ok(eventually(20, sub { (status($bill, 'acme') || {})->{state} eq 'done' }),
    'an 810 as ordered is done') or diag explain status($bill, 'acme');
trace_like('PO-1', qr/invoice\.created/, 'and found under the order');

# -- what is not as it should be ---------------------------------------------

exception_like(invoice('INV-1', '8', '192000'), 'x12.invoice.again',
    qr/INV-1 came before .* same content/, 'the invoice again is told');
exception_like(invoice('INV-1', '9', '216000'), 'x12.invoice.changed',
    qr/other content/, 'and with other content, too');
my (undef, $trace) = $s->xd('trace', 'INV-1');
is(() = $trace =~ /invoice\.created/g, 1, 'but it was passed on once');
exception_like(invoice('INV-2', '9', '216000'), 'x12.order.differs',
    qr/price 9(?:\.0+)? per 1, ordered at 8\.00/, 'a price is told');
exception_like(post_set('PR', '855', 'BAK*00*AC*PO-404*20260504',
        'PO1*1*1*EA*8**UP*012345001013', 'ACK*IA*1*EA', 'CTT*1'),
    'x12.order.unknown', qr/PO-404/, 'an answer to no order is told');

my $second = post_order('PO-2');
(undef, $isa, $gs, $st) = sent('PO-2');
post_set('FA', '997', "AK1*PO*$gs", "AK2*850*$st", 'AK3*PO1*5**8',
    'AK4*4*212*7', 'AK5*R*5', 'AK9*R*1*1*0');
my $refused;
ok(eventually(30, sub {
    $refused = status($second);
    return $refused && grep { ($_->{code} // '') eq 'x12.ack.rejected'
        && $_->{text} =~ /PO-2 .* segment 5 PO1 element 4: AK403:7/ }
        @{ $refused->{documents} };
}), 'a 997 that rejects shows why') or diag explain $refused;
is($refused->{state}, 'exception', 'to whoever ordered, too');
exception_like(post_set('FA', '997', 'AK1*PO*999', 'AK9*A*1*1*1'),
    'x12.ack.unmatched', qr/group 999/, 'a 997 about nothing is told');

my $long = 'PO-' . 'X' x 30;
my $unsent = post_order($long);
ok(eventually(30, sub {
    my $got = status($unsent);
    return $got && $got->{state} eq 'exception' && grep {
        ($_->{code} // '') eq 'x12.write' } @{ $got->{documents} };
}), 'an order that an 850 cannot hold shows why')
    or diag explain status($unsent);

# -- silence -----------------------------------------------------------------

my $profile = "$s->{dir}/conf/partners/acme.yaml";
(my $short = slurp($profile)) =~ s/functional-ack: 24h/functional-ack: 2s/;
put($profile, $short);
$s->end('xd-x12');
$s->daemon('xd-x12');

my $late = post_order('PO-3');
ok(sent('PO-3'), 'an order that nobody answers');
ok(eventually(30, sub {
    my $got = status($late);
    return $got && grep { ($_->{code} // '') eq 'x12.overdue.functional-ack' }
        @{ $got->{documents} };
}), 'becomes an exception at its deadline') or diag explain status($late);

$s->end('xd-x12');
$s->daemon('xd-x12');
sleep 3;
is(scalar(grep { ($_->{code} // '') =~ /^x12\.overdue/ }
        @{ status($late)->{documents} }), 1, 'once, over a restart');

put($profile, $short =~ s/functional-ack: 2s/functional-ack: 24h/r);
$s->end('xd-x12');

# -- whatever dies -----------------------------------------------------------

my @numbers;
for my $point (qw(before-commit after-commit after-ack before-publish
        after-publish after-confirm after-delete)) {
    $s->daemon('xd-x12', XD_CRASH_AT => "$point:2");
    for my $n (1 .. $documents) {
        push @numbers, "PO-$point-$n";
        post_order($numbers[-1]) or fail("$numbers[-1] is accepted");
    }
    ok(eventually(30, sub { grep { $_ eq 'xd-x12' } $s->ended }),
        "it died at $point");
    $s->daemon('xd-x12');
    ok((grep { sent($_) } @numbers[-$documents .. -1]) == $documents,
        "all orders arrive after $point");
    $s->end('xd-x12');
}

my @orders = grep { /~ST\*850\*/ } delivered();
my (%by_number, %by_control);
for (@orders) {
    /BEG\*00\*SA\*([^*]+)\*/ and $by_number{$1}++;
    /^ISA(?:\*[^*]*){12}\*(\d{9})\*/ and $by_control{$1}++;
}
is_deeply([ grep { ($by_number{$_} // 0) != 1 } @numbers ], [],
    'each order once with the supplier');
is($by_number{$long}, undef, 'what could not be written was not sent');
is_deeply([ grep { $by_control{$_} != 1 } keys %by_control ], [],
    'no control number twice');

$s->stop;
done_testing;
