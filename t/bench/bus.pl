#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# bench-bus: our link as a producer against bench_producer, both with 256
# messages in flight to the same quorum queue.

use strict;
use warnings;

use FindBin qw($Bin);
use lib $Bin;
use Bench;

my $s = stage();
my $body = order();


sub measure {
    my ($program) = @_;
    return sub { produce($s, $program, $body, 40_000) };
}


my %got = steadily(sub {
    return in_turn(rounds(7), peer => measure('bench_producer'),
        ours => measure('bench_bus'));
});

row('bus_confirmed_publishes', 'msg/s', 'per_second', @got{qw(ours peer)},
    least => 1.0);
row('bus_client_cpu', 'us/msg', 'cpu_us', @got{qw(ours peer)}, most => 0.35);
