# SPDX-License-Identifier: BSD-2-Clause
#
# Guides as people write them: each t/cases/guides/NAME.yaml against NAME.edi
# says what stands in NAME.txt, with the coverage of its checks.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use File::Basename qw(basename);
use Test::More;
use XD;

my $xd = "$build/bin/xd";
-x $xd or plan skip_all => 'xd is not built';

chdir $root or die "$root: $!\n";
delete @ENV{qw(XD_CONF XD_SCHEMAS)};

my @samples = glob 't/cases/guides/*.edi';
cmp_ok(scalar @samples, '>=', 2, 'there are samples');

for my $sample (@samples) {
    my $name = basename($sample, '.edi');
    my ($wait, $out, $err) = run_cmd('', $xd, 'lint', '--coverage', '--guide',
        "t/cases/guides/$name.yaml", $sample);
    my $said = join '', map { s/^\Q$sample\E@\d+: //r }
        grep { /\[guide\.|^guide |exercised$/ } split /(?<=\n)/, $out;

    is($wait >> 8, $said =~ /^error: /m ? 1 : 0, "$name: the exit status");
    is($err, '', "$name: the guide is good");
    is($said, slurp("t/cases/guides/$name.txt"), "$name: findings and coverage");
}

done_testing();
