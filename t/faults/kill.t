# SPDX-License-Identifier: BSD-2-Clause
#
# kill -9 of each daemon and of an nginx worker while documents go through:
# every document that was answered 202 has its effects, and each effect once.
#
# XD_DOCUMENTS (500), XD_SEED (printed) repeat a run.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Test::More;
use Time::HiRes qw(sleep time);
use XD;

my $documents = $ENV{XD_DOCUMENTS} // 500;
my $seed = $ENV{XD_SEED} // int(time) % 100_000;
srand $seed;
diag "XD_SEED=$seed XD_DOCUMENTS=$documents";

my @victims = qw(xd-x12 xd-doc xd-http xd-insight worker);
my $s = stage();
$s->broker;
$s->configure;
$s->topology;
$s->sandbox;
$s->daemon($_) for qw(xd-insight xd-http xd-x12 xd-doc);
$s->gateway;

my $sandbox = "http://127.0.0.1:$s->{sandbox_port}";
my $edi = slurp("$root/docs/samples/856.edi");
my $order = slurp("$root/docs/samples/order.json");
my $results = tmp() . '/accepted';


sub document {
    my ($n) = @_;
    if ($n % 2) {
        my $control = sprintf '%09d', 100_000 + $n;
        (my $body = $edi) =~ s/\b000000905\b/$control/g;
        $body =~ s/SHP-20260814-7/KILL-$n/;
        return ('/v1/edi', 'acme', 'application/edi-x12', $body);
    }
    (my $body = $order) =~ s/WEB-1001/KILL-$n/;
    return ('/v1/sales-orders', 'webshop', 'application/json', $body);
}


# A caller as the documentation tells it to be: what is not answered 202 is
# sent again with the same Idempotency-Key.
sub send_all {
    open my $out, '>', $results or die "$results: $!\n";
    my $client = HTTP::Tiny->new(timeout => 20);
    my %answers;

    for my $n (1 .. $documents) {
        my ($path, $party, $type, $body) = document($n);
        for my $try (1 .. 60) {
            my $r = $client->post($s->gateway_url . $path, {
                content => $body,
                headers => { 'x-api-key' => $s->key($party),
                             'content-type' => $type,
                             'idempotency-key' => "\"kill-$n\"" } });
            $answers{ $r->{status} }++;
            if ($r->{status} == 202) {
                print $out "$n ", json($r->{content})->{id}, "\n";
                last;
            }
            sleep 0.2;
        }
    }
    close $out or die "$results: $!\n";
    print STDERR '# answers: ',
        join(', ', map { "$_ x $answers{$_}" } sort keys %answers), "\n";
    return;
}


sub worker_pid {
    my $master = $s->pid('gateway');
    my @workers = map { /^\s*(\d+)\s+$master\s/ ? $1 : () }
        `ps -eo pid=,ppid=,comm=`;
    return $workers[ rand @workers ];
}


my %kills;
sub kill_one {
    my ($victim) = @_;
    if ($victim eq 'worker') {
        my $pid = worker_pid() or return;
        kill 'KILL', $pid;
    } else {
        $s->end($victim, 'KILL');
        sleep rand 0.2;
        $s->daemon($victim);
    }
    $kills{$victim}++;
    return;
}


defined(my $sender = fork) or die "fork: $!\n";
if ($sender == 0) {
    eval { send_all(); 1 } or print STDERR "# sender: $@";
    POSIX::_exit(0);
}

my $round = 0;
while (waitpid($sender, POSIX::WNOHANG()) == 0) {
    sleep 0.2 + rand 0.5;
    kill_one($victims[ $round++ % @victims ]);
}
kill_one($_) for grep { !$kills{$_} } @victims;
diag 'kills: ' . join ', ', map { "$_ x $kills{$_}" } sort keys %kills;

open my $f, '<', $results or die "$results: $!\n";
my %accepted = map { /^(\d+) (\S+)/ ? ($1 => $2) : () } <$f>;
is(scalar keys %accepted, $documents, "all $documents documents were accepted");
ok($kills{$_}, "$_ was killed $kills{$_} times") for @victims;


# Effects by business number: {number}{role} = how many.
sub effects {
    my %count;
    for my $role (qw(erp wms)) {
        my $ledger = get_json("$sandbox/$role/ledger") || {};
        for my $e (@{ $ledger->{effects} || [] }) {
            my ($n) = $e->{business} =~ /:KILL-(\d+)$/ or next;
            $count{$n}{$role}++;
        }
    }
    my $partner = get_json("$sandbox/partner/ledger") || {};
    $count{acks} = @{ $partner->{effects} || [] };
    return \%count;
}


sub wanted { return $_[0] % 2 ? { erp => 1, wms => 1 } : { erp => 1 } }


my $effects;
my $settled = eventually(120, sub {
    $effects = effects();
    for my $n (keys %accepted) {
        my $want = wanted($n);
        for (keys %$want) { return 0 unless $effects->{$n}{$_} }
    }
    return $effects->{acks} >= int(($documents + 1) / 2);
});
ok($settled, 'every effect has come');
sleep 2;     # whatever would come twice has its chance
$effects = effects();

my (@lost, @doubled);
for my $n (sort { $a <=> $b } keys %accepted) {
    my $want = wanted($n);
    for my $role (sort keys %$want) {
        my $have = $effects->{$n}{$role} // 0;
        push @lost, "document $n in $role" if $have < 1;
        push @doubled, "document $n in $role: $have" if $have > 1;
    }
}
is_deeply(\@lost, [], 'nothing is lost');
is_deeply(\@doubled, [], 'nothing is doubled');
is($effects->{acks}, int(($documents + 1) / 2),
    'one acknowledgement for each interchange');

$s->stop;
done_testing;
