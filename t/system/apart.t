# SPDX-License-Identifier: BSD-2-Clause
#
# Who fails, waits alone: a key whose work fails for a while holds up its own
# later messages and nobody else's; a system that is down stops the
# consumption of its own queues and of no others, and goes on by itself.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Test::More;
use XD;

my $s = stage();
$s->broker;
# Few rows may be held: a queue whose share is used up is soon seen.
$s->configure(settings => { tiers => '[4s, 1s, 1s]', attempts => 100,
    held => 200, prefetch => 4 });
for (qw(erp wms)) {
    my $file = "$s->{dir}/conf/systems/$_.yaml";
    (my $text = slurp($file)) =~ s/pause: 10s/pause: 1s/;
    put($file, $text);
}
$s->topology;
$s->sandbox;
$s->daemon($_) for qw(xd-insight xd-http xd-x12 xd-doc);
$s->gateway;

my $sandbox = "http://127.0.0.1:$s->{sandbox_port}";
my $edi = slurp("$root/docs/samples/856.edi");
my $order = slurp("$root/docs/samples/order.json");
my $control = 8000;


# A version of an order; the mark tells versions apart.
sub order {
    my ($number, $mark) = @_;
    (my $body = $order) =~ s/WEB-1001/$number/;
    $body =~ s/pay_8812/$mark/ or die "no place for the mark\n";
    my $r = http('POST', $s->gateway_url . '/v1/sales-orders', body => $body,
        headers => { 'x-api-key' => $s->key('webshop'),
            'content-type' => 'application/json' });
    $r->{status} == 202 or die "$r->{status} $r->{content}\n";
    return;
}


sub ship {
    my ($number) = @_;
    my $isa = sprintf '%09d', ++$control;
    (my $body = $edi) =~ s/\b000000905\b/$isa/g;
    $body =~ s/SHP-20260814-7/$number/;
    my $r = http('POST', $s->gateway_url . '/v1/edi', body => $body,
        headers => { 'x-api-key' => $s->key('acme'),
            'content-type' => 'application/edi-x12' });
    $r->{status} == 202 or die "$r->{status} $r->{content}\n";
    return;
}


sub fault {
    my ($role, $mode, $count) = @_;
    my $r = http('POST', "$sandbox/fault",
        body => qq({"role":"$role","mode":"$mode","count":$count}));
    $r->{success} or die "fault: $r->{status} $r->{content}\n";
    return;
}


# Numbers of what a system has got, in its order.
sub numbers {
    my ($role) = @_;
    return map { ($_->{business} // '') =~ /:([^:]+)$/ ? $1 : () }
        @{ (get_json("$sandbox/$role/ledger") || {})->{effects} || [] };
}


# Documents under a number, as the system got them.
sub bodies {
    my ($role, $number) = @_;
    return map { http('GET', "$sandbox/$role/documents/$_->{id}")->{content} }
        grep { ($_->{business} // '') =~ /:\Q$number\E$/ }
        @{ (get_json("$sandbox/$role/ledger") || {})->{effects} || [] };
}


sub waiting {
    return json($s->control('xd-http', '/health'))->{held}{waiting};
}


# A system's queues: how many have a consumer, and what waits in them.
sub queues {
    my ($system) = @_;
    my @all = grep { $_->{name} =~ /^xd\.q\.http\.$system\./ }
        @{ json($s->mgmt('GET', 'queues/crossdock')->{content}) };
    my $consumed = grep { $_->{consumers} // 0 } @all;
    my $ready = 0;
    $ready += $_->{messages_ready} // 0 for @all;
    return (scalar @all, $consumed, $ready);
}

# -- a key ------------------------------------------------------------------------

fault('erp', '500', 1);
order('KEY-A', 'first');
ok(eventually(10, sub { waiting() == 1 }), 'the first of a key failed for now');
order('KEY-A', 'second');
order('KEY-A', 'third');
order("KEY-B$_", 'other') for 1 .. 5;

ok(eventually(3, sub { 5 == grep { /KEY-B/ } numbers('erp') }),
    'five others are not delayed');
is(scalar(grep { $_ eq 'KEY-A' } numbers('erp')), 0,
    'while the key waits for its next try');
ok(eventually(20, sub { 3 == grep { $_ eq 'KEY-A' } numbers('erp') }),
    'then it is tried again, and those behind it follow');

is(join(' ', map { /"(first|second|third)"/ } bodies('erp', 'KEY-A')),
    'first second third', 'in their order');

# -- a system ---------------------------------------------------------------------

fault('wms', '500', 100_000);
ship("DOWN-$_") for 1 .. 120;
ok(eventually(60, sub { 120 == grep { /DOWN/ } numbers('erp') }),
    'one system is down: the other gets everything');
ok(eventually(30, sub { (queues('wms'))[1] < 8 }),
    'queues of the one that is down are no longer consumed');
ok(eventually(20, sub { my @q = queues('erp'); $q[1] == $q[0] }),
    'all of the other are');

ship("LATE-$_") for 1 .. 40;
ok(eventually(40, sub { 40 == grep { /LATE/ } numbers('erp') }),
    'and it gets what comes later');
ok(eventually(20, sub { (queues('wms'))[2] > 0 }),
    'which stays on the broker for the one that is down');
is(scalar(grep { /DOWN|LATE/ } numbers('wms')), 0, 'that has got nothing');

fault('wms', '500', 0);
ok(eventually(120, sub { 160 == grep { /DOWN|LATE/ } numbers('wms') }),
    'when it is back it gets everything, by itself');
my %once;
$once{$_}++ for grep { /DOWN|LATE/ } numbers('wms');
is(scalar(grep { $_ != 1 } values %once), 0, 'once each');
ok(eventually(20, sub { my @q = queues('wms'); $q[1] == $q[0] }),
    'and its queues are consumed again');

done_testing;
