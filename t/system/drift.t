# SPDX-License-Identifier: BSD-2-Clause
#
# The broker held against the plan: whatever somebody changed there is told,
# by its name, and apply mends what can be mended.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Test::More;
use XD;

my $s = stage();
$s->broker;
$s->configure;

sub topology {
    my ($verb) = @_;
    return $s->xd('topology', $verb);
}


sub drifts {
    my ($name, @want) = @_;
    my ($status, $out) = topology('drift');
    is($status, @want ? 1 : 0, "drift: $name") or diag $out;
    like($out, $_, 'is told') for @want;
    return $out;
}

my ($status, $out) = topology('drift');
is($status, 1, 'drift before apply');
like($out, qr/^missing +queue xd\.q\.x12\.raw$/m, 'everything is missing');
$s->topology;
like(drifts('as planned'), qr/^all \d+ objects stand as planned$/m, 'says so');

my $v = 'crossdock';
ok($s->mgmt(@$_)->{success}, "$_->[0] $_->[1]") for (
    [ DELETE => "queues/$v/xd.q.doc.raw" ],
    [ PUT => "queues/$v/xd.q.http.raven.p00", '{"durable":true,"arguments":{"x-queue-type":"quorum"}}' ],
    [ PUT => "policies/$v/xd-queues", '{"pattern":"^xd\\\\.q\\\\.","definition":{"max-length":5},"priority":1,"apply-to":"queues"}' ],
    [ PUT => "permissions/$v/xd-http", '{"configure":".*","write":".*","read":".*"}' ],
    [ DELETE => 'users/xd-file' ],
    [ DELETE => "bindings/$v/e/xd.raw/q/xd.q.x12.raw/in.x12.*" ],
);
drifts('six changes',
    qr/^missing +queue xd\.q\.doc\.raw$/m,
    qr/^unplanned +queue xd\.q\.http\.raven\.p00/m,
    qr/^otherwise +policy xd-queues  its definition$/m,
    qr/^otherwise +rights of xd-http  its (?:configure|write|read)$/m,
    qr/^missing +user xd-file$/m,
    qr/^missing +binding xd\.raw in\.x12\.\* -> xd\.q\.x12\.raw/m);

($status) = topology('apply');
is($status, 0, 'apply');
$out = drifts('what is beside it stays: it may hold messages',
    qr/^unplanned +queue xd\.q\.http\.raven\.p00/m);
is(scalar(() = $out =~ /^/mg), 1, 'and nothing else is told');

{
    local $s->{mgmt_url} = 'http://127.0.0.1:1';
    is((topology('drift'))[0], 2, 'without a broker: it could not run');
}

$s->stop;
done_testing;
