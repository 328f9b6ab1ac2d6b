# SPDX-License-Identifier: BSD-2-Clause
package Proof::Witness;

# What is found, for the judge: the ledgers of the played systems, the
# journal of xd-insight, the held tables and the hospital's queue.  Ledgers
# and journal only grow, so each look reads what came since the last.

use strict;
use warnings;

use Proof::Plan;

my %roles = (erp => 'erp', wms => 'wms', partner => 'ack');


sub new {
    my ($class, $site) = @_;
    return bless { site => $site, effects => [], last => {}, fact => {},
        control => {}, exceptions => {} }, $class;
}


# All effects until now, in the order of each place.
sub effects {
    my ($self) = @_;
    $self->ledger($_) for sort keys %roles;
    $self->journal;
    return $self->{effects};
}


sub marked {
    my ($body) = @_;
    return $body =~ /DOC(\d{7})/ ? $1 + 0 : undef;
}


sub ledger {
    my ($self, $role) = @_;
    my $last = $self->{last}{$role} // 0;
    my @rows = $self->{site}->peek("$self->{site}{dir}/sandbox/sandbox.db",
        'SELECT number, business, body FROM effect'
        . " WHERE role = '$role' AND number > $last ORDER BY number");

    for (@rows) {
        my ($number, $business, $body) = @$_;
        $self->{last}{$role} = $number;
        push @{ $self->{effects} }, $role eq 'partner'
            ? $self->outgoing($body)
            : { role => $role, n => marked($body), business => $business,
                what => $business, $body =~ /"keyVersion":(\d+)/
                ? (keyversion => $1) : () };
    }
    return;
}


# A 997 names the group that it answers; an 850 has a mark of its own.  The
# number of its interchange is never another's.
sub outgoing {
    my ($self, $body) = @_;
    my $order = $body =~ /~ST\*850\*/;
    my ($n) = $order ? marked($body) : $body =~ /\bAK1\*(?:SH|PR)\*(\d+)/;
    my ($to, $control) = $body =~
        /^ISA(?:\*[^*]*){7}\*([^*]*)(?:\*[^*]*){4}\*(\d{9})/;
    my %e = (role => $order ? 'out' : 'ack', n => $n,
        what => substr $body, 0, 120);

    if (!defined $control) {
        $e{n} = undef;
    } elsif (($self->{control}{$to}{$control} //= $n // '') ne ($n // '')) {
        $e{n} = undef;
        $e{what} = "control number $control of $to is used twice";
    }
    $self->ordered($e{n}, $body) if $order && defined $e{n};
    return \%e;
}


# For the supplier, who answers it: group and set.
sub ordered {
    my ($self, $n, $body) = @_;
    my ($gs) = $body =~ /~GS\*PO(?:\*[^*]*){4}\*(\d+)\*/;
    my ($st) = $body =~ /~ST\*850\*(\d+)~/;
    open my $f, '>', "$self->{site}{dir}/sent/850.$n" or die "850.$n: $!\n";
    print $f "$gs $st.";
    close $f or die "850.$n: $!\n";
    return;
}


# The answer to an order; it carries the order's mark.
sub answer_to {
    my ($n) = @_;
    return defined $n ? $Proof::Plan::answers + $n : undef;
}


sub journal {
    my ($self) = @_;
    my $last = $self->{last}{journal} // 0;
    my @rows = $self->{site}->peek($self->{site}->store('xd-insight'),
        'SELECT seq, document, event, key, id, body FROM fact'
        . " WHERE seq > $last ORDER BY seq");

    for (@rows) {
        my ($seq, $document, $event, $key, $id, $body) = @$_;
        $self->{last}{journal} = $seq;
        my $e = $document eq 'delivery' ? $self->delivery($event, $body)
            : $document eq 'functional-ack' && $event eq 'received'
            ? { role => 'received', n => scalar $self->acknowledged($key) }
            : $document eq 'order-response'
            ? { role => 'journal', n => answer_to(marked($body)) }
            : $document eq 'functional-ack'
            ? { role => 'journal-ack', n => $key =~ /:0*(\d+)$/ ? $1 : undef }
            : $document eq 'exception' ? $self->exception($body)
            : { role => 'journal', n => marked($body), business => $key };
        next unless $e;
        $e->{what} //= "$document $key";
        $self->{fact}{$id} = $e->{n} if $e->{role} eq 'journal';
        push @{ $self->{effects} }, $e;
    }
    $self->tell;
    return;
}


# Its key has the number of the interchange that it is about, which is an
# order's: the ledger of the partner is read first.
sub acknowledged {
    my ($self, $key) = @_;
    my ($party, $control) = $key =~ /^functional-ack:([^:]+):(\d+)$/;
    my ($to) = grep { defined $party
        && lc($_) =~ /^\Q$party\E *$/ } keys %{ $self->{control} };
    return answer_to(defined $to ? $self->{control}{$to}{$control} : undef);
}


# A delivery may be told before the fact that it is about: the two come
# through different outboxes.  It waits for its document's.
sub delivery {
    my ($self, $event, $body) = @_;
    return unless $event eq 'confirmed';
    my ($system) = $body =~ /"key":"delivery:([a-z0-9-]+):/;
    my ($ref) = $body =~ /"docRef":"([^"]+)"/;
    push @{ $self->{telling} }, [ $system, $ref ] if $system =~ /^(?:erp|wms)$/;
    return;
}


sub tell {
    my ($self) = @_;
    my @later;
    for (@{ $self->{telling} || [] }) {
        my ($system, $ref) = @$_;
        if (defined(my $n = $self->{fact}{$ref})) {
            push @{ $self->{effects} }, { role => "told-$system", n => $n };
        } else {
            push @later, $_;
        }
    }
    $self->{telling} = \@later;
    return;
}


sub exception {
    my ($self, $body) = @_;
    my ($code) = $body =~ /"code":"([^"]+)"/;
    $self->{exceptions}{ $code // '?' }++;
    return;
}


# Who holds what, and why.
sub parked {
    my ($self) = @_;
    my @parked;
    for my $daemon (@Proof::Site::daemons) {
        for ($self->{site}->peek($self->{site}->store($daemon),
            'SELECT state, lane, reasons, body FROM held ORDER BY seq'))
        {
            my ($state, $lane, $reasons, $body) = @$_;
            my ($code) = $reasons =~ /.*"code":"([^"]+)"/;
            push @parked, { daemon => $daemon, state => $state,
                place($daemon, $lane, $body),
                why => $code // "behind another of $lane" };
        }
    }
    for my $case ($self->{site}->cases) {
        my ($code) = map { $_->{code} } @{ $case->{reasons} || [] };
        push @parked, { daemon => $case->{process}, state => 'case',
            place($case->{process}, $case->{lane} // '', $case->{body}),
            why => $code };
    }
    return \@parked;
}


# Which effect is not there while this is held.
sub place {
    my ($daemon, $lane, $body) = @_;
    my ($to) = $lane =~ /^([a-z0-9-]+)>/;
    my $n = $body =~ /\bAK1\*(?:SH|PR)\*(\d+)/ ? $1
        : $body =~ /~BAK\*/ ? answer_to(marked($body)) : marked($body);
    return (n => $n) unless $daemon =~ /^(?:xd-)?http$/ && defined $to;
    return (n => $n, role => $to =~ /^(?:erp|wms)$/ ? $to
        : $body =~ /~ST\*850\*/ ? 'out' : 'ack');
}

1;
