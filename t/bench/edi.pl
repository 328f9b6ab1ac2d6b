#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# bench-edi: `xd lint` of a clean 856 of 100 MB against sha256sum of the same
# file, both on one core and from the page cache.

use strict;
use warnings;

use FindBin qw($Bin);
use lib $Bin;
use Bench;

my $file = folder() . '/856.edi';


sub generate {
    open my $out, '>', $file or die "$file: $!\n";
    defined(my $pid = fork) or die "fork: $!\n";
    if ($pid == 0) {
        open STDOUT, '>&', $out;
        exec "$bin/bench_856", '--megabytes', 100 or POSIX::_exit(127);
    }
    waitpid $pid, 0;
    $? == 0 or die "bench_856 did not write the file\n";
    return;
}


# A grader that found something, or looked at nothing, would be no measure.
sub lint {
    my $took = timed(\my $out, "$bin/xd", 'lint', $file);
    my $accepted = () = $out =~ /^\Q$file\E: interchange .*: A$/mg;
    $accepted > 100 && $out =~ /: 0 fatal, 0 errors, 0 warnings, 0 infos$/
        or die "xd lint did not find the file clean:\n"
        . substr($out, -2000);
    return { seconds => $took };
}


generate();
pin(0, $$);

my %got = steadily(sub {
    return in_turn(rounds(7),
        sha256sum => sub {
            return { seconds => timed(undef, 'sha256sum', $file) };
        },
        lint => \&lint);
});

row('lint_100MB', 's', 'seconds', @got{qw(lint sha256sum)}, most => 2.5);
