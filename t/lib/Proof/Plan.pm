# SPDX-License-Identifier: BSD-2-Clause
package Proof::Plan;

# The generator: which documents are sent, by whom, and in which order, all
# from the seed.  A business key belongs to one sender, who posts its versions
# one after the other, so that their order can be judged.
#
# A document:
#   n        its number in the whole proof; DOC%07d stands in its body
#   kind     edi (an 856 in), json (a sales order in) or po (a purchase order
#            of the ERP, which goes out to the supplier as an 850)
#   party    who sends it; key: its business key; version: 1, 2, ...
#   times    how often it is posted as a thing of its own (an interchange that
#            a supplier sends again is answered again, and nothing else)
#   gives_up the sender dies after one try: nobody knows what became of it

use strict;
use warnings;

use Proof::Dice;

our @partners = qw(acme globex);
our @consumers = qw(webshop market);
our $buyer = 'erp-out';

my %samples;

# What a key begins with.
my %document = (edi => 'shipment', json => 'sales-order',
    po => 'purchase-order');


# Documents by their senders: plan(seed, phase, count, senders, first n).
sub plan {
    my ($seed, $phase, $count, $senders, $first) = @_;
    my @plan = map { [] } 1 .. $senders;
    my @open = map { { edi => [], json => [], po => [] } } 1 .. $senders;
    my $dice = Proof::Dice->new($seed, 'plan', $phase);

    for my $n ($first .. $first + $count - 1) {
        my $who = $dice->below($senders);
        push @{ $plan[$who] }, document($dice, $n, $who, $open[$who]);
    }
    return \@plan;
}


# Two of five are a later version of one of the sender's last keys.  An order
# is placed once.
sub document {
    my ($dice, $n, $who, $open) = @_;
    my $kind = $dice->pick(qw(edi edi edi json json json po));
    my $key = $kind ne 'po' && $dice->chance(0.4) && @{ $open->{$kind} }
        ? $dice->pick(@{ $open->{$kind} })
        : key_new($n, $kind, $who, $open->{$kind});
    my %d = (n => $n, kind => $kind, key => $key->{name},
        number => $key->{number}, party => $key->{party},
        version => ++$key->{version}, times => 1);

    if ($d{version} == 1 && $dice->chance(0.02)) {
        # Whoever gives up must not go on with that key: no order is promised
        # after a document of which nobody knows whether it was taken.
        $d{gives_up} = 1;
        @{ $open->{$kind} } = grep { $_ != $key } @{ $open->{$kind} };
    } elsif ($kind eq 'edi' && $dice->chance(0.03)) {
        $d{times} = 2;
    }
    return \%d;
}


sub key_new {
    my ($n, $kind, $who, $open) = @_;
    my $parties = $kind eq 'edi' ? \@partners : $kind eq 'json'
        ? \@consumers : [ $buyer ];
    my $party = $parties->[ $who % @$parties ];
    my $number = $kind eq 'po' ? marker($n) : sprintf 'PRF-%07d', $n;
    my %key = (number => $number, party => $party, version => 0,
        name => "$document{$kind}:$party:$number");
    push @$open, \%key;
    shift @$open if @$open > 5;
    return \%key;
}


sub marker { return sprintf 'DOC%07d', $_[0] }


# (path, content type, body)
sub request {
    my ($samples, $d) = @_;
    %samples = map { $_ => slurp("$samples/$_") } qw(856.edi order.json)
        unless %samples;
    my $mark = marker($d->{n});

    return ('/v1/purchase-orders', 'application/json', order($d))
        if $d->{kind} eq 'po';

    if ($d->{kind} eq 'json') {
        (my $body = $samples{'order.json'}) =~ s/WEB-1001/$d->{number}/;
        $body =~ s/pay_8812/$mark/ or die "no place for the mark\n";
        return ('/v1/sales-orders', 'application/json', $body);
    }

    my $control = sprintf '%09d', $d->{n};
    my $sender = sprintf '%-15s', uc $d->{party};
    my $id = uc $d->{party};
    (my $body = $samples{'856.edi'}) =~ s/\b000000905\b/$control/g;
    $body =~ s/\*905(?=[*~])/*$d->{n}/g;
    $body =~ s/ACME {11}/$sender/ or die "no sender to replace\n";
    $body =~ s/\*SH\*ACME\*/*SH*$id*/ or die "no sender to replace\n";
    $body =~ s/SHP-20260814-7/$d->{number}/ or die "no number to replace\n";
    $body =~ s/BOL7731942/$mark/ or die "no place for the mark\n";
    return ('/v1/edi', 'application/edi-x12', $body);
}


sub order {
    my ($d) = @_;
    return <<"X";
{ "poNo": "$d->{number}", "buyerGln": "4012345000016",
  "supplier": { "altIds": [ { "scheme": "duns", "value": "123456789" } ] },
  "shipTo": { "gln": "9436465792104" }, "orderDate": "2026-05-04",
  "ccy": "EUR", "lines": [ { "lineNo": 1,
    "item": { "gtin": "04012345001013" },
    "qty": { "value": "240", "uom": "EA" },
    "netPrice": { "amount": "8.00", "ccy": "EUR" } } ] }
X
}


sub slurp {
    my ($path) = @_;
    open my $f, '<:raw', $path or die "$path: $!\n";
    local $/;
    return scalar <$f>;
}

1;
