#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# run.pl JOBS FILE... [-- FILE...] - run test programs (TAP) and Perl files
#
# The first files run JOBS at once, those behind "--" one after the other.
# Closes with one line, "N passed, N failed, N skipped", that counts tests,
# not files.  A file that is not there, does not start, dies, or prints no
# test is a failure.

use strict;
use warnings;

use FindBin qw($Bin);
use TAP::Harness;

my $started = time;
my $jobs = shift // die "usage: run.pl JOBS FILE... [-- FILE...]\n";
my (@together, @alone);
my $list = \@together;

for (@ARGV) {
    $_ eq '--' ? $list = \@alone : push @$list, $_;
}
@together || @alone or die "run.pl: no files\n";

@ENV{qw(CK_TAP_LOG_FILE_NAME CK_VERBOSITY)} = ('-', 'silent');
$ENV{CK_DEFAULT_TIMEOUT} //= 120;
$ENV{CROSSDOCK_CORPUS} //= "$Bin/../../../shared/corpus";
$ENV{PERL5LIB} = join ':', $Bin, "$Bin/../../tools/lib",
    $ENV{PERL5LIB} // ();

my ($passed, $failed, $skipped, %reason) = (0, 0, 0);


sub run_files {
    my ($at_once, @files) = @_;
    my @present = grep { /\.t$/ ? -r : -x } @files;
    my %present = map { $_ => 1 } @present;

    for (grep { !$present{$_} } @files) {
        print "not built: $_\n";
        $failed++;
    }
    @present or return;

    my $all = TAP::Harness->new({
        jobs => $at_once, timer => 1, failures => 1, errors => 1,
        verbosity => $ENV{XD_VERBOSE} ? 1 : 0,
        exec => sub {
            my (undef, $f) = @_;
            $f =~ /\.t$/ ? [$^X, '-w', $f] : [$f];
        },
    })->runtests(@present);

    $skipped += $all->skipped;
    $failed += $all->failed;
    $passed += $all->passed - $all->skipped;

    for my $p ($all->parsers) {
        if (defined(my $why = $p->skip_all)) {
            $skipped++;
            $reason{$why}++;
        } elsif (!$p->failed && ($p->parse_errors || $p->exit || $p->wait
            || !$p->tests_run))
        {
            $failed++;
        }
    }
    return;
}


run_files($jobs, @together);
run_files(1, @alone);

print "skipped: $_\n" for sort keys %reason;
printf "%d seconds\n", time - $started;
printf "%d passed, %d failed, %d skipped\n", $passed, $failed, $skipped;
exit($failed || !$passed ? 1 : 0);
