# SPDX-License-Identifier: BSD-2-Clause
#
# The reader of HTTP answers alone, by answer_check.c: its TAP is this file's.

use strict;
use warnings;

use XD;

my $cc = $ENV{CC} || 'cc';
my $dir = tmp();
my $seed = $ENV{XD_SEED} || time;
my ($status, undef, $err) = run_cmd('', $cc, qw(-std=c11 -D_GNU_SOURCE -O1 -g
    -Wall -Wextra -Wconversion -Werror -fsanitize=undefined -fsanitize=address
    -fno-sanitize-recover=undefined), "-I$root/modules", "-I$root/src", '-o',
    "$dir/check", "$root/t/gateway/answer_check.c",
    "$root/modules/ngx_xd_answer.c", "$root/src/base/str.c");
$status == 0 or die "$cc:\n$err";

print "# XD_SEED=$seed\n";
($status, my $out, $err) = run_cmd('', "$dir/check", $seed);
print $out;
print STDERR $err;
exit($status == 0 ? 0 : 1);
