# SPDX-License-Identifier: BSD-2-Clause
#
# Limits beside the plain rate: bytes, calls in flight, quotas of a calendar
# that outlive restarts and kill -9, what all share, classes, shadow, and what
# a caller sees of them; and that reloads leak nothing.

use strict;
use warnings;

use IO::Select;
use Test::More;
use Time::HiRes qw(sleep time);

use Gateway;
use Limits;
use XD;

# A test that stands at midnight, UTC, waits for the next day.
sleep 1 while time % 86400 > 86400 - 60;

my $broker = fake();
my $never = 'limit: 1, window: 100d, burst';
my $slow = 'limit: 1000, window: 100d, burst';    # one in two hours

# Adds policies that all share to consumers.yaml.
sub shared {
    my ($s, @policies) = @_;
    my $path = "$s->{dir}/conf/consumers.yaml";
    my $text = slurp($path);
    $text =~ s/^shared:\n(?:  .*\n)*//m;
    put($path, $text =~ s/^(?=consumers:)/shared:\n/mr
        =~ s/^(?=consumers:)/join '', map { "  - { $_ }\n" } @policies/emr);
    return;
}

sub get {
    my ($s, $path, $party) = @_;
    return asked($s, 'GET', $path, headers => [ key($s, $party // 'acme') ]);
}

sub usage {
    my ($s, $party) = @_;
    my $r = get($s, '/usage', $party);
    return { map { $_->{name} . ($_->{route} // '') => $_ }
            @{ $r->{json}{policies} } };
}

my $other = sub { s{(        location = /v1/edi \{)}{
    location = /other {
        xd_scope status:read; xd_throttle; proxy_pass http://xd-insight;
    }
    $1} };

# -- bytes ---------------------------------------------------------------------

my $body = edi();
my $size = length $body;
my $s = limited($broker->url, ["name: volume, unit: bytes, $slow: "
        . ($size * 100 + 7)], workers => 2, edit => sub { $other->() });
my $reload = sub { kill 'HUP', $s->pid('gateway') };

is_deeply(flood($s, 300, $reload, $reload), { 202 => 100, 429 => 200 },
    'bytes: 64 connections, two workers, reloads: as many as fit');
ok(settled($s), 'the last reload is through');
my $r = edi_call($s);
quota_is($r, 'quota-exceeded', ['volume'], 'what does not fit is refused');
is(left($r)->{volume}[0], 7, 'and charged nothing');
is_deeply($r->{headers}{'ratelimit-policy'},
    ['"volume";q=1000;w=8640000;qu="content-bytes"'], 'the unit is told');
is(usage($s)->{volume}{left}, 7, '/usage says the same');

plans($s, standard => ["name: volume, unit: bytes, $slow: " . ($size + 10)]);
ok(hup($s), 'reload');
problem_is(edi_call($s, body => 'x' x ($size + 11)), 413, 'too-large',
    'more than ever fits: 413, since no wait helps');
my @chunked = (key($s, 'acme'), @type, [ 'Transfer-Encoding', 'chunked' ]);
my $chunks = join '', map { sprintf "%x\r\n%s\r\n", length, $_ } $body =~ /.{1,50}/gs;
problem_is(asked($s, 'POST', '/v1/edi', chunked => 1, body => "0\r\n\r\n",
    headers => [ key($s, 'acme'), [ 'Content-Type', 'text/plain' ],
        [ 'Transfer-Encoding', 'chunked' ] ]), 415, 'media-type',
    'one of the wrong type is looked at all the same');
$r = asked($s, 'POST', '/v1/edi', headers => \@chunked, chunked => 1,
    body => "${chunks}0\r\n\r\n");
is("$r->{status} " . left($r)->{volume}[0], '202 10',
    'a body in chunks is counted when it is here');
$r = asked($s, 'POST', '/v1/edi', headers => \@chunked, chunked => 1,
    body => "${chunks}0\r\n\r\n");
quota_is($r, 'quota-exceeded', ['volume'], 'and refused when it does not fit');
stop_all();

# -- calls in flight ------------------------------------------------------------

$s = limited($broker->url,
    ['name: at-once, unit: concurrent, limit: 5', "name: calls, $never: 100"],
    workers => 2,
    edit => sub { $other->(); s/xd_publish_timeout 5s/xd_publish_timeout 60s/ });

# Opens calls that stay; returns those that do, and how many were refused.
sub hold {
    my ($n) = @_;
    my (@held, $refused);
    for (1 .. $n) {
        my $sock = ask($s, 'POST', '/v1/edi', body => edi(),
            headers => [ key($s, 'acme'), @type ]);
        if (IO::Select->new($sock)->can_read(0.3)) {
            answer($sock)->{status} == 429 and $refused++;
        } else {
            push @held, $sock;
        }
    }
    return ($refused // 0, @held);
}

$broker->mode('hold');
my ($refused, @held) = hold(8);
is($refused . ' ' . @held, '3 5', 'five at once, and not one more');
$r = edi_call($s);
quota_is($r, 'quota-exceeded', ['at-once'], 'said so');
is_deeply($r->{headers}{'ratelimit-policy'}, ['"at-once";q=5;'
        . 'qu="concurrent-requests", "calls";q=1;w=8640000'], 'its unit too');
is(left($r)->{calls}[0], 95, 'the other policy was charged for five');
is(usage($s)->{'at-once'}{used}, 5, '/usage says the same');

close shift @held;    # the caller goes away
ok(eventually(5, sub { usage($s)->{'at-once'}{used} == 4 }),
    'whoever leaves gives its place back');
($refused, my @more) = hold(2);
is($refused . ' ' . @more, '1 1', 'to one other');

# A reload: the old workers still hold theirs.
$reload->();
ok(eventually(10, sub { scalar(workers($s)) >= 3 }), 'reload');
sleep 0.5;
is(usage($s)->{'at-once'}{used}, 5, 'calls of the old workers count');
is((hold(1))[0], 1, 'and keep others out');

# Workers die.
my @old = workers($s);
kill 'KILL', @old;
ok(eventually(10, sub {
    my %now = map { $_ => 1 } workers($s);
    return keys %now >= 2 && !grep { $now{$_} } @old;
}), 'all workers are killed, others come');
ok(eventually(10, sub { link_up($s) && usage($s)->{'at-once'}{used} == 0 }),
    'what the dead held is given back');
$broker->mode('ack');
ok(eventually(5, sub { edi_call($s)->{status} == 202 }), 'they serve');
close $_ for @held, @more;
my $st = flood($s, 200);
ok(($st->{202} // 0) > 0 && 200 == ($st->{202} // 0) + ($st->{429} // 0),
    'under 64 connections some pass and others not');
ok(eventually(5, sub { usage($s)->{'at-once'}{used} == 0 }),
    'and in the end nobody is inside');
stop_all();

# -- quotas ------------------------------------------------------------------------

$s = limited($broker->url,
    ['name: daily, limit: 200, calendar: day',
        'name: monthly, limit: 1000, calendar: month, zone: Europe/Berlin',
        'name: volume, unit: bytes, limit: 1000000, calendar: week'],
    workers => 2, edit => sub {
        $other->();
        s/xd_quota_state [^;]+;/xd_quota_state quotas every=200ms;/;
    });
my $file = "$s->{dir}/nginx/quotas";
is_deeply(flood($s, 500, $reload, $reload, $reload), { 202 => 200, 429 => 300 },
    'a quota under 64 connections, two workers and reloads');
ok(settled($s), 'the last reload is through');
$r = edi_call($s);
quota_is($r, 'quota-exceeded', ['daily'], 'spent');
my $day = 86400 - time % 86400;
my $told = left($r)->{daily}[1];
ok(abs($told - $day) <= 2, 't is what is left of the day')
    or diag("$told, not $day");
my $after = $r->{headers}{'retry-after'}[0];
cmp_ok($after, '>=', $told, 'Retry-After is not before');
cmp_ok($after, '<=', $told + 30, 'and callers are spread a little');
is_deeply($r->{headers}{'ratelimit-policy'}, ['"daily";q=200;w=86400, '
        . '"monthly";q=1000, "volume";q=1000000;w=604800;qu="content-bytes"'],
    'a month has no one length');
my $u = usage($s);
is_deeply([ map { $u->{$_}{used} } qw(daily monthly volume) ],
    [ 200, 200, 200 * $size ], '/usage: all three were charged the same');
is_deeply([ @{ $u->{monthly} }{qw(calendar zone left)} ],
    [ 'month', 'Europe/Berlin', 800 ], 'and what they are');
is(usage($s, 'webshop')->{daily}{used}, 0, 'each caller its own');

sub restart {
    my ($signal) = @_;
    my @pids = workers($s);
    if ($signal eq 'KILL') {
        my $master = $s->pid('gateway');
        kill 'STOP', $master;    # so that it starts no worker anew
        kill 'KILL', @pids, $master;
    }
    $s->end('gateway', $signal);
    unlink "$s->{dir}/nginx/logs/nginx.pid";
    Gateway::start($s);
    return link_up($s);
}

# Another limit goes on counting.
plans($s, standard => ['name: daily, limit: 320, calendar: day']);
ok(hup($s), 'reload');
is_deeply(flood($s, 50), { 202 => 50 }, 'a higher limit gives the difference');
is(usage($s)->{daily}{used}, 250, 'no more');
ok(restart('QUIT'), 'restart');
is(usage($s)->{daily}{used}, 250, 'after an orderly end to the unit');
like(slurp($file), qr/^xd-quotas 1 \w{16}\n(?:\w{32} \d+ \d+ \d+\n)+end \d+\n\z/,
    'the file is what it should be');
is_deeply(flood($s, 10), { 202 => 10 }, '10 more');
ok(restart('TERM'), 'a fast end');
is(usage($s)->{daily}{used}, 260, 'is the same');
is_deeply(flood($s, 7), { 202 => 7 }, '7 more');
ok(restart('KILL'), 'kill -9 of all');
my $used = usage($s)->{daily}{used};
cmp_ok($used, '>=', 267, 'gives nothing away');
cmp_ok($used, '<=', 267 + 2 * 21, 'and takes no more than it says')
    or diag(slurp($file));
my $st2 = flood($s, 200);
is($st2->{202} // 0, 320 - $used, 'what is left is served, and not one more');
ok(restart('KILL'), 'again');
quota_is(edi_call($s), 'quota-exceeded', ['daily'], 'spent stays spent');

$s->end('gateway', 'QUIT');
my $whole = slurp($file);
put($file, $whole =~ s/end \d+\n//r);
eval { Gateway::start($s) };
like(slurp("$s->{dir}/nginx/logs/error.log"),
    qr/xd_quota_state \S+ is damaged/, 'a file that is cut off is not taken');
put($file, $whole =~ s/ \d+ (?=\d+\n)/ 10 /mgr =~ s/ \d+$/ 1000/mgr
    =~ s/^end .*/$whole =~ m{^(end \d+)}m && $1/emr);
unlink "$s->{dir}/nginx/logs/nginx.pid";
Gateway::start($s);
ok(link_up($s), 'a day that is over');
is(usage($s)->{daily}{used}, 0, 'is forgotten');
stop_all(qr/xd_quota_state .* is damaged/);

# -- whose pot, shadow, classes ---------------------------------------------------------

$s = limited($broker->url,
    ["name: together, per: plan, $never: 6",
        "name: each, per: route, $never: 4",
        "name: tried, shadow: true, $never: 2",
        "name: from, per: address, $never: 100" ],
    workers => 2, edit => sub {
        s{(        location = /v1/edi \{)}{
    location = /other {
        xd_scope status:read; xd_throttle; proxy_pass http://xd-insight;
    }
    location = /high {
        xd_scope status:read; xd_throttle from shared=behind class=high;
        proxy_pass http://xd-insight;
    }
    location = /low {
        xd_scope status:read; xd_throttle from shared=behind class=low;
        proxy_pass http://xd-insight;
    }
    location = /open {
        xd_auth off; xd_throttle shared=strangers;
        proxy_pass http://xd-insight;
    }
    $1};
    }, more => sub {
        shared($_[0],
            "name: behind, $never: 10, classes: { normal: 80, low: 50 }",
            "name: strangers, per: address, $never: 3");
    });
echo_server("$s->{dir}/run/xd-insight.sock");

is(get($s, '/other')->{status}, 200, 'one call') for 1 .. 4;
quota_is(get($s, '/other'), 'quota-exceeded', ['each'],
    'per route: this one is spent');
is(edi_call($s)->{status}, 202, 'another is not');
is(get($s, '/other', 'webshop')->{status}, 200, "nor is another caller's");
quota_is(get($s, '/other', 'webshop'), 'quota-exceeded', ['together'],
    'per plan: all have spent together');
$u = usage($s);
is_deeply([ $u->{together}{used}, $u->{'each/other'}{used},
        $u->{'each/v1/edi'}{used}, $u->{tried} ], [ 6, 4, 1, undef ],
    '/usage knows whose');
is(metric($s, 'xd_limit_shadow_total{plan="standard",policy="tried"}'), 3,
    'shadow: counts what it would have refused');
unlike($r->{headers}{'ratelimit-policy'}[0], qr/tried/, 'and tells nobody');
like(slurp("$s->{dir}/nginx/logs/error.log"),
    qr/policy "tried" in shadow would refuse this/, 'but the log');

is(get($s, '/low')->{status}, 200, 'low, within its half') for 1 .. 5;
$r = get($s, '/low');
is_deeply([ $r->{status}, $r->{json}{type} ],
    [ 503, 'https://iana.org/assignments/http-problem-types'
        . '#temporary-reduced-capacity' ], 'low is refused first');
ok($r->{headers}{'retry-after'}[0] >= 1 && $r->{body} !~ /behind/,
    'with a time, without a name');
is(get($s, '/high')->{status}, 200, 'high goes on') for 1 .. 5;
is(get($s, '/high')->{status}, 503, 'until all is spent');
is(left(get($s, '/low'))->{from}[0], left(get($s, '/high'))->{from}[0],
    'refused calls charge no policy');

is(asked($s, 'GET', '/open')->{status}, 200, 'a stranger') for 1 .. 3;
$r = asked($s, 'GET', '/open');
is_deeply([ $r->{status}, $r->{json}{type} =~ /#(.*)/ ],
    [ 429, 'abnormal-usage-detected' ], 'is limited by its address');
ok(hup($s), 'reload');
is(asked($s, 'GET', '/open')->{status}, 429, 'which a reload remembers');
problem_is(asked($s, 'GET', '/usage'), 401, 'unauthenticated',
    '/usage is for callers who are known');
stop_all();

# -- reloads leak nothing --------------------------------------------------------------

$s = limited($broker->url,
    ['name: rate, limit: 100000, window: 1s',
        'name: at-once, unit: concurrent, limit: 500',
        'name: daily, limit: 1000000, calendar: day'],
    workers => 2, edit => sub {
        s/xd_quota_state [^;]+;/xd_quota_state quotas;/ });

sub pages {
    my $text = asked($s, 'GET', '/metrics', port => $s->{status_port})->{body};
    return { $text =~ /^xd_zone_free_pages\{zone="([^"]+)"\} (\d+)$/mg };
}
my $before = pages();
cmp_ok(scalar(keys %$before), '>=', 3, 'all zones are told of');
my $answers = flood($s, 2600, ($reload) x 50);
is_deeply($answers, { 202 => 2600 }, '50 reloads under load');
ok(eventually(30, sub { workers($s) == 2 }) && link_up($s), 'are through');
is_deeply(pages(), $before, 'and no page of any zone is missing');
is(fds((workers($s))[0]) < 100, 1, 'nor are descriptors');
stop_all();

# -- nginx -t -----------------------------------------------------------------------------

$s = gateway($broker->url, start => 0);
my $nginx_conf = "$s->{dir}/nginx/nginx.conf";
my $base = slurp($nginx_conf);
for (
    [ 'xd_throttle;', 'xd_throttle shared=none;', qr/no shared policy is "none"/ ],
    [ 'xd_throttle;', 'xd_throttle class=urgent;', qr/takes a class of high/ ],
    [ 'xd_throttle;', 'xd_throttle cots=1;', qr/takes policies, shared=/ ],
    [ 'xd_quota_state logs/quotas every=1s;', 'xd_quota_state q every=1ms;',
        qr/takes an every= from 100ms/ ],
    [ 'xd_quota_state logs/quotas every=1s;', 'xd_quota_state q often;',
        qr/takes a file and every=/ ],
    )
{
    my ($from, $to, $what) = @$_;
    put($nginx_conf, $base =~ s/\Q$from\E/$to/r);
    local $ENV{LD_PRELOAD} = join ' ', map { chomp(my $l =
        `gcc -print-file-name=$_`); $l } qw(libasan.so libubsan.so)
        if $ENV{XD_ASAN};
    local $ENV{ASAN_OPTIONS} = 'detect_leaks=0';
    my ($status, undef, $err) = run_cmd('', $ENV{NGINX} || '/usr/sbin/nginx',
        '-t', '-p', "$s->{dir}/nginx/", '-c', $nginx_conf, '-e', '/dev/null');
    ok($status != 0 && $err =~ $what, "refused: $to") or diag($err);
}
stop_all();
done_testing();
