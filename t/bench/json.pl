#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# bench-json: reading the example of a sales order, checking it, and asking it
# something, against cJSON's parse and yajl's events of the same bytes.

use strict;
use warnings;

use FindBin qw($Bin);
use lib $Bin;
use Bench;

my $schemas = "$Bin/../../canonical-schemas";
my $order = "$schemas/sales-order/examples/typical.json";

if (!-x "$bin/bench_json") {
    print STDERR "bench: json is left out: its peers are not installed; call "
        . "tools/packages.sh bench, then ./configure\n";
    exit 0;
}


sub measure {
    my ($what) = @_;
    return $what => sub {
        return tool('bench_json', '--what', $what, '--file', $order,
            '--schemas', $schemas, '--ms', 150);
    };
}


pin(0, $$);

my %got = steadily(sub {
    return in_turn(rounds(21),
        map { measure($_) } qw(cjson read yajl whole condition));
});

row('json_read_cjson', '/s', 'per_second', @got{qw(read cjson)}, least => 2);
row('json_read_yajl', '/s', 'per_second', @got{qw(read yajl)}, least => 1);
row('json_order_checked', 'us', 'us', @got{qw(whole cjson)}, most => 2.5);
row('json_condition', 'us', 'us', @got{qw(condition cjson)}, most => 0.1);
