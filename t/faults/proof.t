# SPDX-License-Identifier: BSD-2-Clause
#
# The proof: documents go through a whole Crossdock while it is tormented in
# one way after the other, and at last in all of them at once.  Nothing that
# was answered 202 is lost, nothing is done twice, and the versions of a
# business key arrive in order.
#
# XD_LONG=1 is the long form (make faults).  XD_SEED (printed) repeats a run:
# the same documents, the same things done in the same order.  XD_NEMESIS
# names those that are wanted, such as kill,disk.  XD_DOCUMENTS is how many
# documents each gets.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Test::More;

BEGIN {
    plan skip_all => 'minutes long: make faults runs it' unless $ENV{XD_LONG};
}

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
    restart => [ [ 60, 6 ], [ 800, 40 ] ],
    kill => [ [ 150, 12 ], [ 1500, 60 ] ],
    crash => [ [ 240, 16 ], [ 2000, 90 ] ],
    workers => [ [ 80, 6 ], [ 1200, 45 ] ],
    master => [ [ 60, 6 ], [ 800, 40 ] ],
    broker => [ [ 80, 14, 2 ], [ 1200, 100, 6 ] ],
    stall => [ [ 80, 8 ], [ 1000, 60 ] ],
    silence => [ [ 60, 8 ], [ 800, 50 ] ],
    alarm => [ [ 60, 8 ], [ 800, 45 ] ],
    connections => [ [ 80, 6 ], [ 1200, 40 ] ],
    network => [ [ 140, 16 ], [ 2500, 110 ] ],
    disk => [ [ 100, 12 ], [ 1500, 75 ] ],
    clock => [ [ 60, 6 ], [ 800, 40 ] ],
    duplicates => [ [ 80, 5 ], [ 1200, 40 ] ],
    reload => [ [ 80, 6 ], [ 1200, 40 ] ],
    systems => [ [ 120, 12 ], [ 1500, 60 ] ],
    hospital => [ [ 60, 6 ], [ 800, 40 ] ],
    mixed => [ [ 150, 16 ], [ 3500, 200 ] ],
);

my $long = $ENV{XD_LONG} ? 1 : 0;
my $seed = $ENV{XD_SEED} // int(time) % 100_000;
my $begun = time;
diag "XD_SEED=$seed", $long ? ' XD_LONG=1' : '';

my $proof = Proof->new(seed => $seed, long => $long);
my @rows = @Proof::Nemesis::rows;
push @rows, Proof::mixed(@rows);
if (my $names = $ENV{XD_NEMESIS}) {
    my %want = map { $_ => 1 } split /,/, $names;
    @rows = grep { $want{ $_->{name} } } @rows;
}


# Rows are for whoever reads the output of make faults.
sub row {
    my ($row) = @_;
    print STDERR "$row\n" if $long;
    return;
}


for my $row (@rows) {
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
            seconds => $seconds, acts => $acts, rounds => $long ? 2 : 1,
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
