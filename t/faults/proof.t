# SPDX-License-Identifier: BSD-2-Clause
#
# The proof: documents go through a whole Crossdock while it is tormented in
# one way after the other, and at last in all of them at once.  Nothing that
# was answered 202 is lost, nothing is done twice, and the versions of a
# business key arrive in order.
#
# XD_LONG=1 is the long form (make faults): everything.  The short form (make
# check) takes those that hit hardest, and one more that the seed chooses.
# XD_SEED (printed) repeats a run: the same documents, the same things done
# in the same order.  XD_NEMESIS names those that are wanted, such as
# kill,disk.  XD_DOCUMENTS is how many documents each gets.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Test::More;

# Disks of our own are mounted where nobody else sees them: they go with the
# last process that looks.
BEGIN {
    if ($> == 0 && !defined $ENV{XD_PROOF_MOUNTS}) {
        $ENV{XD_PROOF_MOUNTS} =
            system('unshare --mount true > /dev/null 2>&1') == 0 ? 1 : 0;
        exec 'unshare', '--mount', $^X, '-w', $0 if $ENV{XD_PROOF_MOUNTS};
    }
}

use Proof;
use XD;

# name => short [documents, seconds, things done at most], and long
my %size = (
    restart => [ [ 60, 5 ], [ 1100, 30 ] ],
    kill => [ [ 80, 6 ], [ 2000, 50 ] ],
    crash => [ [ 120, 8 ], [ 2000, 70 ] ],
    workers => [ [ 80, 5 ], [ 1500, 35 ] ],
    master => [ [ 60, 5 ], [ 1000, 30 ] ],
    broker => [ [ 80, 8, 2 ], [ 1200, 50, 4 ] ],
    stall => [ [ 80, 6 ], [ 1000, 35 ] ],
    silence => [ [ 60, 6, 3 ], [ 800, 25, 8 ] ],
    alarm => [ [ 60, 6, 2 ], [ 800, 30, 6 ] ],
    connections => [ [ 80, 5 ], [ 1200, 30 ] ],
    network => [ [ 80, 6, 5 ], [ 1800, 50, 36 ] ],
    disk => [ [ 80, 8 ], [ 1200, 45 ] ],
    clock => [ [ 60, 5 ], [ 1000, 30 ] ],
    duplicates => [ [ 80, 4 ], [ 1500, 30 ] ],
    reload => [ [ 80, 5 ], [ 1500, 30 ] ],
    systems => [ [ 100, 8, 14 ], [ 1200, 40, 70 ] ],
    hospital => [ [ 60, 5, 7 ], [ 800, 30, 40 ] ],
    mixed => [ [ 120, 10, 10 ], [ 2000, 90, 110 ] ],
);

# What the short form always does (of the crash points a part); one more
# comes from the seed.
my @always = qw(kill crash broker network reload);
my $more = 1;

my $long = $ENV{XD_LONG} ? 1 : 0;
my $seed = $ENV{XD_SEED} // int(time) % 100_000;
my $begun = time;
diag "XD_SEED=$seed", $long ? ' XD_LONG=1' : '';


# By name, in the order of the table, in which `mixed` is the last.
sub rows {
    my @rows = @Proof::Nemesis::rows;
    push @rows, Proof::mixed(@rows);
    my @names = $ENV{XD_NEMESIS} ? split /,/, $ENV{XD_NEMESIS}
        : $long ? map { $_->{name} } @rows : short(@rows);
    my %want = map { $_ => 1 } @names;
    return grep { $want{ $_->{name} } } @rows;
}


sub short {
    my %always = map { $_ => 1 } @always;
    my @others = grep { !$always{$_} } map { $_->{name} } @_;
    my @mixed = Proof::Dice->new($seed, 'short')->shuffled(@others);
    return @always, @mixed[0 .. $more - 1];
}


# Rows are for whoever reads the output of make faults: lines that a reader
# of TAP passes over.
sub row {
    my ($row) = @_;
    Test::More->builder->output->print("$row\n");
    return;
}


my $proof = Proof->new(seed => $seed, long => $long);
for my $row (rows()) {
    my $name = $row->{name};
    SKIP: {
        my $why = $row->{needs} && $row->{needs}->($proof->{site});
        if ($why) {
            row("# $name is left out: $why");
            skip "$name: $why", 3;
        }
        my ($documents, $seconds, $acts) = @{ $size{$name}[$long] };
        my $v = $proof->phase($row,
            documents => $ENV{XD_DOCUMENTS} // $documents,
            seconds => $seconds, acts => $acts, rounds => $long ? 2 : 0.4,
            patience => $long ? 120 : 60);
        row(Proof::Checker::row($name, $v));
        ok(Proof::Checker::good($v),
            "$name: nothing lost, doubled or out of order");
        ok(Proof::Checker::complete($v), "$name: everything arrived");
        is($v->{died}, '', "$name: nobody died by themselves");
    }
}

my $total = $proof->{total} // 0;
cmp_ok($total, '>=', 20_000, 'at least 20,000 documents')
    if $long && !$ENV{XD_NEMESIS};
my %all = map { $_ => $proof->{all}{$_} // 0 }
    qw(lost duplicated unexpected reordered);
row(sprintf 'all documents=%d lost=%d duplicated=%d order=%s %s', $total,
    @all{qw(lost duplicated)}, $all{reordered} ? 'broken' : 'kept',
    (grep { $all{$_} } keys %all) ? 'short' : 'met');
diag sprintf '%d documents in %d s', $total, time - $begun;

$proof->stop;
done_testing;
