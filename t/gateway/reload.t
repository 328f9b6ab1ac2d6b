# SPDX-License-Identifier: BSD-2-Clause
#
# Reloads and deaths of workers under load: nothing that was answered 202 is
# missing, nothing that was asked stays without an answer.

use strict;
use warnings;

use IO::Select;
use Test::More;
use Time::HiRes qw(sleep time);

use Gateway;
use XD;

my $broker = fake();
my $s = gateway($broker->url, workers => 2);
link_up($s) or BAIL_OUT('no link to the fake broker');

my @x12 = (key($s, 'acme'), [ 'Content-Type', 'application/edi-x12' ]);
my (%open, @status, @accepted);

# Keeps $n requests under way for $seconds; events happen in between.
sub load {
    my ($seconds, $n, @events) = @_;
    my $start = time;
    my $step = $seconds / (@events + 1);
    my $next = $step;

    while (time - $start < $seconds || %open) {
        while (time - $start < $seconds && keys %open < $n) {
            my $sock = ask($s, 'POST', '/v1/edi', body => edi(),
                headers => \@x12);
            $open{$sock} = $sock;
        }
        for my $sock (IO::Select->new(values %open)->can_read(0.05)) {
            my $r = answer($sock);
            push @status, $r->{status};
            push @accepted, $r->{json}{id} if $r->{status} == 202;
            delete $open{$sock};
        }
        if (@events && time - $start > $next) {
            (shift @events)->();
            $next += $step;
        }
        die "requests stay without an answer\n" if time - $start > $seconds + 20;
    }
    return;
}

my $conf = "$s->{dir}/nginx/nginx.conf";
my $good = slurp($conf);
my $hup = sub { kill 'HUP', $s->pid('gateway') };
my $bad = sub {
    put($conf, "$good\nnonsense;\n");
    $hup->();
};
my $consumers = "$s->{dir}/conf/consumers.yaml";
my $good_yaml = slurp($consumers);
my $bad_yaml = sub {
    put($conf, $good);
    put($consumers, "$good_yaml\nnonsense: true\n");
    $hup->();
};
my $whole = sub {
    put($consumers, $good_yaml);
    $hup->();
};

my @first = workers($s);
load(5, 16, $hup, $bad, $bad_yaml, $whole, $hup);

my %bad = map { $_ => 1 } grep { $_ != 202 } @status;
cmp_ok(scalar @status, '>', 200, 'requests ran (' . @status . ')');
is_deeply([ keys %bad ], [], 'each of them was answered 202');
my %there = map { $_ => 1 } $broker->ids;
is(scalar(grep { !$there{$_} } @accepted), 0, 'all of them are on the broker');

my $log = slurp("$s->{dir}/nginx/logs/error.log");
like($log, qr/unknown directive "nonsense"/, "nginx's own bad file was seen");
like($log, qr/xd_registry: \S*consumers\.yaml\S*:\d+:\d+: .*nonsense/,
    'the bad consumers.yaml was named with line and column');

ok(eventually(15, sub {
    my %now = map { $_ => 1 } workers($s);
    return keys %now == 2 && !grep { $now{$_} } @first;
}), 'the old workers are gone, two new ones serve');
ok(link_up($s), 'whose links are up');
is(scalar @{ health($s)->{workers} }, 2, 'only living workers are counted');
cmp_ok(metric($s, 'xd_requests_total{outcome="accepted"}'), '>=',
    scalar @accepted, 'counters outlive reloads');

# A confirm that is late: the old worker stays for it, and only for it.
$broker->mode('hold');
my $late = ask($s, 'POST', '/v1/edi', body => edi(), headers => \@x12);
sleep 0.3;
my @old = workers($s);
$hup->();
sleep 0.7;
cmp_ok(scalar(workers($s)), '>', 2, 'the worker that waits is still there');
$broker->mode('ack-all');
is(answer($late)->{status}, 202, 'its request is answered');
ok(eventually(5, sub {
    my %now = map { $_ => 1 } workers($s);
    return !grep { $now{$_} } @old;
}), 'then it ends');
$broker->mode('ack');

# A body that is still coming in when the worker is told to end.
link_up($s);
my $body = edi();
my $half = ask($s, '', '', raw => "POST /v1/edi HTTP/1.1\r\nHost: a\r\n"
    . join('', map { "$_->[0]: $_->[1]\r\n" } @x12)
    . 'Content-Length: ' . length($body) . "\r\n\r\n" . substr $body, 0, 100);
sleep 0.2;
$hup->();
sleep 0.5;
syswrite $half, substr $body, 100;
is(answer($half)->{status}, 202, 'it is still published and confirmed');

# A worker dies hard.
link_up($s);
my $counted = metric($s, 'xd_requests_total{outcome="accepted"}');
my $killed = 0;
@status = ();
load(2, 16, sub { kill 'KILL', (workers($s))[0]; $killed++ });
is($killed, 1, 'a worker was killed');
my $lost = grep { $_ != 202 } @status;
cmp_ok($lost, '<=', 16, "only its own requests fell ($lost)");
%there = map { $_ => 1 } $broker->ids;
is(scalar(grep { !$there{$_} } @accepted), 0,
    'whatever was answered 202 is there');
ok(link_up($s), 'a new worker has its link');
cmp_ok(metric($s, 'xd_requests_total{outcome="accepted"}'), '>', $counted,
    'what the dead one counted stays');
is(metric($s, 'xd_publish_inflight'), 0, 'what it had under way does not');

# A broker that is away at the start is found later; a reload meanwhile.
$broker->stop;
$hup->();
sleep 1;
is(asked($s, 'POST', '/v1/edi', body => edi(), headers => \@x12)->{status},
    503, 'no broker: 503');
$broker->start;
ok(link_up($s, 20), 'found when it comes');

# The registry: a key that is taken away is refused after the reload.
put($consumers, $good_yaml =~ s/id: webshop/id: webstore/r);
$hup->();
ok(eventually(5, sub {
    asked($s, 'POST', '/v1/sales-orders', body => order(), headers => [
        key($s, 'webshop'), [ 'Content-Type', 'application/json' ] ]);
    return $broker->last_message->{routing_key} eq 'in.json.webstore';
}), 'a reload changes who a key belongs to');

stop_all(qr/nonsense|cannot load/);
done_testing();
