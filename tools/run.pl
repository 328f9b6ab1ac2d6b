#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# run.pl - the supervisor of `make run`: broker, sandbox, daemons, gateway,
# sample traffic, a table of what came out; then it stays until interrupted
#
# Environment: XD_PORT (gateway, 8080), XD_STATUS_PORT (8081),
# XD_SANDBOX_PORT (8090), XD_AMQP_URL with XD_AMQP_MGMT_URL (an existing
# broker), XD_RUN_DIR (build/run), XD_ONCE=1 (stop after the table).

use strict;
use warnings;

use Fcntl qw(:flock);
use HTTP::Tiny;
use JSON::PP;
use POSIX qw(strftime);
use Time::HiRes qw(sleep time);

use XD::Stage;

$| = 1;

my $root = $XD::Stage::root;
my $stopping = 0;
$SIG{$_} = sub { $stopping = 1 } for qw(INT TERM HUP);
$SIG{PIPE} = 'IGNORE';

my $stage = XD::Stage->new(dir => $ENV{XD_RUN_DIR} || "$root/build/run");
my %port = (
    gateway => $ENV{XD_PORT} || 8080,
    status => $ENV{XD_STATUS_PORT} || 8081,
    sandbox => $ENV{XD_SANDBOX_PORT} || 8090,
);
my @daemons = qw(xd-insight xd-hospital xd-http xd-file xd-x12 xd-edifact
    xd-doc);
my $json = JSON::PP->new->utf8->canonical;


# One at a time in one folder: the lock ends with the process.
open my $lock, '>>', "$stage->{dir}/lock" or die "$stage->{dir}/lock: $!\n";
flock $lock, LOCK_EX | LOCK_NB
    or fail("another `make run` is using $stage->{dir}: stop it first");

my %setting = (gateway => 'XD_PORT', status => 'XD_STATUS_PORT',
    sandbox => 'XD_SANDBOX_PORT');
for my $name (sort keys %port) {
    fail("$setting{$name} is a port number from 1 to 65535, not "
        . "\"$port{$name}\"")
        unless $port{$name} =~ /^[1-9]\d{0,4}$/ && $port{$name} < 65536;
    fail("port $port{$name} of 127.0.0.1 is taken; choose another for the "
        . "$name: $setting{$name}=" . $stage->free_port . " make run")
        if $stage->port_taken($port{$name});
}

my $failed = !eval { start(); 1 };
if ($failed) {
    print STDERR "\nmake run: $@" unless $stopping;
} else {
    watch() unless $ENV{XD_ONCE};
}
step('stopping');
$stage->stop;
print "stopped\n";
exit($failed && !$stopping ? 1 : 0);


sub fail {
    print STDERR "make run: $_[0]\n";
    exit 1;
}


sub step {
    print "-- $_[0]\n";
    die "interrupted\n" if $stopping && $_[0] ne 'stopping';
    return;
}


sub start {
    step('starting a private RabbitMQ') unless $ENV{XD_AMQP_URL};
    $stage->broker;
    step('configuration and topology');
    $stage->configure(map { ("${_}_port" => $port{$_}) } keys %port);
    $stage->topology;
    step('sandbox: ERP, WMS and partner');
    $stage->sandbox;
    for my $name (@daemons) {
        step($name);
        $stage->daemon($name);
    }
    step('gateway');
    $stage->gateway;
    step('sample traffic');
    traffic();
    addresses();
    return;
}


# -- sample traffic ------------------------------------------------------------

sub post {
    my ($path, $party, $type, $body) = @_;
    my $r = HTTP::Tiny->new(timeout => 20)->post($stage->gateway_url . $path,
        { headers => { 'content-type' => $type,
                       'x-api-key' => $stage->key($party) },
          content => $body });
    $r->{status} == 202
        or die "POST $path answered $r->{status}:\n$r->{content}\n";
    return $json->decode($r->{content})->{id};
}


# The supplier's 856 with numbers of this minute: the same interchange again
# would rightly be answered and not processed.
sub shipment {
    my $text = XD::Stage::slurp("$root/docs/samples/856.edi");
    my $control = sprintf '%09d', time % 1_000_000_000;
    my ($old) = $text =~ /^ISA(?:\*[^*]*){12}\*(\d{9})\*/ or die "sample 856\n";
    my ($number) = $text =~ /BSN\*00\*([^*]+)\*/ or die "sample 856\n";
    my $new = "$number-$control";

    $text =~ s/\b\Q$old\E\b/$control/g;
    $text =~ s/(BSN\*00\*)\Q$number\E\*/$1$new*/;
    return ($new, $text);
}


# The same of a supplier that speaks EDIFACT.
sub despatch {
    my $text = XD::Stage::slurp("$root/docs/samples/desadv.edi");
    my $control = time % 1_000_000_000;
    my ($old) = $text =~ /^UNB(?:\+[^+']*){4}\+(\d+)/m or die "sample DESADV\n";
    my ($number) = $text =~ /BGM\+351\+([^+']+)/ or die "sample DESADV\n";
    my $new = "$number-$control";

    $text =~ s/\+$old\b/+$control/g;
    $text =~ s/(BGM\+351\+)\Q$number\E/$1$new/;
    return ($new, $text);
}


sub order {
    my $doc = $json->decode(
        XD::Stage::slurp("$root/docs/samples/order.json"));
    $doc->{orderNo} = 'WEB-' . int time;
    return ($doc->{orderNo}, $json->encode($doc));
}


sub traffic {
    my ($shipment_no, $edi) = shipment();
    my ($despatch_no, $edifact) = despatch();
    my ($order_no, $order) = order();
    my @sent = (
        { what => 'shipment', number => $shipment_no, want => 2, acks => 1,
          id => post('/v1/edi', 'acme', 'application/edi-x12', $edi) },
        { what => 'shipment', number => $despatch_no, want => 2, acks => 1,
          id => post('/v1/edi', 'nordic', 'application/edifact', $edifact) },
        { what => 'sales-order', number => $order_no, want => 1, acks => 0,
          id => post('/v1/sales-orders', 'webshop', 'application/json',
            $order) },
    );
    my $began = time;

    for my $s (@sent) {
        until (finished($s)) {
            die "interrupted\n" if $stopping;
            die "$s->{what} $s->{number} did not come out within 60 s: see "
                . "$stage->{dir}/log\n" if time - $began > 60;
            sleep 0.1;
        }
    }
    table(@sent);
    return;
}


# All its deliveries have come, and the acknowledgement lies with the partner.
sub finished {
    my ($s) = @_;
    my $status = $json->decode(
        $stage->control('xd-insight', "/status/$s->{id}") || '{}');
    my @done = grep { $_->{status} eq 'confirmed' }
        @{ $status->{deliveries} || [] };
    $s->{status} = $status;
    return @done >= $s->{want} + $s->{acks};
}


sub table {
    my $line = "%-12s %-24s %-8s %-12s %-16s %s\n";
    printf "\n$line", 'document', 'number', 'to', 'its id',
        'acknowledgement', 'time';
    for my $s (@_) {
        my ($ack) = grep { $_->{document} eq 'functional-ack' }
            @{ $s->{status}{documents} };
        my $said = $ack ? "$ack->{kind} $ack->{status}" : '-';
        for my $d (@{ $s->{status}{deliveries} }) {
            next if $d->{system} =~ /^(?:acme|nordic)$/; # its acknowledgement
            printf $line, $s->{what}, $s->{number}, $d->{system},
                $d->{foreignId} // '-', $said, $d->{at};
        }
    }
    print "\n";
    return;
}


sub addresses {
    my $url = $stage->gateway_url;
    my $dir = $stage->{dir};
    my %key = map { $_ => $stage->key($_) } qw(acme nordic webshop);

    print <<"X";
gateway    $url
health     http://127.0.0.1:$port{status}/health and /metrics
sandbox    http://127.0.0.1:$port{sandbox}/erp/ledger, /wms/ledger, /partner/ledger
broker     @{[ XD::Stage::bare($stage->{mgmt_url}) ]} (user xd-admin, password in $dir/broker/password)
files      $dir (configuration, state, archive, logs)

keys       supplier acme:  $key{acme}
           supplier nordic: $key{nordic}
           shop webshop:   $key{webshop}

try        curl -i -H 'X-API-Key: $key{webshop}' -H 'Content-Type: application/json' \\
               --data-binary \@docs/samples/order.json $url/v1/sales-orders
           build/bin/xd trace -c $dir/conf/crossdock.yaml WEB-1001
           build/bin/xd hospital list -c $dir/conf/crossdock.yaml

Crossdock is running. Ctrl-C stops all of it.
X
    return;
}


# -- staying up --------------------------------------------------------------------

# What ends by itself is started again, as an init system would.
sub watch {
    my %restarts;
    until ($stopping) {
        sleep 0.5;
        for my $name ($stage->ended) {
            last if $stopping;
            print "-- $name ended; starting it again\n";
            if (++$restarts{$name} > 20) {
                print STDERR "make run: $name ends again and again: see "
                    . "$stage->{dir}/log/$name.log\n";
                return;
            }
            eval { again($name); 1 } or print STDERR "make run: $@";
        }
    }
    return;
}


sub again {
    my ($name) = @_;
    return $stage->broker if $name eq 'broker';
    return $stage->sandbox if $name eq 'sandbox';
    return $stage->gateway if $name eq 'gateway';
    return $stage->daemon($name);
}
