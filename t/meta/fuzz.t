# SPDX-License-Identifier: BSD-2-Clause
#
# Every reader of foreign bytes stands ten seconds of libFuzzer.

use strict;
use warnings;

use Test::More;
use XD;

chdir $root or die "$root: $!\n";

my ($status, $out, $err) = run_cmd('', 'sh', 'tools/fuzz.sh', 'short');
plan skip_all => $err =~ s/\s+\z//r if $status >> 8 == 77;

my %row = map { /^fuzz-(\w+) (.*)/ ? ($1 => $2) : () } split /\n/, $out;

for my $source (glob 't/fuzz/*.c') {
    my ($target) = $source =~ m{([^/]+)\.c$};
    like($row{$target} // 'not run', qr/ met$/, "$target: no crash");
}
is($status, 0, 'tools/fuzz.sh says so too') or diag "$out$err";

done_testing;
