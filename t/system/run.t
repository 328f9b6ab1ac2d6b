# SPDX-License-Identifier: BSD-2-Clause
#
# `make run` as its user sees it: a table of what came out, nothing left
# behind, and a second time over what the first has left on disk.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Test::More;
use XD;

my $dir = tmp();
my %port = map { $_ => XD::Stage->free_port } qw(XD_PORT XD_STATUS_PORT
    XD_SANDBOX_PORT);


sub run {
    my (%env) = @_;
    local @ENV{ keys %env } = values %env;
    delete local @ENV{qw(XD_AMQP_URL XD_AMQP_MGMT_URL)};
    return run_cmd('', $^X, "-I$root/tools/lib", "$root/tools/run.pl");
}


for my $time ('the first time', 'a second time') {
    my ($status, $out, $err) = run(%port, XD_ONCE => 1, XD_RUN_DIR => $dir);
    is($status, 0, "$time it runs") or diag $out, $err;
    like($out, qr/^shipment +\S+ +erp +ERP-\d+ +997 A /m,
        'the shipment is in the ERP, and its 997 was sent');
    like($out, qr/^shipment +\S+ +wms +WMS-\d+ /m, 'and in the WMS');
    like($out, qr/^shipment +DES-\S+ +erp +ERP-\d+ +contrl A /m,
        'one of EDIFACT is in the ERP, and its CONTRL was sent');
    like($out, qr/^sales-order +\S+ +erp +ERP-\d+ /m, 'the order too');
    like($out, qr/^stopped$/m, 'and it stops');
    my @left = grep { m{\Q$dir\E} && !/ps -/ } `ps -eo args=`;
    is_deeply(\@left, [], 'nothing is left behind');
}

my ($status, undef, $err) = run(%port, XD_PORT => 'abc', XD_RUN_DIR => $dir);
isnt($status, 0, 'a port that is none');
like($err, qr/XD_PORT is a port number/, 'is named');

my $taken = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1')
    or die "listen: $!\n";
($status, undef, $err) =
    run(%port, XD_PORT => $taken->sockport, XD_RUN_DIR => $dir);
isnt($status, 0, 'a port that is taken');
like($err, qr/port \d+ of 127\.0\.0\.1 is taken; choose another .*XD_PORT=\d+/,
    'is named, with a free one');

done_testing;
