# SPDX-License-Identifier: BSD-2-Clause
#
# `xd map` of XML: what no map or reader may fall over is told with its place,
# and what is good comes back.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use JSON::PP qw(decode_json);
use Test::More;
use XD;

my $xd = "$build/bin/xd";
-x $xd or plan skip_all => 'xd is not built';

my $dir = tmp();
my $ns = 'urn:oasis:names:specification:ubl:schema:xsd';
my $good = <<"XML";
<?xml version="1.0" encoding="UTF-8"?>
<Order xmlns="$ns:Order-2" xmlns:c="$ns:CommonBasicComponents-2" xmlns:a="$ns:CommonAggregateComponents-2">
  <c:ID>PO-7</c:ID>
  <c:IssueDate>2026-05-14</c:IssueDate>
  <c:DocumentCurrencyCode>EUR</c:DocumentCurrencyCode>
  <a:BuyerCustomerParty><a:Party>
    <a:PartyIdentification><c:ID schemeID="0088">4012345000016</c:ID></a:PartyIdentification>
    <a:PartyName><c:Name>B\xc3\xbcro</c:Name></a:PartyName>
  </a:Party></a:BuyerCustomerParty>
  <a:SellerSupplierParty><a:Party><a:PartyName><c:Name>S</c:Name></a:PartyName></a:Party></a:SellerSupplierParty>
  <a:AnticipatedMonetaryTotal>
    <c:LineExtensionAmount currencyID="EUR">4</c:LineExtensionAmount>
    <c:PayableAmount currencyID="EUR">4</c:PayableAmount>
  </a:AnticipatedMonetaryTotal>
  <a:OrderLine><a:LineItem>
    <c:ID>1</c:ID><c:Quantity unitCode="EA">2</c:Quantity>
    <a:Price><c:PriceAmount currencyID="EUR">2</c:PriceAmount></a:Price>
    <a:Item><c:Name>Pen</c:Name><a:SellersItemIdentification><c:ID>9</c:ID></a:SellersItemIdentification></a:Item>
  </a:LineItem></a:OrderLine>
</Order>
XML


sub mapped {
    my ($bytes, @args) = @_;

    put("$dir/in.xml", $bytes);

    return run_cmd('', $xd, 'map', "$dir/in.xml", @args);
}


# -- what is good ---------------------------------------------------------------

my ($status, $out, $err) = mapped($good);
my $doc = decode_json($out);
is($status, 0, 'an order is read') or diag $err;
is($doc->{orderNo}, 'PO-7', '... as a sales order');
is($doc->{buyer}{gln}, '4012345000016', '... by numbers that are proved');
is($doc->{meta}{origin}{standard}, 'UBL/2.1', '... and says what it came from');

($status, $out) = mapped($good, '--to', 'ubl:Order/2.1');
is($status >> 8, 1, 'a customer\'s order is none of ours');

($status, $out, $err) = mapped($good =~ s/4012345000016/4012345000017/r);
like($err, qr/in\.xml:7:\d+: warning: \/Order\/.*cbc:ID: .*check digit/,
    'a finding has line, column and XPath');

($status, $out, $err) = mapped($good =~ s/>2<\/c:Quantity/>x<\/c:Quantity/r);
is($status >> 8, 1, 'a line without a quantity is refused');
like($err, qr{in\.xml:1\d:\d+: error: /lines/0/qty}, '... where it is missing');

($status, $out, $err) = mapped("<unknown/>");
like($err, qr/no map reads the element unknown/, 'other elements are told');


# -- what is not ----------------------------------------------------------------

my $bomb = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>"
    . join('', map { "<!ENTITY a$_ '" . ('&a' . ($_ ? $_ - 1 : '') . ';') x 10 . "'>" }
        1 .. 9) . "]><a>&a9;</a>";
my @bad = (
    [ 'entities in entities', $bomb, 'xml.doctype' ],
    [ 'a file of ours', "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
        . '<a>&x;</a>', 'xml.doctype' ],
    [ 'an entity of a DTD that is elsewhere',
        "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a>&x;</a>",
        'xml.entity' ],
    [ '10,000 elements in each other',
        '<a>' x 10_000 . '</a>' x 10_000, 'xml.depth' ],
    [ 'an attribute of a megabyte',
        '<a b="' . 'x' x 1_000_000 . '"/>', 'xml.value' ],
    [ 'bytes of another encoding', $good =~ s/\xc3\xbc/\xfc/r, 'xml.bytes' ],
    [ 'a text that ends in an element', substr($good, 0, 900), 'xml.' ],
);

for my $case (@bad) {
    my ($what, $bytes, $rule) = @$case;

    ($status, $out, $err) = mapped($bytes);
    is($status >> 8, 1, "$what: refused");
    is($out, '', '... no document');
    like($err, qr/in\.xml:\d+:\d+: error: .*\[\Q$rule\E/, '... with its place');
}

($status, $out, $err) =
    mapped($good =~ s/<Order/<!DOCTYPE Order SYSTEM "o.dtd">\n<Order/r);
is($status, 0, 'a DTD that is only named is passed over') or diag $err;


# A text of 20 MB needs no more than some times its size.
my ($line) = $good =~ m{(  <a:OrderLine>.*</a:OrderLine>\n)}s;
my $lines = $line x 9_999;
put("$dir/large.xml", $good =~ s/\Q$line\E/$lines/r);
($status, $out, $err) = run_cmd('', '/bin/sh', '-c',
    "ulimit -v 1500000; exec $xd map $dir/large.xml");
ok(length($out) > 1_000_000, 'an order of 9,999 lines is read')
    or diag substr($err, 0, 300);

done_testing();
