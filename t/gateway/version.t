# SPDX-License-Identifier: BSD-2-Clause
#
# A retired version says so to anyone, before a key is looked at.

use strict;
use warnings;

use Test::More;

use Gateway;
use XD;

my $broker = fake();
my $s = gateway($broker->url, edit => sub {
    s{(xd_version v1;)}{xd_version v0 retired=/v1/;\n        $1};
});
link_up($s) or BAIL_OUT('no link to the fake broker');

for my $path ('/v0/edi', '/v0', '/v0/', '/v0/x/y') {
    my $r = asked($s, 'POST', $path, body => 'x');
    problem_is($r, 410, 'version-withdrawn', "$path: 410 without a key");
    is_deeply($r->{headers}{link}, ['</v1/>; rel="successor-version"'],
        'and the successor');
}
problem_is(asked($s, 'POST', '/v0/edi', body => 'x',
    headers => [ [ 'X-API-Key', 'demo.wrong' ] ]), 410, 'version-withdrawn',
    'a wrong key changes nothing');

for my $path ('/v2/edi', '/v99999999999999999999/edi', '/v10/edi') {
    problem_is(asked($s, 'POST', $path, body => 'x'), 404, 'version-unknown',
        "$path: 404");
}
for my $path ('/v/edi', '/vx/edi', '/v1x/edi', '/x', '/') {
    problem_is(asked($s, 'GET', $path, headers => [ key($s, 'webshop') ]), 404,
        'about:blank', "$path names no version: plain 404");
}
is(asked($s, 'POST', '/v1/edi', body => edi(), headers => [ key($s, 'acme'),
    [ 'Content-Type', 'application/edi-x12' ] ])->{status}, 202,
    'the served version serves');

stop_all();
done_testing();
