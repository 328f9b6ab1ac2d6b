# SPDX-License-Identifier: BSD-2-Clause
#
# The language of maps as docs/MAPS.md tells it, and what is refused, with its
# place.

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
my $page = slurp("$root/docs/MAPS.md");
my $xml = slurp("$root/docs/MAPS-XML.md");


# What `xd map` says of a file by a map: status, documents, findings.
sub mapped {
    my ($file, $map) = @_;
    my $path = "$dir/own.map";

    put($path, $map);
    my ($status, $out, $err) =
        run_cmd('', $xd, 'map', $file, '--map', $path, '--partner', 'acme');

    return ($status, [ map { decode_json($_) } split /\n/, $out ], $err);
}


# -- the page -------------------------------------------------------------------

my ($overlay) = $page =~ /^```map\n(.*?)^```/ms;
my $sample = slurp("$root/docs/samples/856.edi");
put("$dir/856.edi", $sample =~ s/REF\*BM/REF*BL/r);

my ($status, $documents, $err) = mapped("$dir/856.edi", $overlay);
my $item = $documents->[0]{units}[1]{contents}[0]{item};
is($status, 0, 'the overlay of the page is taken') or diag $err;
is($documents->[0]{bol}, 'BOL7731942', '... and reads what is ACME\'s own');
is_deeply($item->{altIds},
    [ { scheme => 'manufacturerPart', value => 'TS-RED-M' } ],
    '... by its row of the table');
is($documents->[0]{meta}{origin}{map}, 'acme-856/1', '... and says so');
is($documents->[0]{shipTo}{gln}, '9501101530218', 'the rest is as usual');

($status, $documents) =
    mapped("$dir/856.edi", "map own-856/1 extends x12-856 for acme\n");
ok(!exists $documents->[0]{bol}, 'without the line it is not read');
like($documents->[0]{meta}{ext}{x12}{'/HL/0=S/REF/0'}{2}, qr/^BOL7731942$/,
    '... and stays in what is left, by its place');


system('cp', '-r', "$root/conf/maps", "$dir/maps") == 0 or die "cp: $?\n";
put("$dir/maps/x12/own.map", "map own-856/1 extends x12-856 for acme\n"
    . "include \"common.map\"\n");
{
    local $ENV{XD_MAPS} = "$dir/maps";
    ($status, my $out, $err) = run_cmd('', $xd, 'map',
        "$root/docs/samples/856.edi", '--partner', 'acme');
    is($status, 0, 'what base and overlay both include stands once')
        or diag $err;
    like($out, qr{"own-856/1"}, '... and the overlay is taken');
}

# -- the other way ----------------------------------------------------------------

sub made {
    my ($file, $to) = @_;
    my ($status, $out, $err) = run_cmd('', $xd, 'map', $file, '--to', $to);

    return ($status, $out, $err);
}

my ($code, $desadv, $said) =
    made("$root/docs/samples/856.edi", 'edifact:DESADV/D96A');
is($code, 0, 'a ship notice of X12 becomes a DESADV') or diag $said;
like($desadv, qr/MEA\+PD\+AAD\+LBR:48\.6'/, '... in its own unit');
put("$dir/desadv.edi", $desadv);
is((run_cmd('', $xd, 'lint', "$dir/desadv.edi"))[0], 0, '... which is clean');
my @both = map {
    my ($document) = map { decode_json($_) }
        (split /\n/, (run_cmd('', $xd, 'map', $_))[1])[0];
    $document;
} "$root/docs/samples/856.edi", "$dir/desadv.edi";
is_deeply($both[1]{$_}, $both[0]{$_}, "... and says the same $_")
    for qw(shipmentNo shipFrom shipTo eta carrier bol tracking);
is_deeply(
    [ map { [ map { [ @{$_}{qw(poNo item qty)} ] } @{ $_->{contents} } ] }
        @{ $both[1]{units} } ],
    [ map { [ map { [ @{$_}{qw(poNo item qty)} ] } @{ $_->{contents} } ] }
        @{ $both[0]{units} } ],
    '... and the same goods');

for my $file ("$root/docs/samples/856.edi", "$root/docs/samples/desadv.edi") {
    is((made($file, 'same'))[1], slurp($file), "$file is written back");
}
is((made("$root/docs/samples/order.json", 'x12:850'))[0] >> 8, 2,
    'what no map writes is told');
is((made("$root/docs/samples/856.edi", 'x13:850'))[0] >> 8, 2,
    'a form that is none, too');

my $table = slurp("$root/src/map/codecs_table.c");
for my $name ($table =~ /^    \{ "([a-z-]+)", &/mg) {
    like("$page$xml", qr/^\| .*`\Q$name\E[`( ]/m, "the page names the codec $name");
}


# -- what is refused ------------------------------------------------------------

my $head = 'map own/1 : x12/850 <-> purchase-order';
my $reads = 'map own/1 : x12/850 -> purchase-order';

for my $case (
    # the map, the line and column, the rule, part of the sentence
    [ "$head\nBEG.33 <-> poNo", '2:1', 'map.name', 'element "33"' ],
    [ "$head\nBGE.3 <-> poNo", '2:1', 'map.name', 'mean "BEG"' ],
    [ "$head\nBEG.3 <-> poNr", '2:11', 'map.name', 'mean "poNo"' ],
    [ "$head\nBEG.3 <-> poNo : txet", '2:18', 'map.name', 'mean "text"' ],
    [ "$head\nBEG.3 <-> poNo : table(x)", '2:18', 'map.name', 'table "x"' ],
    [ "$head\nuse nothing", '2:1', 'map.name', 'no block "nothing"' ],
    [ "$head\nBEG.3.1 <-> poNo", '2:1', 'map.path', 'no components' ],
    [ "$head\nPO1[*]/PID.5 <-> note", '2:1', 'map.path', 'write a block' ],
    [ "$head\nBEG.3 <-> poNo[*]", '2:11', 'map.path', 'no array' ],
    [ "$head\nBEG.3 <-> lines.item", '2:11', 'map.path', 'wants a block' ],
    [ "$head\nBEG.3 <-> buyer", '2:1', 'map.codec', 'no codec is usual' ],
    [ "$head\nBEG.3 <-> poNo : levels", '2:18', 'map.codec',
        'does not take a text' ],
    [ "$head\nREF.2 <-> contractRef : letters", '2:25', 'map.codec',
        'wants a number' ],
    [ "$head\nPO1[*] <-> lines[*]", '2:1', 'map.block', 'wants a block' ],
    [ "$head\nBEG[1=XX].3 <-> poNo", '2:5', 'map.code', 'no code' ],
    [ "$head\nBEG.1 <-> \"0000\"", '2:11', 'map.code', '' ],
    [ "$reads\nBEG.3 -> poNo", '1:1', 'map.required', '"buyerGln"' ],
    [ "$reads\nBEG.3 -> poNo when `poNo > 1`", '2:26', 'map.when', '' ],
    [ "$reads\nBEG.3 -> poNo when `poNr == ''`", '2:21', 'map.when',
        'mean poNo' ],
    [ "$head\nBEG.3 <-> poNo told twice", '2:21', 'map.syntax', 'expected' ],
    [ "$head\n[", '2:2', 'map.syntax', 'a code was expected' ],
    [ 'map own/1 : x12/999999 <-> purchase-order', '1:17', 'map.set',
        'no grammar' ],
    [ 'map own/1 : x11/850 <-> purchase-order', '1:1', 'map.syntax-unknown',
        '' ],
    [ 'map own/1 : x12/850 <-> purchase-ordr', '1:25', 'map.name',
        'mean "purchase-order"' ],
    [ 'map own/1 : edifact/ORDERS/D97Z <-> purchase-order', '1:21', 'map.set',
        'version D97Z' ],
    [ "map own/1 extends x12-851\n", '1:19', 'map.name', 'mean "x12-850"' ],
    [ "map own/1 extends x12-850\ndrop nothing", '2:6', 'map.drop', 'has no line' ],
    [ "map own/1 extends x12-850\ntable t { A = b, C = b }\n"
        . "REF[ZZ].2 <-> note : table(t)", '2:18', 'map.table', 'two codes' ],
    [ "map own/1 extends x12-850\ntable t { A = b, A = c }\n"
        . "REF[ZZ].2 <-> note : table(t)", '2:18', 'map.table',
        'two meanings' ],
    [ "map own/1 extends edifact-ordrsp in D96A\n"
        . 'table answers { 29 > accepted }', undef, 'map.table',
        'has no code for "accepted"' ],
    [ "map own/1 extends x12-850\nREF[ZZ].2 <-> note\nREF[ZZ].2 <-> "
        . 'salesOrderNo', '2:1', 'map.twice', 'Line 3 writes the same place' ],
    [ "map own/1 extends x12-850\nREF[ZZ].2 -> note\nREF[CO].2 -> note",
        '3:1', 'map.twice', 'read in line 2' ],
    [ "$head\nREF[CT, 2:=X].2 <-> note", '2:1', 'map.twice', 'said to be X' ],
    [ "map own/1 extends x12-850\nPER"
        . join('+', map { ".$_" } 1 .. 8) . " <-> note : joined", undef,
        'map.codec', 'takes 2 to 5 elements' ],
    [ "$head\nREF[CT].2.x <-> note", '2:1', 'map.path', 'no components' ],
    [ 'map own/1 : edifact/ORDERS/D96A <-> purchase-order' . "\nDTM[137].1.0 "
        . '<-> note', '2:1', 'map.name', 'component "0"' ],
    [ "map own/1 extends x12-850\nPER.4 <-> note", '2:1', 'map.mandatory',
        'element 1 of PER' ],
    [ "map own/1 extends x12-850\noccurred poNo", '2:10', 'map.occurred', '' ],
    [ "BEG.3 <-> poNo\n", '1:1', 'map.header', '' ],
    [ "$head\ninclude \"nothing.map\"", '2:9', 'map.include', '' ],
    [ "$head\n" . 'PO1[*] <-> lines[*] {' x 40, undef, 'map.limit', 'deep' ],
) {
    my ($map, $at, $rule, $text) = @$case;
    my ($failed, undef, $told) = mapped("$root/docs/samples/856.edi", $map);
    my ($line) = grep { /\[\Q$rule\E\]/ } split /\n/, $told;
    my $name = (split /\n/, $map)[-1];

    isnt($failed, 0, 'refused: ' . substr $name, 0, 60);
    ok(defined $line, "... by $rule") or diag $told;
    like($line // '', qr/own\.map:\Q$at\E: error: /, "... at $at") if $at;
    like($line // '', qr/\Q$text\E/, '... saying why') if $text ne '';
}

done_testing();
