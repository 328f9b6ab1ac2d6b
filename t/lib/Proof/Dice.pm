# SPDX-License-Identifier: BSD-2-Clause
package Proof::Dice;

# Chance that is the same for the same seed, on every machine and whoever
# else throws dice in this process.

use strict;
use warnings;


# Streams of one seed are independent: Proof::Dice->new($seed, 'kill', 3).
sub new {
    my ($class, @seed) = @_;
    my $state = 2166136261;
    for (unpack 'C*', join '/', @seed) {
        $state = (($state ^ $_) * 16777619) & 0xffffffff;
    }
    my $self = bless { state => $state || 1 }, $class;
    $self->next for 1 .. 8;
    return $self;
}


sub next {
    my ($self) = @_;
    my $x = $self->{state};
    $x ^= ($x << 13) & 0xffffffff;
    $x ^= $x >> 17;
    $x ^= ($x << 5) & 0xffffffff;
    return $self->{state} = $x;
}


# 0 .. $n - 1
sub below {
    my ($self, $n) = @_;
    return $self->next % $n;
}


# $low <= x < $high
sub between {
    my ($self, $low, $high) = @_;
    return $low + ($high - $low) * $self->next / 4294967296;
}


sub chance {
    my ($self, $p) = @_;
    return $self->between(0, 1) < $p;
}


sub pick {
    my ($self, @list) = @_;
    return $list[ $self->below(scalar @list) ];
}


sub shuffled {
    my ($self, @list) = @_;
    for my $i (reverse 1 .. $#list) {
        my $j = $self->below($i + 1);
        @list[$i, $j] = @list[$j, $i];
    }
    return @list;
}

1;
