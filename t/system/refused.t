# SPDX-License-Identifier: BSD-2-Clause
#
# A broker that does not let us: an exchange that is gone, a key that may not
# be written.  It closes the link each time; what it refuses waits and is
# told, everything else flows, and once it is mended all goes on by itself.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Test::More;
use XD;

my $s = stage();
$s->broker;
$s->configure(settings => { tiers => '[500ms, 1s, 2s]' });
$s->topology;
$s->sandbox;
$s->daemon($_) for qw(xd-insight xd-http xd-x12 xd-doc);
$s->gateway;

my $sandbox = "http://127.0.0.1:$s->{sandbox_port}";
my $edi = slurp("$root/docs/samples/856.edi");
my $order = slurp("$root/docs/samples/order.json");
my $control = 7000;


sub post {
    my ($path, $party, $type, $body) = @_;
    my $r = http('POST', $s->gateway_url . $path, body => $body, headers => {
        'x-api-key' => $s->key($party), 'content-type' => $type });
    return $r->{status};
}


# A supplier's shipment with this number.
sub ship {
    my ($number) = @_;
    my $isa = sprintf '%09d', ++$control;
    (my $body = $edi) =~ s/\b000000905\b/$isa/g;
    $body =~ s/SHP-20260814-7/$number/;
    return post('/v1/edi', 'acme', 'application/edi-x12', $body);
}


sub order {
    my ($number) = @_;
    (my $body = $order) =~ s/WEB-1001/$number/;
    return post('/v1/sales-orders', 'webshop', 'application/json', $body);
}


# How often each business key came to a system, in order.
sub arrived {
    my ($role, $like) = @_;
    return grep { /$like/ } map { $_->{business} // '' }
        @{ (get_json("$sandbox/$role/ledger") || {})->{effects} || [] };
}


sub acks {
    return scalar @{ (get_json("$sandbox/partner/ledger") || {})->{effects}
        || [] };
}


sub refused {
    my ($daemon) = @_;
    return @{ json($s->control($daemon, '/health') // '{}')->{refused} || [] };
}


# What the journal knows of a number or id; empty when nothing.
sub traced {
    my ($key) = @_;
    return $s->control('xd-insight', "/trace?key=$key") // '';
}


# Lines of the daemon's log about its link.
sub losses {
    my ($daemon) = @_;
    return scalar(() = $s->log_of($daemon)
        =~ /the link to the broker is down/g);
}

sub mgmt_ok {
    my ($what, @call) = @_;
    my $r = $s->mgmt(@call);
    ok($r->{success}, $what) or diag "$r->{status} $r->{content}";
    return;
}

# -- an exchange that is gone (404) ---------------------------------------------

mgmt_ok('the exchange of shipments is gone', 'DELETE',
    'exchanges/crossdock/xd.fulfil');
is(ship("GONE-$_"), 202, "shipment $_ is accepted") for 1 .. 4;

ok(eventually(30, sub {
    grep { $_->{exchange} eq 'xd.fulfil' && $_->{code} == 404
        && $_->{rows} == 4 } refused('xd-x12');
}), 'health tells what is refused and how many wait')
    or diag explain [ refused('xd-x12') ];
ok(eventually(20, sub { arrived('erp', qr/GONE-/) == 4 }),
    'their commands go by another exchange and arrive');
ok(eventually(20, sub { acks() >= 4 }),
    'and so do the acknowledgements');
ok(eventually(10, sub {
    $s->control('xd-x12', '/metrics')
        =~ /^xd_outbox_refused_rows\{exchange="xd.fulfil"\} 4$/m;
}), 'metrics tell');

ok(eventually(30, sub {
    return traced('xd-x12') =~ /relay\.refused/;
}), 'an exception tells it after the tiers');

my $before = losses('xd-x12');
is(ship("MORE-$_"), 202, "shipment $_ beside it") for 1 .. 30;
ok(eventually(30, sub { arrived('wms', qr/MORE-/) == 30 }),
    'thirty more reach their systems');
cmp_ok(losses('xd-x12') - $before, '<=', 10, 'the link went only for tries');

$s->topology;
ok(eventually(20, sub { !refused('xd-x12') }),
    'once the exchange is back, nothing is refused');
ok(eventually(20, sub {
    34 == grep { traced($_) =~ /"shipment"/ }
        (map { "GONE-$_" } 1 .. 4), map { "MORE-$_" } 1 .. 30;
}), 'and all facts have come');
is(scalar(arrived('erp', qr/GONE-/)), 4, 'nothing came twice');

# -- a key that may not be written (403) -------------------------------------------

mgmt_ok('xd-doc may no longer command the ERP', 'PUT',
    'topic-permissions/crossdock/xd-doc',
    '{"exchange":"xd.cmd","write":"^hospital\\\\.","read":".*"}');
# Rights are remembered as long as a connection lives.
for (@{ json($s->mgmt('GET', 'connections')->{content}) }) {
    (my $name = $_->{name}) =~ s/([^A-Za-z0-9.-])/sprintf '%%%02X', ord $1/ge;
    $s->mgmt('DELETE', "connections/$name");
}
ok(eventually(20, sub { order('FORB-1') == 202 }), 'an order is accepted');
ok(eventually(30, sub {
    grep { $_->{exchange} eq 'xd.cmd' && $_->{code} == 403
        && $_->{key} =~ /^http\.erp\.sales-order\./ } refused('xd-doc');
}), 'the key is told, not the whole exchange')
    or diag explain [ refused('xd-doc') ];
ok(eventually(20, sub {
    traced('FORB-1') =~ /"sales-order"/;
}), 'its fact flows');
is(scalar(arrived('erp', qr/FORB-/)), 0, 'its command does not');

$s->topology;
kill 'HUP', $s->pid('xd-doc');
ok(eventually(20, sub { arrived('erp', qr/FORB-/) == 1 }),
    'a right that is given back is used');
ok(eventually(10, sub { !refused('xd-doc') }), 'and nothing is refused');

is($s->end($_), 0, "$_ ends well") for qw(xd-x12 xd-doc);
done_testing;
