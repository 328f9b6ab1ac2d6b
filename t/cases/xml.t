# SPDX-License-Identifier: BSD-2-Clause
#
# The XML form on the command line: checked as JSON is, and written.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Encode qw(decode encode);
use Test::More;
use XD;

my $xd = "$build/bin/xd";
-x $xd or plan skip_all => 'xd is not built';

chdir $root or die "$root: $!\n";
delete @ENV{qw(XD_CONF XD_SCHEMAS)};
my $dir = tmp();


sub check {
    my ($status, $out, $err) = run_cmd('', $xd, 'check', @_);
    return ($status >> 8, $out, $err);
}


# Every example to XML, and from there to the JSON that it would be written as.
my @lost;
my @examples = grep { !m{/system-of-record/} }     # no document of the bus
    glob 'canonical-schemas/*/examples/*.json';
cmp_ok(scalar @examples, '>=', 102, 'there are examples');
for my $file (@examples) {
    my ($good, $xml, $said) = check('--to', 'xml', $file);
    my (undef, $json) = check('--to', 'json', $file);
    put("$dir/one.xml", $xml);
    my ($back, $again, $more) = check('--to', 'json', "$dir/one.xml");
    push @lost, "$file: $said$more"
        unless $good == 0 && $back == 0 && $json ne '' && $again eq $json;
}
is(join('', @lost), '', 'every example goes to XML and comes back');

my ($status, $out, $err) =
    check('--to', 'xml', 'canonical-schemas/sales-order/examples/typical.json');
my $good = $out;
put("$dir/good.xml", $good);
is_deeply([ check("$dir/good.xml") ], [ 0, '', '' ], 'XML is checked in silence');


# Each change of the good document, and what is said of it.
my @wrong = (
    [ 's{\n  <ccy>EUR}{\n  <ccy>EURO}',
        qr{^\S+good\.xml:\d+:3: error: /ccy: .*\[ccy\]\n\z}, 'a wrong code' ],
    [ 's{\n  <ccy>EUR</ccy>}{}', qr{ /: .*|ccy.*\[required\]}, 'a missing member' ],
    [ 's{\n  <ccy>}{\n  <shipto>x</shipto>\n  <ccy>}',
        qr{:3: error: /shipto: .*did you mean "shipTo"\?}, 'an unknown member' ],
    [ 's{<lineNo>1<}{<lineNo>one<}', qr{/lines/0/lineNo: .*\[type\]},
        'a text for a number' ],
    [ 's{<ccy>EUR}{<ccy a="1">EUR}', qr{\[xml-form\.attribute\]}, 'an attribute' ],
    [ 's{<lines>}{<lines><line/>}', qr{\[xml-form\.entry\]},
        'an array of other elements' ],
    [ 's{<meta>}{<meta>&nbsp;}', qr{:3:\d+: .*\[xml\.entity\]}, 'an entity' ],
    [ 's{<sales-order}{<!DOCTYPE a [<!ENTITY x SYSTEM "/etc/passwd">]>\n<sales-order}',
        qr{:2:1: .*\[xml\.doctype\]}, 'a document type' ],
    [ 's{</meta>}{</mta>}', qr{\[xml\.tags\]}, 'tags that do not match' ],
    [ 's{encoding="UTF-8"}{encoding="UTF-16"}', qr{\[xml\.declared\]},
        'a wrong encoding' ],
    [ 's{urn:retail:sales-order:1\.0}{urn:retail:item:1.0}',
        qr{/meta/schema: .*\[const\]}, 'the schema of another document' ],
);
for my $row (@wrong) {
    my ($change, $says, $name) = @$row;
    my $text = $good;
    eval "\$text =~ $change" or die "$name: nothing was changed\n";
    put("$dir/good.xml", $text);
    ($status, $out, $err) = check("$dir/good.xml");
    is($status, 1, "$name is a finding");
    like($out, $says, 'and told') or diag $out, $err;
    ($status, $out, $err) = check('--to', 'json', "$dir/good.xml");
    is("$status$out", '1', 'nothing is written then');
    like($err, $says, 'the finding is on standard error');
}

# A document of which nothing is known could not be checked.
for my $xml ('<order/>', '<sales-order xmlns="urn:retail:sales-order:9"/>') {
    put("$dir/other.xml", $xml);
    ($status, $out, $err) = check("$dir/other.xml");
    is($status, 2, "$xml is no finding");
    like($err, qr/no canonical document/, 'but a failure');
}
($status, $out, $err) = check('--to', 'yaml', "$dir/good.xml");
is($status, 2, 'another form is refused');
like($err, qr/--to takes json or xml/, 'in words');

# As a caller posts it, without meta.
($status, $out) = check('--schema', 'sales-order#posted', '--to', 'xml',
    'docs/samples/order.json');
is($status, 0, 'a posted order has a form too');
put("$dir/posted.xml", $out);
is_deeply([ check('--schema', 'sales-order#posted', "$dir/posted.xml") ],
    [ 0, '', '' ], 'that is checked as posted');

# One that is not ours has none.
put("$dir/s.json", '{"type":"object"}');
put("$dir/d.json", '{"a":1}');
($status, $out, $err) =
    check('--schema', "$dir/s.json", '--to', 'xml', "$dir/d.json");
is($status, 2, 'a document of others has no XML form');
like($err, qr/only canonical documents/, 'which is said');

# Sixteen bits, as some write them.
(my $wide = $good) =~ s/encoding="UTF-8"/encoding="UTF-16"/;
put("$dir/wide.xml", "\xFF\xFE" . encode('UTF-16LE', decode('UTF-8', $wide)));
is_deeply([ check("$dir/wide.xml") ], [ 0, '', '' ], 'UTF-16 is read');

# A giant is refused before it is read: 300 MB, of which the disk has one block.
open my $giant, '>', "$dir/giant.xml" or die "$dir/giant.xml: $!\n";
print $giant '<a>';
truncate $giant, 300 << 20 or die "$dir/giant.xml: $!\n";
close $giant or die "$dir/giant.xml: $!\n";
($status, $out) = check("$dir/giant.xml");
is($status, 1, 'a giant is a finding');
like($out, qr/\[xml\.size\]/, 'of its size');

my @xsd = glob "$build/gen/doc/xsd/*.xsd";
SKIP: {
    skip 'make docs has not run', 1 unless @xsd;
    is(scalar @xsd, 35, 'each document has its XSD, and they share one');
}

# What the examples of docs/XML.md say is so.
my $page = slurp('docs/XML.md');
my ($json) = $page =~ /```json\n(.*?)```/s;
my ($xml) = $page =~ /```xml\n(.*?)```/s;
put("$dir/page.json", $json);
put("$dir/page.schema", '{}');
put("$dir/page.xml", $xml);
($status, my $from_json) =
    check('--schema', "$dir/page.schema", '--to', 'json', "$dir/page.json");
($status, my $from_xml) =
    check('--schema', "$dir/page.schema", '--to', 'json', "$dir/page.xml");
is($from_xml, $from_json, 'both examples of docs/XML.md are one document');

done_testing;
