# SPDX-License-Identifier: BSD-2-Clause
#
# Limits are exact: by count under many connections, two workers and reloads,
# and by what callers are told.

use strict;
use warnings;

use JSON::PP;
use Test::More;
use Time::HiRes qw(sleep time);

use Gateway;
use Limits;
use XD;

# -- exact counts -----------------------------------------------------------------

my $broker = fake();
my $frozen = 'name: burst, limit: 1, window: 100d, burst: 200';
my $s = limited($broker->url, [$frozen], workers => 2,
    edit => sub { s/'\{"time"/'{"pid":\$pid,"time"/ });

my $reload = sub { kill 'HUP', $s->pid('gateway') };
my $status = flood($s, 600, $reload, $reload, $reload);
is_deeply($status, { 202 => 200, 429 => 400 },
    '64 connections, two workers, three reloads: as many as the burst');
is(scalar(() = $broker->ids), 200, 'and as many are on the broker');
ok(settled($s), 'the last reload is through');
is_deeply([ calls($s) ], [ 200, 400, 0 ], 'the counters say the same');
is(metric($s, 'xd_limit_refused_total{plan="standard",policy="burst"}'), 400,
    'the policy is named');
is(metric($s, 'xd_requests_total{outcome="quota-exceeded"}'), 400,
    'so is how they ended');

sleep 1.2;    # the log is written once a second
my %pids = map { /"pid":(\d+)/ ? ($1 => 1) : () }
    split /^/, slurp("$s->{dir}/nginx/logs/access.log");
cmp_ok(scalar(keys %pids), '>=', 4, 'workers of several generations took part');

kill 'KILL', (workers($s))[0];
sleep 0.3;
link_up($s);
quota_is(edi_call($s), 'quota-exceeded', ['burst'],
    'the death of a worker gives nothing back');

# A policy whose numbers change is another one; the old one is not forgotten.
plans($s, standard => ['name: burst, limit: 1, window: 100d, burst: 3']);
ok(hup($s), 'reload');
is_deeply(flood($s, 20), { 202 => 3, 429 => 17 }, 'other numbers begin full');
plans($s, standard => [$frozen]);
ok(hup($s), 'reload');
quota_is(edi_call($s), 'quota-exceeded', ['burst'], 'the old numbers are spent');

# The zone is full: the reload is refused, and the limits hold on.
my $conf = "$s->{dir}/conf/consumers.yaml";
my $good = slurp($conf);
put($conf, $good . join '', map {
    "  - { id: many-$_, name: Many, plan: standard, scopes: [] }\n" }
    1 .. 9000);
ok(hup($s), '9,000 more consumers fit');
plans($s, standard => [ map { "name: p$_, limit: 1, window: 1d" } 1 .. 3 ]);
kill 'HUP', $s->pid('gateway');
ok(eventually(20, sub {
    slurp("$s->{dir}/nginx/logs/error.log") =~ /xd_throttle_zone is full: /;
}), '27,000 new pairs do not: said so');
sleep 0.5;
quota_is(edi_call($s), 'quota-exceeded', ['burst'],
    'the configuration before stays');
put($conf, $good);
ok(hup($s), 'and a good one is taken afterwards');
quota_is(edi_call($s), 'quota-exceeded', ['burst'], 'with its limits');

# Several policies at once: the tightest decides, the others are charged with
# just what it admitted.
plans($s, standard => [
    'name: a, limit: 1, window: 100d, burst: 100',
    'name: b, limit: 1, window: 100d, burst: 60',
    'name: c, limit: 1, window: 100d, burst: 80, advertise: false' ]);
ok(hup($s), 'reload');
is_deeply(flood($s, 300, $reload), { 202 => 60, 429 => 240 },
    'three policies: as many as the tightest');
ok(link_up($s), 'reloaded');
my $r = edi_call($s);
quota_is($r, 'quota-exceeded', ['b'], 'only the one that is spent is named');
is(left($r)->{a}[0], 40, 'a refused call is charged to none');

# A rate that refills: neither too many nor too few.
plans($s, standard => ['name: fast, limit: 20, window: 1s, burst: 5']);
ok(hup($s), 'reload');
my $from = time;
my $admitted = 0;
my $last = $from;
while (time - $from < 4) {
    my $one = flood($s, 16);
    $admitted += $one->{202} // 0;
    $last = time;
}
cmp_ok($admitted, '<=', 5 + 20 * ($last - $from) + 1, 'not too many');
cmp_ok($admitted, '>=', 20 * ($last - $from) - 20, 'not too few');
stop_all(qr/xd_throttle_zone is full/);

# -- what callers are told ------------------------------------------------------------

$s = limited($broker->url, [
        'name: burst, limit: 10, window: 1000s, burst: 8',
        'name: daily, limit: 864, window: 1d, burst: 20',
        'name: flood, limit: 10, window: 100s, burst: 15, advertise: false' ],
    edit => sub {
        s/xd_publish_timeout 5s/xd_publish_timeout 1s/;
        s{(        location = /v1/edi \{)}{
        location = /legacy {
            xd_scope status:read; xd_throttle burst; xd_rate_fields legacy;
            proxy_pass http://xd-insight;
        }
        location = /both {
            xd_scope status:read; xd_throttle daily burst; xd_rate_fields both;
            proxy_pass http://xd-insight;
        }
        location = /off {
            xd_scope status:read; xd_throttle; xd_rate_fields off;
            proxy_pass http://xd-insight;
        }
        location = /unlimited {
            xd_scope status:read; xd_throttle off;
            proxy_pass http://xd-insight;
        }
        location = /dear {
            xd_scope status:read; xd_throttle daily cost=6;
            proxy_pass http://xd-insight;
        }
        location = /hidden {
            xd_scope status:read; xd_throttle flood cost=4;
            proxy_pass http://xd-insight;
        }
        location = /twice {
            xd_scope status:read; xd_throttle daily;
            root tmp;
            try_files /none /dear;
        }
        location = /nobody {
            xd_auth off; xd_throttle;
            proxy_pass http://xd-insight;
        }
        $1};
    });
echo_server("$s->{dir}/run/xd-insight.sock");

sub get {
    my ($path, $party) = @_;
    return asked($s, 'GET', $path, headers => [ key($s, $party // 'acme') ]);
}

my $published = () = $broker->ids;
$r = edi_call($s);
is($r->{status}, 202, 'the first call');
is_deeply($r->{headers}{'ratelimit-policy'},
    ['"burst";q=10;w=1000, "daily";q=864;w=86400'],
    'RateLimit-Policy names what may be known');
like($r->{headers}{ratelimit}[0],
    qr/^"burst";r=7;t=(?:100|99), "daily";r=19;t=(?:100|99)$/,
    'RateLimit says what is left and when there is more');
is(@{ $r->{headers}{ratelimit} }, 1, 'once');
ok(!$r->{headers}{'retry-after'}, 'no Retry-After');
ok(!(grep { /^x-ratelimit/ } keys %{ $r->{headers} }), 'no legacy fields');

for my $n (reverse 0 .. 6) {
    $r = edi_call($s);
    is($r->{status} . ' ' . left($r)->{burst}[0], "202 $n", "$n left");
}
for (1 .. 3) {
    $r = edi_call($s);
    quota_is($r, 'quota-exceeded', ['burst'], 'refused');
    my $t = left($r)->{burst}[1];
    cmp_ok($t, '<=', 100, 't is not beyond one unit');
    cmp_ok($t, '>=', 90, 'nor far before it');
    is_deeply($r->{headers}{'retry-after'}, [$t], 'Retry-After is t');
    is(left($r)->{burst}[0] . left($r)->{daily}[0], '012',
        'nothing was charged for it');
}
is(scalar(() = $broker->ids), $published + 8, 'and nothing was published');

$r = get('/both');
quota_is($r, 'quota-exceeded', ['burst'], 'one limit for all routes');
is_deeply($r->{headers}{'x-ratelimit-limit'}, [10], 'both: legacy too');
is_deeply($r->{headers}{'x-ratelimit-remaining'}, [0], 'of the tightest');
is_deeply($r->{headers}{'x-ratelimit-reset'}, [ left($r)->{burst}[1] ],
    'in seconds');

$r = get('/legacy', 'webshop');
is($r->{status}, 200, 'another party has its own');
is_deeply([ @{ $r->{headers} }{qw(x-ratelimit-limit x-ratelimit-remaining
            x-ratelimit-reset ratelimit ratelimit-policy)} ],
    [ [10], [7], [ $r->{headers}{'x-ratelimit-reset'}[0] ], undef, undef ],
    'legacy fields only');
like($r->{headers}{'x-ratelimit-reset'}[0], qr/^(?:100|99)$/, 'in seconds');
$r = get('/off', 'webshop');
is_deeply([ $r->{status}, grep { /ratelimit/ } keys %{ $r->{headers} } ],
    [200], 'off: none at all');
is(left(get('/both', 'webshop'))->{burst}[0], 5, 'but charged');
ok(!get('/unlimited')->{headers}{ratelimit}, 'a route without limits');

# Costs.
$r = get('/dear', 'webshop');
is(left($r)->{daily}[0], 12, 'cost=6 takes six');
is(left(get('/dear', 'webshop'))->{daily}[0], 6, 'and six');
is(left(get('/dear', 'webshop'))->{daily}[0], 0, 'and six');
$r = get('/dear', 'webshop');
quota_is($r, 'quota-exceeded', ['daily'], 'then there are not six');
my ($t) = left($r)->{daily}[1];
my $after = $r->{headers}{'retry-after'}[0];
cmp_ok($after, '>=', $t, 'Retry-After is not before t');
cmp_ok($after, '<=', 600, 'and waits for six units');
cmp_ok($after, '>=', 500 - 20, 'not for one');

# What is not told.
my $hidden = get('/hidden', 'webshop');
is($hidden->{status}, 200, 'under the hidden limit');
is(get('/hidden', 'webshop')->{status}, 200, 'still');
is(get('/hidden', 'webshop')->{status}, 200, 'still');
$r = get('/hidden', 'webshop');
quota_is($r, 'abnormal-usage-detected', undef, 'over it');
ok($r->{headers}{'retry-after'}[0] >= 1 && !$r->{headers}{ratelimit},
    'says when to come again, and no more');
unlike($r->{body}, qr/flood/, 'its name is not told');

quota_is(get('/twice', 'webshop'), 'quota-exceeded', ['daily'],
    'an inner redirect comes after the limit');
$r = asked($s, 'GET', '/nobody');
problem_is($r, 401, 'unauthenticated', 'a limit without a caller lets nobody in');
stop_all();

# -- who pays ------------------------------------------------------------------------

$s = limited($broker->url,
    ['name: burst, limit: 1, window: 1d, burst: 100'],
    settings => { body => '64KiB' },
    edit => sub {
        s/xd_publish_timeout 5s/xd_publish_timeout 1s/;
        s{(        location = /v1/edi \{)}{
        location = /twice {
            xd_scope status:read; xd_throttle; root tmp;
            try_files /none /once;
        }
        location = /once {
            xd_scope status:read; xd_throttle cost=7;
            proxy_pass http://xd-insight;
        }
        location = /moved {
            xd_scope status:read; xd_throttle; root tmp;
            try_files /none =301;
        }
        $1};
    });

my $units = 100;    # left, by our own book
sub pays {
    my ($r, $status, $cost, $name) = @_;
    $units -= $cost;
    is("$r->{status} " . (left($r)->{burst}[0] // 'nothing told'),
        "$status $units", $name . ($cost ? ': charged' : ': free'))
        or diag($r->{body});
    return;
}

# Before limits are asked: nothing is told, nothing charged.
for my $r (asked($s, 'POST', '/v1/edi', body => 'x'),
    asked($s, 'POST', '/v1/edi', headers => [ [ 'X-API-Key', 'demo.x' ] ]),
    asked($s, 'POST', '/v1/edi', headers => [ key($s, 'webshop'), @type ]),
    asked($s, 'POST', '/v9/edi', headers => [ key($s, 'acme') ]))
{
    ok(!$r->{headers}{ratelimit}, "$r->{status}: strangers are told nothing");
}
pays(edi_call($s), 202, 1, 'accepted');
pays(edi_call($s, sender => 'GLOBEX'), 403, 0, 'sender mismatch');
pays(edi_call($s, body => 'no interchange'), 422, 1, 'envelope');
pays(asked($s, 'GET', '/v1/edi', headers => [ key($s, 'acme') ]), 405, 0,
    'method');
pays(asked($s, 'POST', '/v1/edi', body => edi(),
    headers => [ key($s, 'acme') ]), 415, 0, 'media type');
pays(edi_call($s, body => 'x' x 70000), 413, 0, 'too large');
pays(edi_call($s, headers => [ [ 'Idempotency-Key', 'bare' ] ]), 400, 0,
    'a bad Idempotency-Key');

$broker->mode('nack');
pays(edi_call($s), 503, 0, 'nack');
$broker->mode('return');
pays(edi_call($s), 503, 0, 'unroutable');
$broker->mode('silent');
pays(edi_call($s), 504, 1, 'unconfirmed');
$broker->mode('close-404');
pays(edi_call($s), 503, 0, 'misconfigured');
$broker->mode('ack');
ok(link_up($s), 'the link is back');
$broker->mode('blocked');
sleep 0.3;
pays(edi_call($s), 503, 0, 'blocked');
$broker->stop;
sleep 0.3;
pays(edi_call($s), 503, 0, 'broker away');
$broker->start;
$broker->mode('ack');
ok(link_up($s, 20), 'the link is back');

sub asks { return asked($s, 'GET', $_[0], headers => [ key($s, 'acme') ]) }

pays(asks('/status/x'), 502, 1, 'no service');
my $socket = "$s->{dir}/run/xd-insight.sock";
echo_server($socket);
pays(asks('/status/x'), 200, 1, 'a service');
pays(asks('/twice'), 200, 1, 'an inner redirect is the same call');
$r = asks('/moved');
is_deeply([ $r->{status}, grep { /ratelimit/ } keys %{ $r->{headers} } ],
    [301], 'none on 3xx');
$units--;
unlink $socket;
echo_server($socket, status => '403 Forbidden');
pays(asks('/status/x'), 403, 1, "a service's own 403");
unlink $socket;
echo_server($socket, status => '503 Service Unavailable');
pays(asks('/status/x'), 503, 1, "a service's own 503");
$broker->mode('hold');
my $gone = ask($s, 'POST', '/v1/edi', body => edi(),
    headers => [ key($s, 'acme'), @type ]);
sleep 0.3;
close $gone;
sleep 0.3;
$broker->mode('ack-all');
$broker->mode('ack');
$units--;
pays(edi_call($s), 202, 1, 'so is whoever leaves before the answer');

my @counted = calls($s);
is($counted[0] - $counted[2], 100 - $units, 'the counters agree with the book');
is($counted[2], 10, 'refunds are counted');

# A storm of refunds under many connections leaves what was there.
$broker->mode('nack');
is_deeply(flood($s, 300), { 503 => 300 },
    'three times as many as the burst, all refunded');
$broker->mode('ack');

# A refund leaves the time that the call took: a unit is a day, and all these
# calls together took less than that.
my $r_left = left(edi_call($s))->{burst}[0];
ok($r_left == $units - 1 || $r_left == $units - 2, 'nothing is missing')
    or diag("$r_left left of $units");

# What a refund left grows back in that same time: the flood may get the unit
# that was short, and never more than the book says.
my $given = flood($s, 150)->{202};
cmp_ok($given, '>=', $r_left, 'what was told is given');
cmp_ok($given, '<=', $units - 1, 'and nothing was given twice');
stop_all(qr/cannot be delivered/);

# -- nginx -t ---------------------------------------------------------------------------

$s = gateway($broker->url, start => 0);
my $nginx_conf = "$s->{dir}/nginx/nginx.conf";
my $base = slurp($nginx_conf);
$good = slurp($conf = "$s->{dir}/conf/consumers.yaml");

sub tested {
    my $nginx = $ENV{NGINX} || '/usr/sbin/nginx';
    local $ENV{LD_PRELOAD} = join ' ', map { chomp(my $l =
        `gcc -print-file-name=$_`); $l } qw(libasan.so libubsan.so)
        if $ENV{XD_ASAN};
    local $ENV{ASAN_OPTIONS} = 'detect_leaks=0';
    my ($status, undef, $err) = run_cmd('', $nginx, '-t', '-p',
        "$s->{dir}/nginx/", '-c', $nginx_conf, '-e', '/dev/null');
    return ($status, $err);
}

sub refused {
    my ($from, $to, $what, $name) = @_;
    put($nginx_conf, $base =~ s/$from/$to/r);
    my ($status, $err) = tested();
    ok($status != 0 && $err =~ $what, "refused: $name") or diag($err);
    put($nginx_conf, $base);
    return;
}

is((tested())[0], 0, 'the sample is good');
refused(qr/xd_throttle;/, 'xd_throttle hourly;',
    qr/no plan has a policy "hourly"/, 'a policy that is none');
refused(qr/xd_throttle;/, 'xd_throttle cost=0;', qr/takes a cost from 1/,
    'cost=0');
refused(qr/xd_throttle;/, 'xd_throttle cost=x;', qr/takes a cost from 1/,
    'cost=x');
refused(qr/xd_throttle;/, 'xd_throttle cost=61;',
    qr/cost=61 is more than plan "trial" .* burst 60 of policy "minute"/,
    'a cost that no call could pay');
refused(qr/xd_throttle;/, 'xd_throttle; xd_throttle off;',
    qr/"xd_throttle" directive is duplicate/, 'twice');
refused(qr/xd_throttle_zone 2m/, 'xd_throttle_zone 8k',
    qr/"xd_throttle_zone" needs at least/, 'a zone too small to be one');
refused(qr/xd_rate_fields draft10/, 'xd_rate_fields draft9',
    qr/invalid value "draft9"/, 'fields that are none');
refused(qr/xd_registry [^;]+;/, '', qr/needs "?xd_registry/, 'no registry');

put($conf, $good =~ s/window: 1m/window: 1500ms/r);
like((tested())[1], qr/consumers\.yaml.*whole seconds/,
    'a broken window is named with its file');

stop_all();
done_testing();
