#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# bench-edi: `xd lint` of clean files of 100 MB (856, 850, ORDERS) against
# sha256sum of the same file, on one core and from the page cache; tokenizing
# alone against memchr; and how much memory one interchange takes.

use strict;
use warnings;

use FindBin qw($Bin);
use lib $Bin;
use Bench;
use POSIX ();
use Time::HiRes qw(sleep);

my $dir = folder();

# Each file, and who writes it.
my %made = (
    856 => ['bench_856'],
    850 => [qw(bench_orders --set 850)],
    ORDERS => [qw(bench_orders --set ORDERS)],
);


sub generate {
    my ($name, @cmd) = @_;
    my $file = "$dir/$name.edi";
    open my $out, '>', $file or die "$file: $!\n";
    defined(my $pid = fork) or die "fork: $!\n";
    if ($pid == 0) {
        open STDOUT, '>&', $out;
        my $program = shift @cmd;
        exec "$bin/$program", @cmd or POSIX::_exit(127);
    }
    waitpid $pid, 0;
    $? == 0 or die "$cmd[0] did not write the file\n";
    return $file;
}


# A grader that found something, or looked at nothing, would be no measure.
sub lint {
    my ($file) = @_;
    my $took = timed(\my $out, "$bin/xd", 'lint', $file);
    my $accepted = () = $out
        =~ /^\Q$file\E: interchange .*: envelope A, (\d+) of \1 /mg;
    $accepted > 100 && $out =~ /: 0 fatal, 0 errors, 0 warnings, 0 infos$/
        or die "xd lint did not find the file clean:\n"
        . substr($out, -2000);
    return { seconds => $took };
}


# Megabytes that a process has had in memory at most, the mapped file included.
sub memory {
    my ($file) = @_;
    my $most = 0;
    defined(my $pid = fork) or die "fork: $!\n";
    if ($pid == 0) {
        open STDOUT, '>', '/dev/null';
        exec "$bin/xd", 'lint', $file or POSIX::_exit(127);
    }
    until (waitpid($pid, POSIX::WNOHANG()) == $pid) {
        if (open my $in, '<', "/proc/$pid/status") {
            for (<$in>) {
                $most = $1 if /^VmHWM:\s+(\d+)/ && $1 > $most;
            }
        }
        sleep 0.001;
    }
    $? == 0 && $most or die "xd lint of $file gave no figure\n";
    return $most / 1024;
}


sub limit {
    my ($name, $value, $most) = @_;
    printf "%s %.3f MB ratio=%.3f target=1 %s\n", $name, $value,
        $value / $most, $value <= $most ? 'met' : 'short';
    return;
}


my %file = map { $_ => generate($_, @{ $made{$_} }, '--megabytes', 100) }
    sort keys %made;
pin(0, $$);

my %got = steadily(sub {
    return in_turn(rounds(5), map {
        my $file = $file{$_};
        ("sha256sum $_" => sub {
            return { seconds => timed(undef, 'sha256sum', $file) };
        }, "lint $_" => sub { return lint($file) },
        "scan $_" => sub { return tool('bench_scan', '--body', $file) });
    } sort keys %file);
});

# The first row keeps the name that it had when there was no other.
for (['lint_100MB', 856], ['lint_850_100MB', 850],
    ['lint_ORDERS_100MB', 'ORDERS'])
{
    my ($name, $of) = @$_;
    row($name, 's', 'seconds', @got{"lint $of", "sha256sum $of"},
        most => 1.75);
}

for (sort keys %file) {
    my $scan = $got{"scan $_"};
    row("tokenize_$_", 's', 'seconds',
        [ map { { seconds => $_->{tokenize} } } @$scan ],
        [ map { { seconds => $_->{memchr} } } @$scan ], most => 12);
}

my %size = map { $_ => memory(generate('one', @{ $made{ORDERS} },
    '--one', 1, '--megabytes', $_)) } 1, 1000;
limit('lint_memory_1GB', $size{1000}, 24);
limit('lint_memory_growth', $size{1000} - $size{1}, 4);
