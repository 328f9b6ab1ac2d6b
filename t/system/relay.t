# SPDX-License-Identifier: BSD-2-Clause
#
# The relay against a real broker: the Check program kills itself at every
# crash point and looks that nothing is lost, doubled or out of order.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use XD;

my ($program) = grep { -x } map { "$_/t/unit/relay/relay_live_test" }
    "$root/build/asan", $build;
$program or die "relay_live_test is not built: make SAN=1 units\n";

my $s = stage();
$s->broker;

chdir $root or die "$root: $!\n";
$ENV{XD_TEST_AMQP_URL} = $s->{amqp_url};
$ENV{XD_TEST_MGMT} = $s->{mgmt_url};
@ENV{qw(CK_TAP_LOG_FILE_NAME CK_VERBOSITY)} = ('-', 'silent');

# Its TAP is this test's.
my $status = system $program;
$s->stop;
exit($status >> 8);
