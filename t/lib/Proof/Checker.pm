# SPDX-License-Identifier: BSD-2-Clause
package Proof::Checker;

# The judge, pure: what was sent against what was found.
#
#   documents  { n => { n kind key version times accepted } } as planned;
#              accepted: how many of its `times` were answered 202
#   effects    [ { role n business keyversion } ] in the order in which they
#              happened; n undef: it carries no document's mark
#   parked     [ { role n why } ]: what stands in a held table or in the
#              hospital's queue, with its reason; role undef: all of them
#
# In the words of Jepsen, per document and place of effect:
#
#   ok          accepted, and its effect is there once
#   lost        accepted, no effect, and nobody holds it with a reason
#   parked      accepted, no effect yet, held with a reason
#   duplicated  more effects than there may be
#   recovered   never answered 202, and its effects are there all the same:
#               allowed, but then all of them and once
#   unexpected  an effect of nothing that was sent, under a wrong key or in a
#               wrong place
#   reordered   of one business key a later version before an earlier one

use strict;
use warnings;

# Where a document has its effects: at ERP and WMS; as an acknowledgement or
# as an 850 with the supplier; the journal has its fact, and told-X is the fact
# that X has answered; `received` is the fact of a supplier's 997.
our %wants = (
    json => [qw(erp journal told-erp)],
    edi => [qw(erp wms ack journal told-erp told-wms journal-ack)],
    po => [qw(out journal)],
    answer => [qw(ack journal journal-ack received)],
);

# Whose order per business key is promised.
my %ordered = map { $_ => 1 } qw(erp wms);


sub check {
    my (%in) = @_;
    my %v = map { $_ => [] }
        qw(ok lost parked duplicated recovered unexpected reordered);
    my $seen = seen(\%in, \%v);
    my $parked = parked(\%in);

    for my $n (sort { $a <=> $b } keys %{ $in{documents} }) {
        judge($in{documents}{$n}, $seen->{$n} || {}, $parked->{$n} || {}, \%v);
    }
    order(\%in, \%v);

    $v{documents} = grep { $_->{accepted} } values %{ $in{documents} };
    return \%v;
}


# { n => { role => count } }, without what cannot be anybody's.
sub seen {
    my ($in, $v) = @_;
    my %seen;
    for my $e (@{ $in->{effects} }) {
        my $d = defined $e->{n} ? $in->{documents}{ $e->{n} } : undef;
        my $wrong = !$d ? 'of nothing that was sent'
            : !grep({ $_ eq $e->{role} } @{ $wants{ $d->{kind} } })
            ? 'in a wrong place'
            : defined $e->{business} && $e->{business} ne $d->{key}
            ? "under the key $e->{business}, not $d->{key}" : '';
        if ($wrong) {
            push @{ $v->{unexpected} }, name($e) . ": $wrong";
            next;
        }
        $seen{ $e->{n} }{ $e->{role} }++;
    }
    return \%seen;
}


sub name {
    my ($e) = @_;
    return defined $e->{n} ? "document $e->{n} in $e->{role}"
        : "something in $e->{role} ($e->{what})";
}


# { n => { role => why } }
sub parked {
    my ($in) = @_;
    my %parked;
    for my $p (@{ $in->{parked} || [] }) {
        my $d = defined $p->{n} ? $in->{documents}{ $p->{n} } : undef;
        next unless $d && $p->{why};
        $parked{ $p->{n} }{$_} = $p->{why}
            for defined $p->{role} ? $p->{role} : @{ $wants{ $d->{kind} } };
    }
    # The system cannot have told of what it has not done.
    for my $roles (values %parked) {
        $roles->{"told-$_"} //= $roles->{$_}
            for grep { !/^(?:told|journal)/ } keys %$roles;
    }
    return \%parked;
}


sub judge {
    my ($d, $seen, $parked, $v) = @_;
    my @want = @{ $wants{ $d->{kind} } };
    my $good = 1;
    # Never accepted and nowhere seen or held: it was not taken.
    return unless $d->{accepted} || %$seen || %$parked;

    for my $role (@want) {
        my $most = $role eq 'ack' ? $d->{times} : 1;
        my $least = $role eq 'ack' ? $d->{accepted} || 1 : 1;
        my $have = $seen->{$role} // 0;
        my $where = "document $d->{n} ($d->{key} version $d->{version}) "
            . "in $role: $have";
        if ($have > $most) {
            push @{ $v->{duplicated} }, $where;
        } elsif ($have >= $least) {
            next;
        } elsif ($parked->{$role}) {
            push @{ $v->{parked} }, "$where, held: $parked->{$role}";
        } else {
            push @{ $v->{lost} }, $where;
        }
        $good = 0;
    }

    if ($good) {
        push @{ $v->{ $d->{accepted} ? 'ok' : 'recovered' } },
            "document $d->{n}";
    }
    return;
}


# The versions of a key must come in order, and under the number that its
# order gives it, at each system.  An effect that comes twice is judged by its
# first time: the second is a double and no matter of order.
sub order {
    my ($in, $v) = @_;
    my (%last, %done);
    for my $e (@{ $in->{effects} }) {
        my $d = defined $e->{n} ? $in->{documents}{ $e->{n} } : undef;
        next unless $d && $ordered{ $e->{role} };
        next if $done{ $e->{role} }{ $e->{n} }++;

        my $last = \$last{ $e->{role} }{ $d->{key} };
        my $where = name($e) . " ($d->{key})";
        if (defined $$last && $d->{version} < $$last) {
            push @{ $v->{reordered} },
                "$where: version $d->{version} after $$last";
        } elsif (defined $e->{keyversion}
            && $e->{keyversion} != $d->{version})
        {
            push @{ $v->{reordered} }, "$where: version $d->{version} was "
                . "numbered $e->{keyversion}";
        }
        $$last = $d->{version} unless defined $$last && $$last > $d->{version};
    }
    return;
}


# Nothing lost, doubled, out of order, or out of nowhere.
sub good {
    my ($v) = @_;
    return !grep { @{ $v->{$_} } } qw(lost duplicated unexpected reordered);
}


# All effects are there: nothing is missing, not even with a reason.
sub complete {
    my ($v) = @_;
    return !@{ $v->{lost} } && !@{ $v->{parked} };
}


sub row {
    my ($name, $v) = @_;
    return sprintf '%s documents=%d lost=%d duplicated=%d order=%s %s', $name,
        $v->{documents}, scalar @{ $v->{lost} },
        scalar @{ $v->{duplicated} }, @{ $v->{reordered} } ? 'broken' : 'kept',
        good($v) ? 'met' : 'short';
}

1;
