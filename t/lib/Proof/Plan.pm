# SPDX-License-Identifier: BSD-2-Clause
package Proof::Plan;

# The generator: which documents are sent, by whom, and in which order, all
# from the seed.  A business key belongs to one sender, who posts its versions
# one after the other, so that their order can be judged.
#
# A document:
#   n        its number in the whole proof; DOC%07d stands in its body
#   kind     edi (an 856 in), json (a sales order in) or po (a purchase order
#            of the ERP, which goes out to the supplier as an 850), or answer
#            (the supplier's 997 and 855 to it, once it has the 850)
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

# An answer has the number of its order, and this.
our $answers = 5_000_000;
my $answer_after = 5;

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
    return [ map { answered(@$_) } @plan ];
}


# Orders are answered by their supplier, some documents later.
sub answered {
    my (@list, @due);
    for my $d (@_) {
        push @list, $d;
        push @due, { n => $answers + $d->{n}, of => $d->{n}, kind => 'answer',
            key => "order-response:$partners[0]:$d->{number}",
            number => $d->{number}, party => $partners[0], version => 1,
            times => 1, after => @list + $answer_after }
            if $d->{kind} eq 'po' && !$d->{gives_up};
        push @list, shift @due while @due && $due[0]{after} <= @list;
    }
    return [ @list, @due ];
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
    return ('/v1/edi', 'application/edi-x12', answer($d))
        if $d->{kind} eq 'answer';

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


# An interchange of two groups: a 997 about the 850 (whose numbers are in
# {about}) and an 855.
sub answer {
    my ($d) = @_;
    my ($gs, $st) = @{ $d->{about} };
    my $isa = sprintf '%09d', $d->{n};
    my $fa = 100_000_000 + $d->{n};
    return 'ISA*00*          *00*          *ZZ*ACME           *ZZ*'
        . "CROSSDOCK      *260505*0915*U*00401*$isa*0*P*>~"
        . "GS*FA*ACME*CROSSDOCK*20260505*0915*$fa*X*004010~ST*997*0001~"
        . "AK1*PO*$gs~AK2*850*$st~AK5*A~AK9*A*1*1*1~SE*6*0001~GE*1*$fa~"
        . "GS*PR*ACME*CROSSDOCK*20260505*0915*$d->{n}*X*004010~ST*855*0001~"
        . "BAK*00*AC*$d->{number}*20260504****SO-$d->{of}*20260505~"
        . 'PO1*1*240*EA*8**UP*012345001013~ACK*IA*240*EA~CTT*1~SE*6*0001~'
        . "GE*1*$d->{n}~IEA*2*$isa~";
}


sub slurp {
    my ($path) = @_;
    open my $f, '<:raw', $path or die "$path: $!\n";
    local $/;
    return scalar <$f>;
}

1;
