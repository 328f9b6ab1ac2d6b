# SPDX-License-Identifier: BSD-2-Clause
#
# Each command of `xd`: what it prints, and that it exits 0, 1 or 2 and with
# nothing else.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Digest::SHA qw(hmac_sha256_hex);
use File::Copy qw(copy);
use File::Path qw(make_path);
use JSON::PP;
use POSIX ();
use Test::More;
use XD;

my $xd = "$build/bin/xd";
-x $xd or plan skip_all => 'xd is not built';

delete @ENV{qw(XD_CONF XD_SCHEMAS XD_AMQP_URL XD_AMQP_MGMT_URL)};
chdir $root or die "$root: $!\n";

my $dir = tmp();
my $sample = slurp('docs/samples/856.edi');
my $order = slurp('docs/samples/order.json');


# Runs the tool; dies of a signal, or of another exit status than the three.
sub xd {
    my ($in, @args) = @_;
    my ($wait, $out, $err) = run_cmd($in, $xd, @args);
    my $status = $wait >> 8;
    fail("xd @args: wait status $wait: $err")
        if $wait & 127 || $status > 2 || $err =~ /Sanitizer|runtime error/;
    return ($status, $out, $err);
}


sub exits {
    my ($want, $name, @args) = @_;
    my ($status, $out, $err) = xd('', @args);
    is($status, $want, $name) or diag "$out$err";
    return ($out, $err);
}


sub write_file {
    my ($name, $bytes, $mode) = @_;
    put("$dir/$name", $bytes, $mode);
    return "$dir/$name";
}


# -- help --------------------------------------------------------------------------

my @commands = qw(lint ack pretty map check schema cel explain test conf partner
    topology hospital trace replay top totals);
my ($help) = exits(0, 'xd --help', '--help');
for my $command (@commands) {
    like($help, qr/^  $command +\S/m, "--help lists $command");
    my ($out) = exits(0, "xd $command --help", $command, '--help');
    like($out, qr/^xd $command - .+\n\nUsage: xd $command /, 'what, and how');
    like($out, qr/^Example: xd $command /m, 'with an example');
    my ($with) = exits(0, "xd $command FILE -h", $command, 'x', '-h');
    is($with, $out, '-h too, wherever it stands');
}
my %listed = map { $_ => 1 } $help =~ /^  (\w+) +\S/mg;
is_deeply([ sort keys %listed ], [ sort @commands ],
    'this test knows each command');

my ($out, $err) = exits(2, 'no command', ());
like($err, qr/^Usage: xd COMMAND/m, 'says what there is');
(undef, $err) = exits(2, 'an unknown command', 'florb');
like($err, qr/^xd: no such command: florb/, 'is named');

# -- options ----------------------------------------------------------------------

for my $command (@commands) {
    exits(2, "$command alone", $command) unless $command eq 'test';
    (undef, $err) = exits(2, "$command --florb", $command, '--florb', 'x');
    like($err, qr/unknown option --florb/, 'is named');
}
(undef, $err) = exits(2, 'an option without its value', 'ack', '--kind');
like($err, qr/--kind needs a value/, 'says so');
(undef, $err) = exits(2, 'a value where none belongs', 'lint', '--json=1', 'x');
like($err, qr/--json takes no value/, 'says so');
for (['ack', '--kind=ta1', 'docs/samples/856.edi'],
    ['ack', 'docs/samples/856.edi', '--kind', 'ta1'],
    ['lint', 'docs/samples/856.edi', '--json'],
    ['lint', '--', 'docs/samples/856.edi'])
{
    exits(0, "xd @$_", @$_);
}
my $dashed = write_file('--json', $sample);
my $here = POSIX::getcwd();
chdir $dir or die;
exits(0, 'a file called --json', 'lint', '--', '--json');
chdir $here or die;

# -- schema ------------------------------------------------------------------------

{
    my ($out, $err) = exits(0, 'schema list', 'schema', 'list');
    like($out, qr/^sales-order +1\.0 +order +Sales order$/m, 'names each document');
    like($out, qr/^common +1\.0 +- /m, 'and what serves them');
    ($out) = exits(0, 'schema list --json', 'schema', 'list', '--json');
    my @rows = map { decode_json($_) } split /\n/, $out;
    cmp_ok(scalar @rows, '>=', 34, 'one object a line');
    my ($row) = grep { $_->{document} eq 'invoice' } @rows;
    is_deeply($row, { document => 'invoice', version => '1.0', domain => 'finance',
        title => 'Invoice', id => 'urn:retail:invoice:1.0' }, 'with its members');

    ($out) = exits(0, 'schema show --json', 'schema', 'show', '--json', 'item');
    my $bundle = decode_json($out);
    my @refs = $out =~ /"\$ref": "([^"]*)"/g;
    my @lost = grep {
        my $at = $bundle;
        for my $name (split m{/}, $_ =~ s{^#/?}{}r) {
            $at = ref $at eq 'HASH' ? $at->{$name} : undef;
        }
        !defined $at;
    } @refs;
    is("@lost", '', 'a bundle refers to nothing outside');
    my $file = write_file('bundle.json', $out);
    exits(0, 'and is a schema by itself', 'check', '--schema', $file,
        'canonical-schemas/item/examples/typical.json');
    exits(1, 'which refuses what does not fit', 'check', '--schema', $file,
        'canonical-schemas/location/examples/typical.json');

    for my $row (@rows) {
        my ($page) = exits(0, "the page of $row->{document}", 'schema', 'show',
            $row->{document});
        my %anchor = map { lc $_ => 1 } $page =~ /^#+ (.*)$/mg;
        my @dead = grep { !$anchor{$_} } $page =~ /\]\(#([^)]*)\)/g;
        is("@dead", '', 'links lead somewhere');
        next if $row->{domain} eq '-';
        my ($example) = $page =~ /```json\n(.*?)```/s;
        exits(0, 'and its example is one', 'check', '--schema',
            "$row->{document}#posted", write_file('page.json', $example));
    }

    for my $one ('item', 'item:1.0', 'urn:retail:item:1.0') {
        exits(0, "$one names it", 'schema', 'show', $one);
    }
    ($out, $err) = exits(2, 'no such schema', 'schema', 'show', 'florb');
    like($err, qr/no schema is called florb \(xd schema list/,
        'is told, and where the names are');
    exits(2, 'show one at a time', 'schema', 'show', '1.0');
    exits(2, 'schema without a verb', 'schema');
    exits(2, 'schema with another', 'schema', 'florb');
    exits(2, 'list takes no name', 'schema', 'list', 'item');

    exits(0, 'what was released has not changed', 'schema', 'diff',
        'urn:retail:item:1.0', 'item');
    exits(0, 'nor has any', 'schema', 'diff', '1.0', 'canonical-schemas');
    my $old = write_file('old.json', '{"$id":"urn:t:a:1.0","required":["a"]}');
    my $new = write_file('new.json', '{"$id":"urn:t:a:1.1","required":["a","b"]}');
    ($out) = exits(1, 'a break', 'schema', 'diff', $old, $new);
    like($out, qr{^breaking: .*#/required: The member b must now be there: .*\[required\.added\]$}m,
        'has its place, why, and what to do');
    like($out, qr/^a 1\.1 breaks 1\.0: mend it, or make it 2\.0$/m, 'and a way out');
    ($out) = exits(1, 'a break as JSON', 'schema', 'diff', '--json', $old, $new);
    my @told = map { decode_json($_) } split /\n/, $out;
    is_deeply($told[-1]{summary}, { breaking => 1, additive => 0, documentation => 0,
        refused => JSON::PP::true }, 'ends with a summary');
    is("@{$told[0]}{qw(class rule pointer)}", 'breaking required.added /required',
        'one object a line');
    put("$dir/new.json", '{"$id":"urn:t:a:2.0","required":["a","b"]}');
    exits(0, 'a new major may', 'schema', 'diff', $old, $new);
    put("$dir/new.json", '{"$id":"urn:t:a:1.0","required":["a"],"properties":{"c":{}}}');
    ($out) = exits(0, 'growth', 'schema', 'diff', $old, $new);
    like($out, qr/^a has grown since 1\.0: make it 1\.1$/m, 'asks for a minor');
    put("$dir/new.json", '{"$ref":"#/$defs/x"}');
    exits(2, 'a reference to nothing', 'schema', 'diff', $old, $new);
    put("$dir/new.json", '{');
    exits(2, 'what is no JSON', 'schema', 'diff', $old, $new);
    exits(2, 'diff wants two', 'schema', 'diff', $old);
    exits(2, 'and two alike', 'schema', 'diff', $old, 'canonical-schemas');
}

# -- an order written by hand, from the page of sales-order alone -----------------------

{
    my $order = <<'JSON';
{
  "orderNo": "A-77",
  "channel": "phone",
  "placedAt": "2026-11-20T10:15:00Z",
  "ccy": "GBP",
  "buyer": { "name": "Corner Shop Ltd" },
  "lines": [
    { "lineNo": 1,
      "item": { "altIds": [ { "scheme": "sku", "value": "MUG-01" } ] },
      "qty": { "value": "3", "uom": "EA" },
      "unitPrice": { "amount": "4.50", "ccy": "GBP" },
      "fulfil": { "method": "collect", "location": { "altIds": [ { "scheme": "storeNo", "value": "12" } ] } } }
  ],
  "discounts": [ { "amount": { "amount": "1.50", "ccy": "GBP" }, "reason": "Ten per cent off" } ],
  "taxes": [ { "rate": "20", "base": { "amount": "12.00", "ccy": "GBP" }, "amount": { "amount": "2.40", "ccy": "GBP" } } ],
  "totals": {
    "net": { "amount": "13.50", "ccy": "GBP" },
    "discount": { "amount": "1.50", "ccy": "GBP" },
    "tax": { "amount": "2.40", "ccy": "GBP" },
    "gross": { "amount": "14.40", "ccy": "GBP" }
  }
}
JSON
    exits(0, 'an order by hand', 'check', '--schema', 'sales-order#posted',
        write_file('hand.json', $order));

    # What people get wrong, and what they are told to change.
    for ([ '"A-77"', '77', 'put it in quotes' ],
        [ '"4.50"', '4.5', 'put it in quotes' ],
        [ '"lineNo": 1', '"lineNo": "1"', 'take its quotes away' ],
        [ '[ { "amount": { "amount": "1.50", "ccy": "GBP" }, "reason": "Ten per cent off" } ]',
            '{ "amount": { "amount": "1.50", "ccy": "GBP" } }', 'put it in [ ]' ],
        [ '2026-11-20T10:15:00Z', '20.11.2026', 'such as 2026-05-14T09:31:22Z' ],
        [ '"EA"', '"pieces"', 'such as EA, KGM or XCT' ],
        [ '"channel"', '"chanel"', 'did you mean "channel"' ],
        [ '"channel": "phone",', '', 'the member "channel" is missing; add it' ],
        [ '"collect"', '"collected"', 'did you mean "collect"' ],
        [ '"rate": "20"', '"rate": "20%"', 'a decimal number as text' ],
        [ '"amount": "14.40"', '"amount": "14.50"',
            'totals.gross must be net, less discount, plus shipping and tax' ],
        [ '"value": "3"', '"value": "0"', 'must be more than 0' ])
    {
        my ($from, $to, $told) = @$_;
        my $wrong = $order =~ s/\Q$from\E/$to/r;
        my ($out) = exits(1, "$to is refused", 'check', '--schema',
            'sales-order#posted', write_file('hand.json', $wrong));
        like($out, qr/\Q$told\E/, 'and the sentence says what to change');
    }
}

# -- ack --------------------------------------------------------------------------------

($out) = exits(0, 'ack of a good file', 'ack', 'docs/samples/856.edi');
like($out, qr/^ISA\*00\* {10}\*00\* {10}\*ZZ\*CROSSDOCK {6}\*ZZ\*ACME {11}\*/,
    'to its sender');
like($out, qr/~ST\*997\*0001~AK1\*SH\*905~AK2\*856\*0001~AK5\*A~/, 'accepts');
like($out, qr/~AK9\*A\*1\*1\*1~SE\*6\*0001~GE\*1\*1~IEA\*1\*000000001~$/,
    'and counts');
my ($status) = xd($out, 'lint', '-');
is($status, 0, 'it grades clean itself');
($status, my $again) = xd($sample, 'ack', '-');
is($again =~ s/\*\d{6}\*\d{4}\*U/*/r, $out =~ s/\*\d{6}\*\d{4}\*U/*/r,
    'the same from standard input');

(my $ta1_wanted = $sample) =~ s/\*0\*P\*>/*1*P*>/;
($status, $out) = xd($ta1_wanted, 'ack', '-');
is($status, 0, 'where ISA14 asks');
like($out, qr/^ISA.*~TA1\*000000905\*260814\*0915\*A\*000~IEA\*0\*\d+~ISA.*~ST\*997/,
    'the TA1 stands before the 997');
($status, $out) = xd($ta1_wanted, 'ack', '--kind', '997', '-');
unlike($out, qr/TA1/, '--kind 997: without it');
($status, $out) = xd($ta1_wanted, 'ack', '--kind', 'ta1', '-');
unlike($out, qr/ST\*997/, '--kind ta1: only it');
($status, $out, $err) = xd($sample, 'ack', '--kind', 'ta1', '-');
is($out, '', 'no TA1 where none is due');
like($err, qr/no such acknowledgement is due/, 'and that is said');

(my $bad = $sample) =~ s/SN1\*1\*24\*EA/SN1*1*many*EA/;
($status, $out) = xd($bad, 'ack', '-');
is($status, 1, 'ack of a bad file: exit 1');
like($out, qr/~AK3\*SN1\*23\*\*8~AK4\*2\*382\*6\*many~/,
    'segment, element, code and value');
like($out, qr/~AK5\*R\*5~AK9\*R\*1\*1\*0~/, 'rejected');

(my $refused = $sample) =~ s/IEA\*1\*000000905/IEA*1*000000906/;
($status, $out) = xd($refused, 'ack', '-');
like($out, qr/~TA1\*000000905\*260814\*0915\*R\*001~/, 'a bad envelope: TA1 R');
unlike($out, qr/ST\*997/, 'and no 997, as xd-x12 would do');

($status, $out) = xd("hello\n", 'ack', '-');
is($status, 1, 'ack of no EDI: exit 1');
is($out, '', 'without output');
exits(2, 'ack of nothing there', 'ack', "$dir/none");
exits(2, 'ack of two files', 'ack', 'a', 'b');
exits(2, 'ack of an unknown kind', 'ack', '--kind', '998',
    'docs/samples/856.edi');

# -- map ----------------------------------------------------------------------------------

($out) = exits(0, 'map of a good file', 'map', 'docs/samples/856.edi',
    '--to', 'canonical');
my @lines = split /\n/, $out;
is(scalar @lines, 1, 'one document, one line');
my $doc = json($lines[0]);
is($doc->{shipmentNo}, 'SHP-20260814-7', 'its number');
is($doc->{meta}{key}, 'shipment:acme:SHP-20260814-7', 'its key');
is($doc->{meta}{source}{partner}, 'acme', 'a party made of the sender');
is($doc->{meta}{origin}{sha256}, Digest::SHA::sha256_hex($sample),
    'the bytes it came from');
($status, undef, $err) = xd($out, 'check', '-');
is($status, 0, 'it holds to its schema') or diag $err;

($status, $out) = xd($sample, 'map', '--partner', 'acme-2', '-');
is(json($out)->{meta}{key}, 'shipment:acme-2:SHP-20260814-7', '--partner');
exits(2, 'a partner that cannot be one', 'map', '--partner', 'Acme Inc',
    'docs/samples/856.edi');
(undef, $err) = exits(2, 'map to what there is not', 'map', '--to',
    'x13:850', 'docs/samples/856.edi');
like($err, qr/there is: canonical/, 'says what there is');

(my $rest = $sample) =~ s/(HL\*2\*1\*O)/PER*IC*JO DOE~\n$1/;
$rest =~ s/SE\*33/SE*34/;
($status, $out) = xd($rest, 'map', '-');
like($out, qr/"ext":\{"x12":.*JO DOE/, 'what no map names is kept');
($status) = xd($out, 'check', '-');
is($status, 0, 'in a form that the schema allows');

my $two = $sample . $bad =~ s/0{5}905\b/00000906/gr;
($status, $out, $err) = xd($two, 'map', '-');
is($status, 1, 'errors beside a good document: exit 1');
cmp_ok(scalar(split /\n/, $out), '>=', 1, 'which is written');
like($err, qr/: error: segment \d+, .*SN1/, 'and the error told');

($status, $out, $err) = xd($sample =~ s/ST\*856/ST*000/r, 'map', '-');
is($out, '', 'a set without a map gives nothing');
like($err, qr/warning: no map reads set 000/, 'and says so');

(my $nowhere = $sample) =~ s/N1\*ST.*?\n.*?\n//;
$nowhere =~ s/SE\*33/SE*31/;
($status, $out, $err) = xd($nowhere, 'map', '-');
is($status, 1, 'a set that cannot be mapped: exit 1');
like($err, qr/error: \/shipTo: .*N1 \(ST\)/, 'with the reason');

($status, $out) = xd('', 'map', '-');
is($status, 1, 'map of nothing: exit 1');
exits(2, 'map of a folder', 'map', $dir);

# -- pretty --------------------------------------------------------------------------

($out) = exits(0, 'pretty', 'pretty', 'docs/samples/856.edi');
like($out, qr/^ISA\*.*\n  GS\*.*\n    ST\*856.*\n      BSN\*/, 'envelopes are set in');
like($out, qr/^        HL\*1\*.*\n(?: {8,}\w.*\n)+          HL\*2\*/m, 'and loops in loops');
is($out =~ s/^ +|\n//mgr, $sample =~ s/[\r\n]//gr, 'nothing else is changed');
($out) = exits(0, 'pretty --json', 'pretty', '--json', 'docs/samples/856.edi');
my ($st) = grep { $_->{id} eq 'ST' } map { decode_json($_) } split /^/, $out;
is_deeply([ @$st{qw(segment level elements)} ], [ 1, 2, ['856', '0001'] ],
    'has the segments');
($out) = exits(0, 'of EDIFACT', 'pretty', 't/cases/edifact/orders-d96a.edi');
like($out, qr/^UNB.*\n    UNH.*\n      BGM.*\n(?:.*\n)*        LIN/, 'too');
($out) = exits(0, 'of JSON', 'pretty', 'docs/samples/order.json');
is_deeply(decode_json($out), decode_json($order), 'the same document');
exits(1, 'of neither', 'pretty', 'README.md');

# -- check ------------------------------------------------------------------------------------

exits(0, 'a posted order', 'check', '--schema', 'sales-order#posted',
    'docs/samples/order.json');
exits(0, 'by its URN', 'check', '--schema', 'urn:retail:sales-order:1.0#posted',
    'docs/samples/order.json');
exits(0, 'by its file', 'check', '--schema',
    'canonical-schemas/sales-order/sales-order.schema.json#posted',
    'docs/samples/order.json');
exits(0, 'by meta.schema', 'check',
    glob 'canonical-schemas/shipment/examples/*.json');
exits(2, 'no schema is named', 'check', 'docs/samples/order.json');
exits(2, 'a schema that is not there', 'check', '--schema', 'florb',
    'docs/samples/order.json');
exits(2, 'check of nothing there', 'check', "$dir/none");

(my $wrong = $order) =~ s/"lineNo":\s*1,/"lineNo": "1",/ or die;
my $line = 1 + (() = substr($wrong, 0, index $wrong, '"lineNo"') =~ /\n/g);
my $file = write_file('wrong.json', $wrong);
($out) = exits(1, 'a bad order', 'check', '--schema', 'sales-order#posted',
    $file);
like($out, qr{^\Q$file\E:$line:\d+: error: /lines/0/lineNo: .*\[type\]$}m,
    'with line, column and pointer');
($out) = exits(1, 'the same as JSON', 'check', '--json', '--schema',
    'sales-order#posted', $file);
my ($finding) = map { json($_) } split /\n/, $out;
is_deeply([ @$finding{qw(file severity path line rule)} ],
    [ $file, 'error', '/lines/0/lineNo', $line, 'type' ], 'member by member');
cmp_ok($finding->{column}, '>', 1, 'and its column');

($out) = exits(1, 'a good and a bad one', 'check', '--schema',
    'sales-order#posted', 'docs/samples/order.json', $file);
unlike($out, qr/^docs/m, 'only the bad one is told');
for (['no JSON', '{"a":}', '1:6'], ['cut', "{\n\"a\": [1,", '2:9'],
    ['a member twice', "{\"orderNo\":\"1\",\n \"orderNo\":\"2\"}", '2:2'])
{
    my ($name, $bytes, $place) = @$_;
    ($status, $out) = xd($bytes, 'check', '--schema', 'sales-order#posted',
        '-');
    is($status, 1, "$name: exit 1");
    like($out, qr/^-:$place: (?:error|fatal): /, 'with its place');
}

# What no schema can say has the id of its rule; a warning is no refusal.
my $unsummed = slurp('canonical-schemas/sales-order/examples/typical.json')
    =~ s/"amount": "47.36",(\s+"ccy": "EUR"\s+\}\s+\}\s+\}\s*)\z/"amount": "47.99",$1/r;
($status, $out) = xd($unsummed, 'check', '-');
is($status, 1, 'totals that do not sum up: exit 1');
like($out, qr{^-:\d+:\d+: error: /totals/gross: .*it says 47\.99; .*\[sales-order\.gross\]$}m,
    'with place, sentence and the id of the rule');
($wrong = $order) =~ s/"value": "2"/"value": "3"/ or die;
($status, $out) = xd($wrong, 'check', '--schema', 'sales-order#posted', '--json',
    '-');
is($status, 1, 'a posted order whose lines do not sum up: exit 1');
is(json((split /\n/, $out)[0])->{rule}, 'sales-order.net', 'by its rule');

my $own = "$dir/own";
make_path($own);
put("$own/thing.json", '{"$schema":"https://json-schema.org/draft/2020-12/'
    . 'schema","$id":"urn:test:thing:1.0","type":"object","required":["a"]}');
($status) = xd('{"a":1}', 'check', '--schema', "$own/thing.json", '-');
is($status, 0, 'a schema of one\'s own: good');
($status) = xd('{"b":1}', 'check', '--schema', "$own/thing.json", '-');
is($status, 1, 'and bad');
put("$own/thing.json", '{"$schema":"https://json-schema.org/draft/2020-12/'
    . 'schema","$id":"urn:test:thing:1.0","florb":1}');
($status, undef, $err) = xd('{}', 'check', '--schema', "$own/thing.json", '-');
is($status, 2, 'a schema that cannot be compiled: exit 2');
like($err, qr/^thing\.json:1:\d+: \w+: .*florb/m, 'with its place');

# -- cel --document: types from the schema --------------------------------------------

my @typed = ('cel', '--document', 'sales-order');
my $typical = 'canonical-schemas/sales-order/examples/typical.json';

like((exits(0, 'a condition on a document', @typed,
    'totals.gross.amount > 40 && lines.exists(l, l.qty.value >= 2)',
    '--data', $typical))[0], qr/^true$/, 'amounts are decimals');
like((exits(0, 'the type of a part', @typed, '--type', 'doc.?shipTo.?name'))[0],
    qr/^optional_type\(string\)$/, 'what may be missing is asked for');
like((exits(1, 'a wrong name', @typed, 'lines.exists(l, l.qty.valu > 1)'))[1],
    qr/^expression:1:22: error: quantity has no member valu; did you mean value\?/,
    'is told with its column, without a document');
like((exits(1, 'an optional member that is missing', @typed,
    'doc.billTo.name == "x"', '--data', $typical))[1],
    qr/it is optional: ask has\(\) first/, 'says how to ask');
like((exits(0, 'a variable by hand', @typed, 'ccy == "JPY"', 'ccy="JPY"',
    '--data', $typical))[0], qr/^true$/, 'goes before the document');
like((exits(2, 'no such document', 'cel', '--document', 'sales-ordr', '1'))[1],
    qr/there is no document sales-ordr \(xd schema list/, 'is told');

# -- conf -----------------------------------------------------------------------------------------

# A copy of conf/ of its own, in which one thing is changed.
my $copies = 0;
sub conf_copy {
    my (%change) = @_;
    my $to = "$dir/conf" . ++$copies;
    make_path(map { "$to/$_" } qw(schemas partners systems guides secrets/broker));
    copy($_, "$to/$_" =~ s{conf/(?=[^/]*(?:/[^/]*)?$)}{}r) for
        glob 'conf/*.yaml conf/*/*.yaml conf/schemas/*.json';
    for my $map (glob 'conf/maps/*/*.map') {
        (my $there = $map) =~ s{^conf}{$to};
        make_path($there =~ s{/[^/]*$}{}r);
        copy($map, $there);
    }
    my $main = slurp("$to/crossdock.yaml");
    $main =~ s{\.\./canonical-schemas}{$root/canonical-schemas};
    put("$to/crossdock.yaml", $main);
    for my $name (keys %change) {
        my $text = slurp("$to/$name");
        $change{$name}->() for $text;
        put("$to/$name", $text);
    }
    return "$to/crossdock.yaml";
}

($out) = exits(0, 'conf check of conf/', 'conf', 'check');
like($out, qr/^good: [0-9a-f]{64}$/, 'prints one hash');
my $good = conf_copy();
($again) = exits(0, 'and of a copy', 'conf', 'check', '-c', $good);
my $other = conf_copy('routes.yaml' => sub { s/asn-to-erp-and-wms/asn/ });
my ($changed) = exits(0, 'and of another', 'conf', 'check', '-c', $other);
isnt($changed, $again, 'a changed file has another hash');

for (['an unknown setting', 'crossdock.yaml', sub { s/^name:/nam:/m },
        qr/^crossdock\.yaml:\d+:\d+: error: .*nam/m],
    ['a wrong unit', 'crossdock.yaml', sub { s/heartbeat: 10s/heartbeat: 10x/ },
        qr{^crossdock\.yaml:\d+:\d+: error: /broker/heartbeat: }m],
    ['an unknown plan', 'partners/acme.yaml', sub { s/standard/gold/ },
        qr{^partners/acme\.yaml:\d+:\d+: error: /plan: }m],
    ['a route to nowhere', 'routes.yaml', sub { s/destination: wms/destination: florb/ },
        qr{^routes\.yaml:\d+:\d+: error: .*florb}m],
    ['no YAML', 'systems/erp.yaml', sub { $_ = "id: [\n" },
        qr{^systems/erp\.yaml:\d+:\d+: }m],
    ['one sender of two', 'partners/acme.yaml',
        sub { s/(    - \{ qualifier: ZZ, id: ACME \}\n)/$1$1/ },
        qr{^partners/acme\.yaml:\d+:\d+: error: /edi/ids}m])
{
    my ($name, $broken, $change, $want) = @$_;
    my $conf = conf_copy($broken => $change);
    ($out, $err) = exits(1, "conf check: $name", 'conf', 'check', '-c', $conf);
    like($err, $want, 'with file, line, column and pointer');
    is($out, '', 'and no hash');

    # Others cannot go on with it.
    exits(2, 'topology plan cannot run then', 'topology', 'plan', '-c', $conf);
}
exits(2, 'a configuration that is not there', 'conf', 'check', '-c',
    "$dir/none/crossdock.yaml");
chdir $dir or die;
(undef, $err) = exits(2, 'no configuration at all', 'conf', 'check');
like($err, qr/give -c crossdock\.yaml|crossdock\.yaml/, 'says how to name one');
{
    local $ENV{XD_CONF} = $good;
    exits(0, 'XD_CONF names it', 'conf', 'check');
}
chdir $root or die;
exits(2, 'conf florb', 'conf', 'florb');

# -- guides -----------------------------------------------------------------------------------------

{
    my @guide = ('--guide', 'conf/guides/acme-asn.yaml');
    my @partner = ('--partner', 'acme');

    for my $by (\@guide, \@partner) {
        exits(0, "lint @$by", 'lint', @$by, 'docs/samples/856.edi');
        (my $bad = $sample) =~ s/MAN\*GM\*0061414100000010/MAN*GM*/g;
        my ($status, $out) = xd($bad, 'lint', @$by, '--coverage', '-');
        is($status, 1, 'what the guide refuses is an error');
        like($out, qr{MAN/2: A carton or pallet bears its SSCC of 18 digits\. \(guide acme-asn, line \d+\) \[guide\.length AK403:4\]},
            'in its words, with its place and code');
        like($out, qr{^guide acme-asn, line \d+: HL\(3=T\|P\)/MAN\(1=GM\)/2 length: tried 3, broken 3$}m,
            'the coverage counts it');
        like($out, qr/^\d+ of 5 checks exercised$/m, 'and sums up');
        unlike($out, qr/guide\.not-asked/, 'the guide was for a set of the file');
    }

    my ($other) = exits(0, 'a guide for another set', 'lint', @guide, 'docs/samples/desadv.edi');
    like($other, qr{^docs/samples/desadv\.edi: warning: .* \[guide\.not-asked\]$}m,
        'is told: a file is not good by a guide that asks nothing of it');
    unlike((exits(0, 'of a partner', 'lint', @partner, 'docs/samples/desadv.edi'))[0],
        qr/guide\.not-asked/, 'his profile need not have a guide for each set');

    my ($out) = exits(0, 'coverage as JSON', 'lint', '--json', '--coverage', @guide,
        'docs/samples/order.json');
    my @rows = map { JSON::PP->new->decode($_) } split /\n/, $out;
    is(scalar(grep { exists $_->{coverage} && $_->{coverage}{tried} == 0 } @rows), 5,
        'a row for each check, none of which was tried');
    ok($rows[-1]{summary}, 'the summary comes last');

    put("$dir/a.yaml", "id: a\ntitle: A\nextends: b\nrules: [{at: BSN/9, use: required}]\n");
    put("$dir/b.yaml", "id: b\ntitle: B\nset: '856'\nversions: ['004010']\n");
    my (undef, $err) = exits(2, 'a guide at fault judges nothing', 'lint',
        '--guide', "$dir/a.yaml", 'docs/samples/856.edi');
    like($err, qr{^\Q$dir\E/a\.yaml:4:14: error: /rules/0/at: .*no such element}m,
        'its place is told');
    put("$dir/a.yaml", "id: a\ntitle: A\nextend: b\n");
    (undef, $err) = exits(2, 'an unknown key', 'lint', '--guide', "$dir/a.yaml", 'x');
    like($err, qr{a\.yaml:3:9: error: .*did you mean "extends"}, 'with a suggestion');
    (undef, $err) = exits(2, 'no such guide', 'lint', '--guide', "$dir/none.yaml", 'x');
    like($err, qr/none\.yaml/, 'is named');
    exits(2, 'coverage of nothing', 'lint', '--coverage', 'docs/samples/856.edi');
    exits(2, 'both', 'lint', @guide, @partner, 'docs/samples/856.edi');
    my $conf = conf_copy('guides/acme-asn.yaml' => sub { s{BSN/1}{BSM/1} });
    (undef, $err) = exits(1, 'conf check: a path of a guide', 'conf', 'check', '-c', $conf);
    like($err, qr{^guides/acme-asn\.yaml:\d+:9: error: /rules/0/at: .*did you mean 'BSN'}m,
        'with file, line, column and pointer');
    $conf = conf_copy('maps/x12/850.map' => sub { s/<-> poNo$/<-> poNr/m });
    (undef, $err) = exits(1, 'conf check: a member of a map', 'conf', 'check', '-c', $conf);
    like($err, qr{maps/x12/850\.map:\d+:27: error: .*did you mean "poNo"}m,
        'with file, line and column');
    exits(2, 'no such partner', 'lint', '--partner', 'florb', 'docs/samples/856.edi');
}

# -- documents as they come -------------------------------------------------------------------------

{
    my ($line) = xd($sample, 'map', '-', '--partner', 'acme') ? (xd($sample, 'map', '-'))[1] : ();
    put("$dir/lines.ndjson", "$line\n{\"a\": ]\n$line");
    my (undef, $told) = exits(1, 'map: a broken line of several', 'map', "$dir/lines.ndjson");
    like($told, qr{lines\.ndjson:3:7: error: }, 'has its line');
    put("$dir/pretty.json", "{\n  \"a\": 1,\n  \"b\": ]\n}\n");
    (undef, $told) = exits(1, 'map: a broken document', 'map', "$dir/pretty.json");
    like($told, qr{pretty\.json:3:8: error: }, 'too');
    put("$dir/posted.json", qq({"orderNo": 1}\n));
    (undef, $told) = exits(1, 'map: a document that names no schema', 'map', "$dir/posted.json");
    like($told, qr{meta\.schema}, 'is not called good');
}

# -- maps by version ---------------------------------------------------------------------------------

{
    my ($out) = exits(0, 'ack --kind aperak of D.01B', 'ack', '--kind', 'aperak',
        't/cases/edifact/desadv-d01b.edi');
    unlike($out, qr/ERC/, 'is held to the map of D.01B');
}

# -- advice -----------------------------------------------------------------------------------------

{
    my ($out) = exits(0, 'ack --kind 824 of a good file', 'ack', '--kind', '824',
        'docs/samples/856.edi');
    like($out, qr/~ST\*824\*0001~BGN\*00\*1\*\d{8}\*\d{4}~OTI\*TA\*SI\*SHP-20260814-7\*ACME\*CROSSDOCK\*\*\*905\*0001\*856~SE\*4\*/,
        'accepts it by its number');
    is((xd($out, 'lint', '-'))[0], 0, 'it grades clean itself');

    (my $bad = $sample) =~ s/MAN\*GM\*006141410000001019/MAN*GM*006141410000001018/;
    $bad =~ s/N1\*ST\*[^~]*~[^~]*~\s*//;
    $bad =~ s/SE\*33/SE*31/;
    my ($status, $advice) = xd($bad, 'ack', '--kind', '824', '-');
    is($status, 1, 'of one that cannot be used');
    like($advice, qr/~OTI\*TR\*SI\*/, 'refuses it');
    like($advice, qr/~TED\*007\*/, 'tells what is missing');
    like($advice, qr/~TED\*848\*MAN02 is no SSCC: its last digit should be 9\.\*MAN\*\d+\*2\*\*006141410000001018~/,
        'and a wrong number with its place');
    is((xd($advice, 'lint', '-'))[0], 0, 'it grades clean, too');

    # its second line has no price
    ($out) = exits(1, 'ack --kind aperak', 'ack', '--kind', 'aperak',
        't/cases/edifact/orders-d96a.edi');
    like($out, qr/UNH\+1\+APERAK:D:96A:UN'BGM\+313\+1-1\+27'DTM\+137:\d{12}:203'RFF\+ACW:1'RFF\+ON:PO-1001'ERC\+007::92'FTX\+AAO\+\+\+[^']*:LIN, segment 15'UNT/,
        'says what is missing, and where');
    is((xd($out, 'lint', '-'))[0], 0, 'it grades clean');

    (undef, my $err) = exits(0, 'an 824 of EDIFACT', 'ack', '--kind', '824',
        't/cases/edifact/orders-d96a.edi');
    like($err, qr/no such acknowledgement is due/, 'is never due');

    ($status, $out) = xd($sample =~ s/HL\*5\*4\*I/HL*5*4*X/r, 'ack', '--kind', '999',
        '--guide', 'conf/guides/acme-asn.yaml', '-');
    is($status, 0, 'ack by a guide that has nothing against it');
}

# -- partner ------------------------------------------------------------------------------------------

my $conf_dir = $good =~ s{/[^/]*$}{}r;
my $pepper = 'a pepper of this test';
(undef, $err) = exits(2, 'rotate without a pepper', 'partner', 'rotate',
    'acme', '-c', $good);
like($err, qr/pepper .*No such file/, 'says what is missing');
put("$conf_dir/secrets/pepper", "$pepper\n", 0644);
(undef, $err) = exits(2, 'rotate with a pepper for everybody', 'partner',
    'rotate', 'acme', '-c', $good);
like($err, qr/open to others/, 'says what is wrong');
put("$conf_dir/secrets/pepper", "$pepper\n", 0600);

my %before = map { $_ => slurp($_) } glob "$conf_dir/*.yaml $conf_dir/*/*.yaml";
my %keys;
for my $id (qw(acme webshop acme)) {
    ($out, $err) = exits(0, "rotate $id", 'partner', 'rotate', $id, '-c', $good);
    my ($key) = $out =~ /^#\s+([0-9a-f]+\.[0-9a-f]+)$/m;
    my ($prefix) = $out =~ /^  - prefix: "(\S+)"$/m;
    my ($hash) = $out =~ /^    hash: "([0-9a-f]{64})"$/m;
    is($hash, hmac_sha256_hex($key, $pepper), 'the hash is that of the key');
    like($key, qr/^\Q$prefix\E\.[0-9a-f]{32,}$/, 'the key begins with its prefix');
    is($keys{$key}++ // 0, 0, 'no key comes twice');
    is(() = $out =~ /\Q$key\E/g, 1, 'it is shown once');
    is($err, '', 'and not on standard error');

    my ($from, $until) = $out =~ /not_before: (\S+)\n    expires: (\S+)/;
    like($_, qr/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'an instant')
        for $from, $until;
    cmp_ok($from, 'lt', $until, 'in order');

    next unless $id eq 'acme';
    my $yaml = $out =~ s/^#.*\n//gmr;
    my $with = conf_copy('partners/acme.yaml' => sub { s/^keys:\n/keys:\n$yaml/m });
    exits(0, 'its lines fit below keys:', 'conf', 'check', '-c', $with);
}
is_deeply({ map { $_ => slurp($_) } keys %before }, \%before,
    'no file was changed');
exits(1, 'rotate for nobody', 'partner', 'rotate', 'florb', '-c', $good);
exits(2, 'partner florb', 'partner', 'florb', 'acme');

# -- topology -----------------------------------------------------------------------------------------

($out) = exits(0, 'topology plan', 'topology', 'plan', '-c', $good);
my %queue;
$queue{$1} = $2 while $out =~ /declare queue name=(\S+) durable=true arguments='(.*?)'/g;
my @want = ('xd.q.x12.raw', 'xd.q.doc.raw', 'xd.q.http.out',
    'xd.q.hospital.ward', 'xd.q.insight.facts', 'xd.audit',
    (map { "xd.q.$_.held" } qw(x12 doc http insight)),
    (map { my $d = $_; map { "xd.q.http.$d.p0$_" } 0 .. 7 } qw(erp wms)));
for my $name (@want) {
    ok(exists $queue{$name}, "$name stands") or next;
    my $arguments = json($queue{$name});
    is($arguments->{'x-queue-type'}, $name eq 'xd.audit' ? 'stream' : 'quorum',
        'of its type');
    is(!!$arguments->{'x-single-active-consumer'},
        $name =~ /\.raw$|\.p\d\d$/ ? !!1 : !!0, 'one consumer where order counts');
}
unlike($out, qr/alternate-exchange/, 'no alternate exchange');
unlike($out, qr/x-delivery-limit/, 'no delivery limit in a queue');

for my $exchange (map { "xd.$_" } qw(raw cmd order fulfil inventory finance
    master pos ops))
{
    like($out, qr/declare exchange name=\Q$exchange\E type=topic durable=true/,
        "$exchange stands");
}
for (['xd.raw', 'xd.q.x12.raw', 'in.x12.*'], ['xd.raw', 'xd.q.doc.raw', 'in.json.*'],
    ['xd.raw', 'xd.q.http.out', 'out.http.*'],
    ['xd.cmd', 'xd.q.hospital.ward', 'hospital.ward.#'],
    ['xd.cmd', 'xd.q.x12.held', 'x12.held.#'],
    ['xd.cmd', 'xd.q.http.erp.p03', 'http.erp.*.*.*.p03'],
    (map { my $q = $_; map { [ "xd.$_", $q, '#' ] } qw(order fulfil inventory
        finance master pos ops) } 'xd.q.insight.facts', 'xd.audit'))
{
    my ($from, $to, $key) = @$_;
    like($out, qr/source=\Q$from\E destination_type=queue destination=\Q$to\E routing_key='\Q$key\E'/,
        "$to is bound to $from by $key");
}
unlike($out, qr/source=xd\.(?:raw|cmd) \S+ destination=xd\.(?:audit|q\.insight\.facts)/,
    'nobody listens in on xd.raw and xd.cmd');
my %commands;
$commands{$2}{$1}++ while $out =~ /source=xd\.cmd destination_type=queue destination=(\S+) routing_key='(.*?)'/g;
is((grep { keys %$_ > 1 } values %commands), 0, 'one queue to each command');

# Least rights: what each may configure, write and read.
my %right;
$right{$1} = [ $2, $3, $4 ]
    while $out =~ /set_permissions -p 'crossdock' (\S+) '(.*?)' '(.*?)' '(.*?)'/g;
is((grep { !/^xd-[a-z0-9]+$/ } keys %right), 0, 'users are processes');
is((grep { $_->[0] ne '^$' } values %right), 0, 'nobody configures anything');
my @exchanges = map { "xd.$_" } qw(raw cmd order fulfil inventory finance
    master pos ops);
for (['xd-gateway', ['xd.raw'], []], ['xd-http', ['xd.cmd', 'xd.ops'],
        [ grep { /^xd\.q\.http\./ } sort keys %queue ]],
    ['xd-insight', ['xd.cmd', 'xd.ops'],
        [qw(xd.q.insight.facts xd.q.insight.held)]],
    ['xd-x12', [qw(xd.cmd xd.finance xd.fulfil xd.inventory xd.master xd.ops
        xd.order xd.raw)], [ grep { /^xd\.q\.x12\./ } sort keys %queue ]],
    ['xd-doc', [ sort @exchanges ],
        [qw(xd.q.doc.held xd.q.doc.raw xd.q.doc.xml)]])
{
    my ($user, $write, $read) = @$_;
    ok($right{$user}, "$user: a user of its own") or next;
    my (undef, $w, $r) = @{ $right{$user} };
    is_deeply([ grep { /$w/ } sort @exchanges ], $write, "$user: writes there only");
    is_deeply([ grep { /$r/ } sort keys %queue ], $read, "$user: reads its own only");
    is((grep { /$w/ } keys %queue), 0, "$user: writes to no queue by name");
}
my %topic;
$topic{"$1 $2"} = $3
    while $out =~ /set_topic_permissions -p 'crossdock' (\S+) (\S+) '(.*?)'/g;
for (['xd-gateway xd.raw', 'in.x12.acme', 'out.http.acme'],
    ['xd-x12 xd.raw', 'out.http.acme', 'in.x12.acme'],
    ['xd-x12 xd.cmd', 'http.erp.shipment.create.v1.p00', 'x12.held.case.release.v1.p00'],
    ['xd-http xd.cmd', 'hospital.ward.case.open.v1.p00', 'http.erp.shipment.create.v1.p00'],
    ['xd-http xd.ops', 'delivery.confirmed.v1.none.p00', 'functional-ack.sent.v1.none.p00'])
{
    my ($who, $may, $may_not) = @$_;
    my $key = $topic{$who};
    like($may, qr/$key/, "$who: may $may");
    unlike($may_not, qr/$key/, "$who: may not $may_not");
}
unlike($out, qr/\Q$pepper\E|password=/, 'no secret is printed');

my $fewer = conf_copy('routes.yaml' => sub { s/^.*destination: wms.*\n//m });
($out) = exits(0, 'topology plan with fewer routes', 'topology', 'plan', '-c', $fewer);
unlike($out, qr/xd\.q\.http\.wms/, 'the routes make the queues');

{
    my $port = XD::Stage->free_port;
    local $ENV{XD_AMQP_MGMT_URL} = "http://127.0.0.1:$port";
    put("$conf_dir/secrets/broker/$_", "s3cret\n", 0600) for keys %right;
    (undef, $err) = exits(2, 'apply with nobody there', 'topology', 'apply', '-c', $good);
    like($err, qr/XD_AMQP_MGMT_URL/, 'says what to look at');
    unlike($err, qr/s3cret/, 'and no secret');
}
exits(2, 'topology florb', 'topology', 'florb', '-c', $good);

# -- replay ------------------------------------------------------------------------------------------

for (['replay', '--limit', 'x', '--key', 'k'], ['replay', '--from', 'x'], ['replay', 'x'],
    ['replay', '--dry-run'])
{
    exits(2, "@$_", @$_, '-c', $good);
}
unlink "$conf_dir/secrets/broker/xd-replay";
(undef, $err) = exits(2, 'replay without a password', 'replay', '--key', 'x', '-c', $good);
like($err, qr/password of broker user xd-replay/, 'says so');

# -- top ---------------------------------------------------------------------------------------------

(undef, $err) = exits(2, 'top without anything', 'top', '-c', $good);
like($err, qr/neither a process nor the broker answers/, 'says so');
exits(2, 'top of a word', 'top', 'florb', '-c', $good);

# -- totals ------------------------------------------------------------------------------------------

(undef, $err) = exits(2, 'totals without xd-insight', 'totals', '-c', $good);
like($err, qr/xd-insight does not answer/, 'says so');
(undef, $err) = exits(2, 'totals of a word', 'totals', 'florb', '-c', $good);
like($err, qr/takes only options/, 'says so');

# -- trace -------------------------------------------------------------------------------------------

(undef, $err) = exits(2, 'trace without xd-insight', 'trace', 'SHP-1', '-c', $good);
like($err, qr/xd-insight does not answer at \S+xd-insight\.sock/, 'says who and where');

# -- hospital ----------------------------------------------------------------------------------------

(undef, $err) = exits(2, 'hospital without xd-hospital', 'hospital', 'list', '-c', $good);
like($err, qr/xd-hospital does not answer at \S+xd-hospital\.sock/, 'says who and where');
(undef, $err) = exits(2, 'a state that no case has', 'hospital', 'list', '--state', 'closed',
    '-c', $good);
like($err, qr/takes open, released, mended, discarded or all/, 'says which there are');
(undef, $err) = exits(2, 'no such verb', 'hospital', 'lst', '-c', $good);
like($err, qr/there is no "lst" \(--help/, 'is told');

# -- explain and test: the routes ---------------------------------------------------------------------

my (undef, $mapped) = xd('', 'map', 'docs/samples/856.edi');
my $asn = write_file('asn.json', $mapped);
($out) = exits(0, 'explain', 'explain', '-c', $good, $asn);
like($out, qr/^  holds   asn-to-erp-and-wms .* -> http\.erp\.create -> http\.wms\.create$/m,
    'which routes hold, and where they lead');
like($out, qr/^  passed  order-to-erp .*: its document is "shipment"$/m,
    'which are passed, and why');
($out) = exits(0, 'explain --json', 'explain', '--json', '-c', $good, $asn);
is_deeply(decode_json($out)->{to}, [qw(http.erp.create http.wms.create)],
    'for programs');
(undef, $err) = exits(2, 'explain a document without meta', 'explain', '-c', $good,
    'docs/samples/order.json');
like($err, qr/its meta does not say what it is: .*posted gets it at the gate/, 'says so');
exits(1, 'explain what is no JSON', 'explain', '-c', $good, 'docs/samples/856.edi');

# Conditions, their faults, and routes that cannot be decided.
my $big = conf_copy('routes.yaml' => sub {
    s/when: \{ document: sales-order, event: created \}/when: { document: sales-order, event: created, condition: "size(buyer.name) > 5" }/
        or die "routes.yaml is not as it was\n";
});
(undef, $err) = exits(1, 'a condition without an answer', 'explain', '-c', $big,
    'canonical-schemas/sales-order/examples/minimal.json');
like($err, qr/Route 'order-to-erp' cannot be decided: /, 'is told');
my $misnamed = conf_copy('routes.yaml' => sub {
    s/event: created \}/event: created, condition: "florb > 1" }/;
});
(undef, $err) = exits(1, 'a wrong condition', 'conf', 'check', '-c', $misnamed);
like($err, qr/routes\.yaml:\d+:\d+: error: \S+ Column 1 of the condition, for 'shipment': .*florb/,
    'is told with its place');

sub routes_tested {
    my ($tests) = @_;
    return conf_copy('routes.yaml' => sub { s/^tests:.*//ms; $_ .= $tests });
}
my $example = "$root/canonical-schemas/shipment/examples/typical.json";
my $tested = routes_tested(<<"X");
tests:
  - { file: $example, event: created, to: [http.wms.create, http.erp.create] }
  - { file: $example, event: closed, to: [] }
X
($out) = exits(0, 'test', 'test', '-c', $tested);
like($out, qr/^2 passed, 0 failed$/m, 'counts');
like($out, qr/^no test reaches route order-to-erp$/m, 'tells what no test reaches');
$tested = routes_tested(<<"X");
tests:
  - { file: $example, event: created, to: [http.erp.create, http.oms.create] }
X
($out) = exits(1, 'an example that goes elsewhere', 'test', '-c', $tested);
like($out, qr/goes to http\.wms\.create, by route asn-to-erp-and-wms/, 'says where');
like($out, qr/does not go to http\.oms\.create/, 'and where not');

# -- standard output that takes nothing ------------------------------------------------------------------

# Runs the tool with another standard output; returns status and errors.
sub printing_to {
    my ($open, @args) = @_;
    my $pid = fork // die "fork: $!\n";
    if ($pid == 0) {
        open STDIN, '<', '/dev/null';
        open STDERR, '>', "$dir/err";
        $open->();
        exec { $xd } $xd, @args or POSIX::_exit(127);
    }
    waitpid $pid, 0;
    return ($?, slurp("$dir/err"));
}

my @printers = (['--help'], ['lint', '--help'], ['lint', 'docs/samples/856.edi'],
    ['lint', '--json', 'docs/samples/856.edi'], ['ack', 'docs/samples/856.edi'],
    ['map', 'docs/samples/856.edi'], ['check', '--schema', 'sales-order#posted', $file],
    ['conf', 'check', '-c', $good], ['topology', 'plan', '-c', $good],
    ['partner', 'rotate', 'acme', '-c', $good]);

SKIP: {
    -c '/dev/full' or skip 'no /dev/full', 2 * @printers;
    for my $args (@printers) {
        my ($wait, $said) = printing_to(
            sub { open STDOUT, '>', '/dev/full' }, @$args);
        is($wait >> 8, 2, "xd @$args[0 .. (@$args > 1 ? 1 : 0)] to a full disk: exit 2");
        like($said, qr/standard output/, 'and says why');
    }
}
for my $args (@printers) {
    my ($wait, $said) = printing_to(sub { close STDOUT; POSIX::close(1) }, @$args);
    is($wait >> 8, 2, "xd @$args[0 .. (@$args > 1 ? 1 : 0)], closed: exit 2");

    pipe my $read, my $write or die "pipe: $!\n";
    close $read;
    ($wait) = printing_to(sub { POSIX::dup2(fileno $write, 1) }, @$args);
    is($wait, 2 << 8, 'with no reader: exit 2, and no signal');
}

done_testing;
