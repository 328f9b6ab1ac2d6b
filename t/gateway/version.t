# SPDX-License-Identifier: BSD-2-Clause
#
# How a version ends: its answers tell the dates, who still calls it is
# counted, and after its sunset it says so to anyone, before a key is looked
# at.

use strict;
use warnings;

use POSIX qw(strftime);
use Test::More;
use Time::HiRes qw(sleep time);

use Gateway;
use XD;

my $broker = fake();
my $soon = int(time) + 4;
my $soon_text = strftime('%Y-%m-%dT%H:%M:%SZ', gmtime $soon);
my $s = gateway($broker->url, edit => sub {
    s{(xd_version v1;)}{
        xd_version v0 sunset=2020-01-01 successor=/v1/;
        xd_version v4 deprecated=2019-07-01 sunset=2020-01-01T12:30:15Z
            policy=https://example.com/versions;
        xd_version v5 deprecated=2023-07-01 sunset=2096-06-30T23:59:59Z
            successor=/v1/ policy=https://example.com/versions;
        xd_version v6 deprecated=2094-01-01 successor=/v1/;
        xd_version v7 deprecated=2020-01-01 sunset=$soon_text successor=/v1/;
        $1};
    s{(        location = /v1/edi \{)}{
        location ~ ^/v[567]/edi\$ {
            xd_scope edi:write; xd_throttle; xd_check x12; xd_publish x12;
        }
        location ~ ^/v5/(?:twice|status) {
            xd_scope status:read;
            root tmp;
            try_files /none /v5/inner;
        }
        location = /v5/inner {
            xd_scope status:read;
            proxy_pass http://xd-insight;
        }
        $1};
});
echo_server("$s->{dir}/run/xd-insight.sock");
link_up($s) or BAIL_OUT('no link to the fake broker');

sub fields {
    my ($r) = @_;
    return [ map { join ' | ', @{ $r->{headers}{$_} || [] } }
        qw(deprecation sunset link) ];
}

sub used {
    my ($version, $party) = @_;
    return metric($s, "xd_version_ending_requests_total{version=\"$version\","
        . "party=\"$party\"}") // 0;
}

sub edi_call {
    my ($path) = @_;
    return asked($s, 'POST', $path, body => edi(), headers => [ key($s, 'acme'),
        [ 'Content-Type', 'application/edi-x12' ] ]);
}

# A version that ends while it is called: first of all, since time runs.
my $seventh = edi_call('/v7/edi');
is($seventh->{status}, 202, 'before its sunset it serves');
cmp_ok(time, '<', $soon, '(the sunset has not come yet)');

# Gone.
my $old = 'Wed, 01 Jan 2020 00:00:00 GMT';
for my $path ('/v0/edi', '/v0', '/v0/', '/v0/x/y') {
    my $r = asked($s, 'POST', $path, body => 'x');
    problem_is($r, 410, 'version-withdrawn', "$path: 410 without a key");
    is_deeply(fields($r), [ '', $old, '</v1/>; rel="successor-version"' ],
        'and the successor');
    ok(!$r->{headers}{'www-authenticate'}, 'no challenge');
}
problem_is(asked($s, 'POST', '/v0/edi', body => 'x',
    headers => [ [ 'X-API-Key', 'demo.wrong' ] ]), 410, 'version-withdrawn',
    'a wrong key changes nothing');
my $r = asked($s, 'GET', '/v4/x');
problem_is($r, 410, 'version-withdrawn', 'without a successor: 410 too');
is_deeply(fields($r), [ '@1561939200', 'Wed, 01 Jan 2020 12:30:15 GMT',
    '<https://example.com/versions>; rel="deprecation"; type="text/html", '
    . '<https://example.com/versions>; rel="sunset"; type="text/html"' ],
    'its policy is named');
is(used('v0', 'acme'), 0, 'strangers are not counted as users');

# Deprecated.
my $all = [ '@1688169600', 'Sat, 30 Jun 2096 23:59:59 GMT',
    '<https://example.com/versions>; rel="deprecation"; type="text/html", '
    . '<https://example.com/versions>; rel="sunset"; type="text/html", '
    . '</v1/>; rel="successor-version"' ];
$r = edi_call('/v5/edi');
is($r->{status}, 202, 'a deprecated version serves');
is_deeply(fields($r), $all, 'its answer tells all');
is_deeply(fields(asked($s, 'POST', '/v5/edi', body => 'x')), $all,
    'a 401 tells it too');
is_deeply(fields(asked($s, 'POST', '/v5/nothing', body => 'x',
    headers => [ key($s, 'acme') ])), $all, 'so does a 404');
$r = asked($s, 'GET', '/v5/twice', headers => [ key($s, 'webshop') ]);
is($r->{status}, 200, 'an answer of a service');
is_deeply(fields($r), $all, 'tells it once, whatever redirects inside');
$r = edi_call('/v6/edi');
is_deeply(fields($r), [ '@3913142400', '', '</v1/>; rel="successor-version"' ],
    'a date to come changes nothing but the fields');
is($r->{status}, 202, 'and serves');
is_deeply(fields(edi_call('/v1/edi')), [ '', '', '' ],
    'a version without an end tells nothing');

is(used('v5', 'acme'), 2, 'users are counted, by who');
is(used('v5', 'webshop'), 1, 'each by itself');
is(used('v6', 'acme'), 1, 'and by version');
unlike(asked($s, 'GET', '/metrics', port => $s->{status_port})->{body},
    qr/version="v1"/, 'a version without an end is not counted');

# None.
for my $path ('/v2/edi', '/v99999999999999999999/edi', '/v10/edi') {
    problem_is(asked($s, 'POST', $path, body => 'x'), 404, 'version-unknown',
        "$path: 404");
}
for my $path ('/v/edi', '/vx/edi', '/v1x/edi', '/x', '/') {
    problem_is(asked($s, 'GET', $path, headers => [ key($s, 'webshop') ]), 404,
        'about:blank', "$path names no version: plain 404");
}
is(edi_call('/v1/edi')->{status}, 202, 'the served version serves');

# The sunset comes without a reload.
sleep 0.2 while time < $soon + 0.5;
$r = edi_call('/v7/edi');
problem_is($r, 410, 'version-withdrawn', 'from its sunset on it is gone');
is_deeply(fields($r), fields($seventh), 'with the fields that it always had');

# Counters outlive a reload, and a reload that adds a version.
edit($s, sub { s/xd_version v6 [^;]+;/xd_version v6 deprecated=2020-01-01;
        xd_version v8 deprecated=2020-01-01;/ });
my %first = map { $_ => 1 } workers($s);
kill 'HUP', $s->pid('gateway');
ok(eventually(10, sub { !grep { $first{$_} } workers($s) }) && link_up($s),
    'reload');
is_deeply(fields(edi_call('/v6/edi')), [ '@1577836800', '', '' ],
    'new dates hold');
is(used('v6', 'acme'), 2, 'counting goes on');
is(used('v5', 'acme'), 2, 'and nothing moved');
stop_all();

# -- named beside the path -----------------------------------------------------------

sub picking {
    my ($words) = @_;
    my $g = gateway($broker->url, edit => sub {
        s{(xd_version v1;)}{
            xd_version_from /api/ $words;
            xd_version v3 deprecated=2020-01-01;
            $1};
        s{(        location = /v1/edi \{)}{
            location /v3/ {
                xd_scope status:read;
                proxy_pass http://xd-insight;
            }
            $1};
    });
    echo_server("$g->{dir}/run/xd-insight.sock");
    link_up($g) or BAIL_OUT('no link to the fake broker');
    return $g;
}

my @words = ('header=API-Version', 'media=version', 'query=version');
$s = picking("@words default=v1");
sub asks {
    my ($path, @headers) = @_;
    return asked($s, 'GET', $path, headers => [ key($s, 'acme'), @headers ]);
}
for (
    [ '/v3/x?a=b', 'the path' ],
    [ '/api/x?a=b', 'a header', [ 'api-version', '3' ] ],
    [ '/api/x?a=b', 'with a v', [ 'API-Version', 'v3' ] ],
    [ '/api/x?a=b', 'a media type',
        [ 'Accept', 'application/json; q=1; version="3"' ] ],
    [ '/api/x?a=b&version=3', 'the query' ],
    [ '/api/x?version=1&a=b', 'the first in order', [ 'API-Version', '3' ] ],
    )
{
    my ($path, $name, @headers) = @$_;
    $r = asks($path, @headers);
    my ($seen) = $r->{body} =~ m{^GET (\S+)};
    is_deeply([ $r->{status}, $seen =~ s/\?.*//r, fields($r)->[0] ],
        [ 200, '/v3/x', '@1577836800' ], "named by $name");
}
$r = asked($s, 'POST', '/api/edi', body => edi(), headers => [
        key($s, 'acme'), [ 'Content-Type', 'application/edi-x12' ] ]);
is($r->{status}, 202, 'nothing named: the default, whose route it is');
for my $odd ('2', '3.1', 'latest', '99999', '3/../1') {
    problem_is(asks('/api/x', [ 'API-Version', $odd ]), 404,
        'version-unknown', "$odd is none");
}
problem_is(asked($s, 'GET', '/api/x', headers => [ [ 'API-Version', '3' ] ]),
    401, 'unauthenticated', 'who calls is asked as ever');
$s = picking("@words");
problem_is(asks('/api/x'), 400, 'version-missing',
    'without a default one must be named');
stop_all();

# -- nginx -t ------------------------------------------------------------------------

$s = gateway($broker->url, start => 0);
my $conf = "$s->{dir}/nginx/nginx.conf";
my $base = slurp($conf);

for (
    [ 'sunset=2020-01-01 deprecated=2020-01-02',
        qr/has a sunset before it is deprecated/ ],
    [ 'deprecated=2020-01-01T00:00:01Z sunset=2020-01-01',
        qr/has a sunset before it is deprecated/ ],
    [ 'deprecated=2020-02-30', qr/takes dates such as/ ],
    [ 'deprecated=1577836800', qr/takes dates such as/ ],
    [ 'sunset=', qr/takes dates such as/ ],
    [ 'retired=/v2/', qr/takes deprecated=, sunset=, successor= and policy=/ ],
    [ 'sunset', qr/takes/ ],
    [ 'sunset=2020-01-01 successor=v2', qr/takes the path of a successor/ ],
    [ 'sunset=2020-01-01 "successor=/v2/>; x"',
        qr/takes the path of a successor/ ],
    [ 'sunset=2020-01-01 policy=/page', qr/takes the address of a policy/ ],
    [ 'successor=/v2/', qr/without deprecated= or sunset=/ ],
    [ '; xd_version v1', qr/names a version twice/ ],
    [ '; xd_version_from api header=x', qr/takes a prefix such as/ ],
    [ '; xd_version_from /api/ cookie=x', qr/takes header=, media=/ ],
    [ '; xd_version_from /api/ default=new', qr/takes header=, media=/ ],
    [ 'deprecated=2020-01-01 sunset=2020-01-01', undef ],
    )
{
    my ($words, $what) = @$_;
    put($conf, $base =~ s/xd_version v1;/xd_version v1 $words;/r);
    local $ENV{LD_PRELOAD} = join ' ', map { chomp(my $l =
        `gcc -print-file-name=$_`); $l } qw(libasan.so libubsan.so)
        if $ENV{XD_ASAN};
    local $ENV{ASAN_OPTIONS} = 'detect_leaks=0';
    my ($status, undef, $err) = run_cmd('', $ENV{NGINX} || '/usr/sbin/nginx',
        '-t', '-p', "$s->{dir}/nginx/", '-c', $conf, '-e', '/dev/null');
    ok(defined $what ? $status != 0 && $err =~ $what : $status == 0,
        ($what ? 'refused: ' : 'taken: ') . $words) or diag($err);
}

stop_all();
done_testing();
