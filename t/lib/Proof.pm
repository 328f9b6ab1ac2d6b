# SPDX-License-Identifier: BSD-2-Clause
package Proof;

# One proof: phases, each with its documents and its nemesis, on one site.
# After each everything is mended, and every document that was ever answered
# 202 must have its effects, once, its key's versions in order.
#
#   my $proof = Proof->new(seed => 1, long => 0);
#   my $v = $proof->phase($row, documents => 100, seconds => 10);
#
# A run says on standard error what was done and what was found.

use strict;
use warnings;

use Test::More;
use Time::HiRes qw(sleep time);

use Proof::Checker;
use Proof::Dice;
use Proof::Nemesis;
use Proof::Plan;
use Proof::Senders;
use Proof::Site;
use Proof::Witness;
use XD;

my $senders = 6;


sub new {
    my ($class, %o) = @_;
    my $self = bless { %o, next => 1, documents => {}, cleanup => [] }, $class;
    $self->{site} = Proof::Site->new;
    $self->{site}->start;
    $self->{witness} = Proof::Witness->new($self->{site});
    put("$self->{site}{dir}/sent/.here", '');
    return $self;
}


# row: of Proof::Nemesis.  documents, seconds: how many over about how long;
# order_wait: how long a supplier waits for an order that he is to answer.
# rounds: how often each crash point, or which part of them; acts: at most so many.  Returns the
# verdict over all documents until now.
sub phase {
    my ($self, $row, %o) = @_;
    my $site = $self->{site};
    my $plan = Proof::Plan::plan($self->{seed}, $row->{name}, $o{documents},
        $senders, $self->{next});
    my %documents = map { $_->{n} => { %$_, accepted => 0 } }
        map { @$_ } @$plan;
    my %phase = (row => $row, from => time, done => {}, acts => 0,
        most => $o{acts} // 1e9, documents => \%documents,
        dice => Proof::Dice->new($self->{seed}, 'nemesis', $row->{name}));

    $self->{next} += $o{documents};
    $site->{documents} = { %{ $site->{documents} || {} }, %documents };
    $row->{begin}->($site, $phase{dice}, $o{rounds} // 1) if $row->{begin};
    $site->{senders} = Proof::Senders->start($plan, url =>
        $site->{s}->gateway_url, key => $site->keys_of, seed => $self->{seed},
        samples => "$root/docs/samples", dir => "$site->{dir}/sent",
        name => $row->{name}, wait => $o{order_wait} // 30,
        gap => $senders * $o{seconds} / $o{documents});

    $self->torment(\%phase);
    return $self->settle(\%phase, $o{patience} // 60);
}


# Until nobody sends any more, and everything that was done is undone.
sub torment {
    my ($self, $phase) = @_;
    my ($site, $row, $dice) = (@$self{site}, @$phase{qw(row dice)});
    my $gap = $dice->between(0.2, 0.6);
    my $next = time + $gap;
    my $look = 0;
    my @open;

    while ($site->{senders}->busy || @open) {
        my @due = grep { $_->{until} <= time } @open;
        @open = grep { $_->{until} > time } @open;
        $_->{undo}->() for @due;
        # What takes long to undo must not leave no time to live.
        $next = time + $gap if @due && $next < time + $gap;
        if (time >= $next && $phase->{acts} < $phase->{most}
            && $site->{senders}->busy)
        {
            $gap = $dice->between(@{ $row->{every} });
            push @open, $self->act($phase, $row, \@open);
            $next = time + $gap;
        }
        # Suppliers answer the orders that they have got.
        if (time > $look) {
            $self->{witness}->ledger('partner');
            $look = time + 0.5;
        }
        sleep 0.02;
    }
    $phase->{sent} = time;
    my @said = $row->{end} ? $row->{end}->($site) : ();
    $phase->{done}{$_}++ for @said;
    return;
}


# One thing is done; what must be undone later is returned.  Of the same part
# only one thing at a time.
sub act {
    my ($self, $phase, $row, $open) = @_;
    my $one = $row->{mixed} ? $phase->{dice}->pick(@{ $row->{mixed} }) : $row;
    return if grep { $_->{on} eq $one->{on} } @$open;
    return if $one->{needs} && $one->{needs}->($self->{site});
    my $did = eval { $one->{act}->($self->{site}, $phase->{dice}) };
    if (my $why = $@) {
        # What is broken already may not be there to be hit.
        die $why unless $row->{mixed};
        $phase->{done}{"$one->{name} was not possible"}++;
    }
    return unless $did;
    my ($what, $seconds, $undo) = @$did;

    $phase->{done}{$what}++;
    $phase->{acts}++;
    return unless $undo;
    return { on => $one->{on}, until => time + $seconds, undo => $undo };
}


# Waits until everything is there or somebody holds it; then a moment more,
# in which whatever would come twice has its chance.
sub settle {
    my ($self, $phase, $patience) = @_;
    my ($accepted, $answers) = $self->{site}{senders}->told;
    my $until = time + $patience;
    my $v;

    $phase->{documents}{$_}{accepted} = @{ $accepted->{$_} }
        for keys %$accepted;
    %{ $self->{documents} } = (%{ $self->{documents} },
        %{ $phase->{documents} });
    $phase->{answers} = $answers;

    do {
        sleep 0.25;
        $v = $self->judge($phase);
    } until Proof::Checker::complete($v)
        || ($phase->{row}{mends} && $self->resting($v)) || time > $until;
    $phase->{settled} = time;

    $self->mend($phase, $until) if $phase->{row}{mends};
    sleep 1;
    return $self->verdict($phase);
}


sub judge {
    my ($self) = @_;
    return Proof::Checker::check(documents => $self->{documents},
        effects => $self->{witness}->effects,
        parked => []);
}


# Nothing moves any more: what is missing is held, and a person must look.
sub resting {
    my ($self, $v) = @_;
    my $parked = $self->{witness}->parked;
    return 0 if grep { $_->{state} =~ /^[01]$/ && $_->{why} !~ /^behind/ }
        @$parked;
    my $held = Proof::Checker::check(documents => $self->{documents},
        effects => $self->{witness}->effects, parked => $parked);
    return !@{ $held->{lost} };
}


# The person looks, and says: once more.
sub mend {
    my ($self, $phase, $until) = @_;
    my $site = $self->{site};
    my $n = 0;
    $site->fault($_, '500', 0) for qw(erp wms partner);

    do {
        for my $case ($site->cases(1)) {
            my @reasons = @{ $case->{reasons} || [] };
            is(scalar(grep { $_->{code} =~ /^http\.4(?:22|01)$/ } @reasons),
                1, "case $case->{key} has its reason") unless $self->{quiet}++;
            $phase->{cases}{ $reasons[-1]{code} // '?' }++;
            $site->release($case, $n++);
        }
        sleep 0.25;
    } until Proof::Checker::complete($self->judge) || time > $until;
    return;
}


# Over all documents until now; what an earlier phase was told already is not
# told again, but a double that comes late is.
sub verdict {
    my ($self, $phase) = @_;
    my $v = Proof::Checker::check(documents => $self->{documents},
        effects => $self->{witness}->effects,
        parked => $self->{witness}->parked);
    my $died = join ', ', $self->{site}{s}->ended;

    $v->{died} = $died;
    $v->{documents} = grep { $_->{accepted} } values %{ $phase->{documents} };
    $v->{ok} = [ @{ $v->{ok} }[ ($self->{told_ok} // 0) .. $#{ $v->{ok} } ] ];
    $self->{told_ok} += @{ $v->{ok} };
    for my $what (qw(lost duplicated unexpected reordered parked recovered)) {
        $v->{$what} = [ grep { !$self->{told}{$what}{$_}++ } @{ $v->{$what} } ];
        $self->{all}{$what} += @{ $v->{$what} };
    }
    $self->{total} += $v->{documents};
    $self->say_phase($phase, $v);
    return $v;
}


sub say_phase {
    my ($self, $phase, $v) = @_;
    my $list = sub {
        my %h = %{ $_[0] || {} };
        return join(', ', map { "$_ x $h{$_}" } sort keys %h) || 'nothing';
    };
    my $name = $phase->{row}{name};
    diag sprintf "%s: sent in %.0f s, settled %.1f s later", $name,
        $phase->{sent} - $phase->{from}, $phase->{settled} - $phase->{sent};
    diag "  done: " . $list->($phase->{done});
    diag "  answers: " . $list->($phase->{answers});
    diag "  they said: " . $list->($self->{site}->complaints);
    diag "  cases released: " . $list->($phase->{cases}) if $phase->{cases};
    diag "  found: " . join ', ', map { scalar(@{ $v->{$_} }) . " $_" }
        grep { @{ $v->{$_} } }
        qw(ok recovered parked lost duplicated unexpected reordered);
    for my $what (qw(lost duplicated unexpected reordered parked)) {
        my @all = @{ $v->{$what} };
        diag "  $what: $_" for @all > 10 ? @all[0 .. 9] : @all;
    }
    diag "  died by themselves: $v->{died}" if $v->{died};
    return;
}


# Several at once: what one does alone must be possible beside others.
sub mixed {
    my @of = grep { !$_->{alone} } @_;
    my @weighed = map { ($_) x $_->{weight} } @of;
    return { name => 'mixed', on => 'mixed', every => [0.3, 1.2],
        mixed => \@weighed, end => sub {
            map { $_->{end} ? $_->{end}->(@_) : () } @of } };
}


sub stop {
    my ($self) = @_;
    $self->{site}{senders}->stop if $self->{site}{senders};
    $self->{site}->stop;
    return;
}

1;
