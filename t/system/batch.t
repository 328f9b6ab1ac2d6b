# SPDX-License-Identifier: BSD-2-Clause
#
# Orders that wait for each other: they leave together, when there are enough
# or when their time has come; and kill -9, at every commit point and at any
# time, neither loses nor doubles one.
#
# XD_DOCUMENTS (12) is the number of orders of each round.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Test::More;
use Time::HiRes qw(sleep);
use XD;

my $documents = $ENV{XD_DOCUMENTS} // 12;
my $most = 5;

my $s = stage();
$s->broker;
$s->configure;

my $profile = "$s->{dir}/conf/partners/acme.yaml";
put($profile, slurp($profile)
    =~ s/^( *)acknowledge: 997$/$&\n$1batch: { per: group, count: $most, time: 2s }/mr);
like(slurp($profile), qr/batch:/, 'the profile lets orders wait');

$s->topology;
$s->sandbox;
$s->daemon($_) for qw(xd-insight xd-http xd-doc);
$s->daemon('xd-x12');
$s->gateway;

my $url = $s->gateway_url;
my $sandbox = "http://127.0.0.1:$s->{sandbox_port}";


sub post_order {
    my ($number) = @_;
    my $body = JSON::PP->new->utf8->canonical->encode({
        poNo => $number,
        buyerGln => '4012345000016',
        supplier => { name => 'Acme Supplies',
            altIds => [ { scheme => 'duns', value => '123456789' } ] },
        shipTo => { gln => '9436465792104', name => 'Distribution centre' },
        orderDate => '2026-05-04',
        ccy => 'EUR',
        lines => [ { lineNo => 1, item => { gtin => '04012345001013' },
            qty => { value => '240', uom => 'EA' },
            netPrice => { amount => '8.00', ccy => 'EUR' } } ] });
    my $r = http('POST', "$url/v1/purchase-orders", body => $body,
        headers => { 'x-api-key' => $s->key('erp-out'),
                     'content-type' => 'application/json' });
    return $r->{status} == 202 ? json($r->{content})->{id} : undef;
}


sub state_of {
    my ($id) = @_;
    return (get_json("$url/status/$id",
        headers => { 'x-api-key' => $s->key('erp-out') }) || {})->{state} // '';
}


my %seen; # documents of the partner, by its id

sub delivered {
    my $ledger = get_json("$sandbox/partner/ledger") || {};
    return grep { /~ST\*850\*/ } map {
        $seen{ $_->{id} } //=
            http('GET', "$sandbox/partner/documents/$_->{id}")->{content}
    } @{ $ledger->{effects} || [] };
}


# Numbers of the orders with the partner, each as often as it came.
sub orders {
    return map { /BEG\*00\*SA\*([^*~]+)/g } delivered();
}


sub all_arrive {
    my ($what, @numbers) = @_;
    my %want = map { $_ => 1 } @numbers;
    return ok(eventually(40, sub {
        my %got = map { $_ => 1 } orders();
        return !grep { !$got{$_} } keys %want;
    }), $what);
}

# -- together ------------------------------------------------------------------

my %id = map { $_ => post_order($_) } map { "PO-T-$_" } 1 .. $most + 1;
all_arrive('all orders arrive', keys %id);
my @edi = delivered();
cmp_ok(scalar @edi, '<', $most + 1, 'in fewer interchanges');
my ($lint, $said) = run_cmd(join('', @edi), "$build/bin/xd", 'lint',
    '/dev/stdin');
is($lint, 0, 'that grade clean') or diag $said;
ok(eventually(20, sub { !grep { state_of($_) ne 'done' } values %id }),
    'each order is done when the supplier has it')
    or diag join ' ', map { state_of($_) } values %id;
my (undef, $trace) = $s->xd('trace', 'PO-T-2');
like($trace, qr/delivery\.confirmed .* system=acme/, 'and traced alone');
$s->end('xd-x12');

# -- whatever dies ---------------------------------------------------------------

my @numbers = keys %id;
for my $point (qw(before-commit after-commit after-ack before-publish
        after-publish after-confirm after-delete)) {
    $s->daemon('xd-x12', XD_CRASH_AT => "$point:2");
    my @round = map { "PO-$point-$_" } 1 .. $documents;
    post_order($_) or fail("$_ is accepted") for @round;
    ok(eventually(30, sub { grep { $_ eq 'xd-x12' } $s->ended }),
        "it died at $point");
    $s->daemon('xd-x12');
    all_arrive("all orders arrive after $point", @round);
    push @numbers, @round;
    $s->end('xd-x12');
}

for my $n (1 .. 4) {
    my $pid = $s->daemon('xd-x12');
    my @round = map { "PO-kill-$n-$_" } 1 .. $documents;
    for (@round) {
        post_order($_) or fail("$_ is accepted");
        sleep 0.02;
    }
    sleep 0.4 * $n;
    kill KILL => $pid;
    ok(eventually(30, sub { grep { $_ eq 'xd-x12' } $s->ended }),
        "killed, round $n");
    $s->daemon('xd-x12');
    all_arrive("all orders arrive after kill -9, round $n", @round);
    push @numbers, @round;
    $s->end('xd-x12');
}

my (%by_number, %by_control);
$by_number{$_}++ for orders();
is_deeply([ grep { ($by_number{$_} // 0) != 1 } @numbers ], [],
    'each order once with the supplier');
is(scalar keys %by_number, scalar @numbers, 'and nothing else');
for (delivered()) {
    /^ISA(?:\*[^*]*){12}\*(\d{9})\*/ and $by_control{$1}++;
    my $sets = () = /~ST\*850\*/g;
    cmp_ok($sets, '<=', 200, 'not more than may') if $sets > 200;
}
is_deeply([ grep { $by_control{$_} != 1 } keys %by_control ], [],
    'no control number twice');

$s->stop;
done_testing;
