# SPDX-License-Identifier: BSD-2-Clause
#
# `xd lint` over everything: the public samples, and what people and machines
# make of a file.  Whatever comes, it is graded: exit 0 or 1, each line JSON,
# the summary last, and the sanitizers have nothing to say.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use File::Basename qw(basename);
use File::Find;
use JSON::PP;
use POSIX ();
use Test::More;
use Time::HiRes qw(time);
use XD;

my $xd = "$build/bin/xd";
my $asan = $ENV{XD_ASAN_BUILD} ? "$ENV{XD_ASAN_BUILD}/bin/xd"
    : "$root/build/asan/bin/xd";
$asan = $xd unless -x $asan;
-x $xd or plan skip_all => 'xd is not built';
diag "$asan has no sanitizers" if $asan eq $xd;

my $dir = tmp();
my $sample = slurp("$root/docs/samples/856.edi");
my $words = qr/AddressSanitizer|LeakSanitizer|runtime error|UndefinedBehavior/;


# Lints files with the sanitized tool; returns the exit status, the findings
# and the summary.  What is wrong with the run itself is a reason.
sub lint {
    my ($tool, @files) = @_;
    my ($wait, $out, $err) = run_cmd('', $tool, 'lint', '--json', @files);
    my @lines = split /\n/, $out;
    my (@json, $why);

    for (@lines) {
        my $o = eval { JSON::PP->new->utf8->decode($_) };
        $why //= "no JSON: $_" unless ref $o eq 'HASH';
        push @json, $o;
    }
    my $summary = @json ? (pop @json)->{summary} : undef;

    $why //= sprintf 'signal %d', $wait & 127 if $wait & 127;
    $why //= "sanitizer: $err" if $err =~ $words;
    $why //= 'no summary in the last line' unless $summary;
    $why //= 'a summary before the last line' if grep { $_->{summary} } @json;

    return { status => $wait >> 8, findings => \@json, why => $why,
             summary => $summary, err => $err };
}


sub severe {
    my ($r) = @_;
    return grep { $_->{severity} =~ /^(?:error|fatal)$/ } @{ $r->{findings} };
}


# Every member that a script may rely on, and the exit status that follows.
sub sound {
    my ($r, $status_of) = @_;
    my @members = qw(file severity scope rule offset segment path value text
        ack);

    return $r->{why} if $r->{why};
    for my $f (@{ $r->{findings} }) {
        my @missing = grep { !exists $f->{$_} } @members;
        return "a finding without @missing" if @missing;
        return "no such severity: $f->{severity}"
            unless $f->{severity} =~ /^(?:info|warning|error|fatal)$/;
        return "no such scope: $f->{scope}"
            unless $f->{scope} =~ /^(?:value|set|group|interchange|file)$/;
        return "no rule" unless $f->{rule} =~ /^[a-z0-9.-]+$/;
        return "no sentence for $f->{rule}" unless length $f->{text};
    }

    my %count;
    $count{ $_->{severity} }++ for @{ $r->{findings} };
    for (qw(fatal error warning info)) {
        return "the summary counts $_ wrong"
            unless $r->{summary}{$_} == ($count{$_} // 0);
    }

    my $want = severe($r) ? 1 : 0;
    return $r->{status} == $want ? '' : "exit $r->{status}, not $want";
}


sub write_file {
    my ($name, $bytes) = @_;
    put("$dir/$name", $bytes);
    return "$dir/$name";
}


# Lints bytes; ok when sound, and when $want holds of the result.
sub grades {
    my ($name, $bytes, $want, %o) = @_;
    my $r = lint($o{tool} // $asan, write_file('case.edi', $bytes));
    my $why = sound($r);
    is($why, '', "$name: graded");
    ok(!$why && $want->($r), "$name: $o{as}")
        or diag(join "\n", map { "  $_->{severity} $_->{rule} \@$_->{offset}" }
            @{ $r->{findings} });
    return $r;
}


sub says {
    my ($rule) = @_;
    return sub { grep { $_->{rule} =~ /$rule/ } @{ $_[0]{findings} } };
}


sub accepted {
    my ($r) = @_;
    return $r->{status} == 0
        && !grep { $_->{verdict} ne 'A' } @{ $r->{summary}{interchanges} };
}


# -- the public samples -----------------------------------------------------------

# Samples that their index calls clean, and we do not: by the standard.
my %disagree = (
    'x12parser/ORD/_820/Example2_ScanaEnergy.txt' =>
        { 'x12.isa.value' => 'ISA06 is a placeholder of blanks: no sender',
          'x12.element.too-short' => 'codes and dates are cut',
          'x12.element.too-long' => 'and others too wide' ,
          'x12.element.missing' => 'a number lacks what it is of' },
    'omniparser/1_canadapost_edi_214.input.txt' =>
        { 'x12.element.missing' => 'N1 has no name, L11 no number' },
    'x12parser/Acknowledgments/_999/DHS_Wisconsin_Sample.txt' =>
        { 'x12.element.too-short' => 'AK202 has three digits' },
    'x12parser/FIN/_824/FromTmhpSpec.txt' =>
        { 'x12.element.too-short' => 'dates have six digits',
          'x12.element.too-long' => 'a version stands where the',
          'x12.element.code' => 'purpose belongs' },
    'x12parser/ORD/_820/Example1_MortgageBankers.txt' =>
        { 'x12.segment.unknown' => 'TX1 stands for TXI' },
    'x12parser/ORD/_820/Example5_Wikipedia.txt' =>
        { 'x12.element.too-short' => 'BPR lacks an element,',
          'x12.element.too-long' => 'so all behind it is in the wrong place' },
    'x12parser/ORD/_832/_4010/Example1_HIBCC.txt' =>
        { 'x12.segment.unexpected' => 'DTM stands once more behind its place' },
    'x12parser/ORD/_846/Example2.txt' =>
        { 'x12.element.too-long' => 'two terminators are missing,',
          'x12.segment.elements' => 'so segments run together',
          'x12.element.exclusion' => 'and exclude each other' },
    'x12parser/ORD/_865/FromAdvanceAutoParts.txt' =>
        { 'x12.element.date' => 'a date has nine digits' },
    (map { $_ => { 'x12.element.number' => 'an amount has a point' } }
        'x12parser/MAN/_867/Example2.txt', 'x12parser/MAN/_867/Example3.txt'),
    'x12parser/ORD/_880/SimplotExample1.txt' =>
        { 'x12.element.number' => '"xx.xx" stands for numbers',
          'x12.segment.missing' => 'and the set ends without its totals' },
    'php-edifact/D96ADESADV.edi' => { 'edifact.element.too-long' =>
        'BGM03 is a date, where the function of the message stands' },
    (map { $_ => { 'edifact.tradacoms.not-read' =>
        'TRADACOMS is recognised and not read' } }
        'oboe/tradacoms/Tradacoms.ORDER', 'staedi/tradacoms/order-blocked.edi',
        'staedi/tradacoms/order-extra-mhd-data.edi',
        'staedi/tradacoms/order.edi'),
    'x12parser/ORD/_856/Example4.txt' =>
        { 'x12.element.too-long' => 'N402 is a word, where two letters fit' },
    map { $_ => {
        'x12.segment.missing' => 'ISS stands before TDS, not after it',
        'x12.segment.unexpected' => 'so what follows it has no place',
    } } 'x12parser/ORD/_810/Example3_MultiInvoice.txt',
        'x12parser/ORD/_810/Example5_Walmart.txt',
);


# Which rules tell what the index measured.
my %measured = (
    SE01 => 'set.count', GE01 => 'group.count', IEA01 => 'interchange.count',
    SE02 => 'set.control-differs', GE02 => 'group.control-differs',
    IEA02 => 'interchange.control-differs', 'GE-MISSING' => 'group.no-trailer',
    'IEA-MISSING' => 'interchange.no-trailer', 'ISA-length' => 'isa',
    BINLEN => 'binary', BINNONNUM => 'binary',
    UNT01 => 'set.count', UNT02 => 'set.control-differs',
    UNE02 => 'group.control-differs', UNZ01 => 'interchange.count',
    UNZ02 => 'interchange.control-differs', 'no-UNA' => 'una.missing',
    'charset:UNOA' => 'tolerance.charset',
    'charset:UTF-8-in-UNOC' => 'tolerance.utf-8',
);


# The samples by their names; nothing where the corpus is absent.
sub samples {
    my ($corpus) = @_;
    my ($head, @index) = split /\r?\n/, slurp("$corpus/INDEX.tsv");
    my @columns = split /\t/, $head;
    my %row;
    for (@index) {
        my %r;
        @r{@columns} = split /\t/;
        $row{ $r{file} } = \%r;
    }
    return %row;
}


# What the index says of a sample holds of its grade.
sub sample_holds {
    my ($name, $row, $r) = @_;
    my @severe = severe($r);
    my $known = $disagree{$name} || {};

    is(scalar @{ $r->{summary}{interchanges} }, $row->{interchanges},
        "$name: its interchanges")
        if $row->{class} ne 'broken' && $row->{syntax} ne 'TRADACOMS';
    cmp_ok(scalar(@severe), '>', 0, "$name: an error")
        if $row->{class} eq 'not-edi' || $row->{class} eq 'fragment';
    is(scalar @severe, 1, "$name: one clear finding")
        if $row->{class} eq 'fragment' || $row->{syntax} eq 'TRADACOMS';
    for (grep { $_ ne '-' } split ' ', $row->{findings}) {
        my ($what) = /^(charset:.*|[^:]+)/;
        my $rule = $measured{$what} or next;
        ok((grep { $_->{rule} =~ /^(?:x12|edifact)\.\Q$rule\E/ }
            @{ $r->{findings} }),
            "$name: $what, as $rule");
    }
    return \@severe unless $row->{class} eq 'clean';

    my @more = grep { !$known->{ $_->{rule} } } @severe;
    is(scalar @more, 0, "$name: no error")
        or diag(join "\n", map { "  $_->{rule} \@$_->{offset}: $_->{text}" }
            @more);
    if (%$known) {
        my %rules = map { $_->{rule} => 1 } @severe;
        is_deeply([sort keys %rules], [sort keys %$known],
            "$name: as documented");
        diag("$name is called clean, but $_") for sort values %$known;
    }
    return \@severe;
}


for my $syntax (qw(x12 edifact)) {
SKIP: {
    my $corpus = ($ENV{CROSSDOCK_CORPUS} // "$root/../shared/corpus")
        . "/$syntax";
    -r "$corpus/INDEX.tsv"
        or skip "no corpus at \$CROSSDOCK_CORPUS ($syntax)", 1;

    # Everything there, also the descriptions and licences: whatever a person
    # might name.
    my %row = samples($corpus);
    my (@files, %count);
    find({ no_chdir => 1, wanted => sub { push @files, $_ if -f } }, $corpus);

    for my $file (sort @files) {
        (my $name = $file) =~ s{^\Q$corpus\E/}{};
        my $r = lint($asan, $file);
        is(sound($r), '', "$name: graded");
        my $row = delete $row{$name};
        next if $r->{why} || !$row;
        my $severe = sample_holds($name, $row, $r);
        $count{ $row->{class} }[ @$severe ? 1 : 0 ]++;
    }

    diag(sprintf '%-8s %3d without errors, %3d with', $_,
        map { $_ // 0 } @{ $count{$_} }[0, 1]) for sort keys %count;
    is_deeply([ sort keys %row ], [], 'each sample of the index was there');
}
}


# -- ends that are missing ----------------------------------------------------------

# Cut at every byte of its head, and at steps through the rest: each in one
# run, since a process of the sanitized tool takes a while to start.
my @cut;
for my $at (0 .. 130, map { 137 + 29 * $_ } 0 .. 25) {
    push @cut, write_file("cut-$at.edi", substr $sample, 0, $at);
}
my $cuts = lint($asan, @cut);
is(sound($cuts), '', 'cut anywhere: graded');
is($cuts->{summary}{files}, scalar @cut, 'each of them');
for my $file (@cut) {
    next if grep { $_->{file} eq $file && $_->{severity} =~ /error|fatal/ }
        @{ $cuts->{findings} };
    fail(basename($file) . ' has an error');
}

grades('half an ISA', substr($sample, 0, 50),
    says('^x12\.isa'), as => 'named as such');
grades('an ISA alone', substr($sample, 0, 106),
    says('no-trailer'), as => 'without its trailer');

# -- counts and numbers --------------------------------------------------------------

for (['SE01', qr/SE\*33\*/, 'SE*32*', 'x12.set.count', 'AK502:4'],
    ['SE01 no number', qr/SE\*33\*/, 'SE*many*', 'x12.set.count', 'AK502:4'],
    ['SE02', qr/SE\*33\*0001/, 'SE*33*0002', 'x12.set.control', 'AK502:3'],
    ['GE01', qr/GE\*1\*/, 'GE*2*', 'x12.group.count', 'AK905:5'],
    ['GE02', qr/GE\*1\*905/, 'GE*1*906', 'x12.group.control', 'AK905:4'],
    ['IEA01', qr/IEA\*1\*/, 'IEA*3*', 'x12.interchange.count', 'TA105:021'],
    ['IEA02', qr/IEA\*1\*0+905/, 'IEA*1*000000906', 'x12.interchange.control',
        'TA105:001'])
{
    my ($name, $from, $to, $rule, $ack) = @$_;
    (my $bad = $sample) =~ s/$from/$to/ or die "$name: nothing to change";
    grades("wrong $name", $bad, sub {
        grep { index($_->{rule}, $rule) == 0 && ($_->{ack} // '') eq $ack }
            @{ $_[0]{findings} };
    }, as => "$rule, $ack");
}

# -- segments ------------------------------------------------------------------------

(my $unknown = $sample) =~ s/HL\*1\*\*S~/ZZZ*1*2~$&/;
$unknown =~ s/SE\*33/SE*34/;
my $r = grades('an unknown segment', $unknown,
    sub { $_[0]{status} == 1 && says('segment')->($_[0]) }, as => 'an error');
my ($f) = grep { ($_->{ack} // '') eq 'AK304:1' } @{ $r->{findings} };
is($f->{offset}, index($unknown, 'ZZZ'), 'with its offset');
is($f->{segment}, 3, 'and place in the set');

(my $unknown_set = $sample) =~ s/ST\*856/ST*000/;
grades('an unknown set', $unknown_set, says('not-supported'),
    as => 'is told; its envelope was checked');

# -- HL --------------------------------------------------------------------------------

for (['an orphan', 'HL*5*4*I', 'HL*5*99*I', 'orphan'],
    ['its own parent', 'HL*5*4*I', 'HL*5*5*I', 'circle'],
    ['a circle', 'HL*3*2*T', 'HL*3*5*T', 'circle'],
    ['the same twice', 'HL*6*4*I', 'HL*5*4*I', 'duplicate'])
{
    my ($name, $from, $to, $rule) = @$_;
    (my $bad = $sample) =~ s/\Q$from\E/$to/ or die $name;
    grades("HL: $name", $bad, sub {
        grep { $_->{rule} eq "x12.hl.$rule" && $_->{severity} eq 'error' }
            @{ $_[0]{findings} };
    }, as => $rule);
}

# -- dirt that is forgiven ---------------------------------------------------------------

(my $bare = $sample) =~ s/\n//g;
for (['one line', $bare],
    ['line ends', $sample],
    ['CR LF', $sample =~ s/\n/\r\n/gr],
    ['blank lines', $sample =~ s/\n/\n\n\n/gr],
    ['line end as terminator', $bare =~ s/~/\n/gr],
    ['a byte order mark', "\xEF\xBB\xBF$sample"],
    ['no final terminator', substr($bare, 0, -1)],
    ['blanks around', "  \r\n $sample \n\n "],
    ['NUL bytes behind', $sample . "\0" x 512],
    ['Ctrl-Z behind', "$sample\x1a"],
    ['other marks', $bare =~ tr/*~>/|^:/r])
{
    my ($name, $bytes) = @$_;
    grades($name, $bytes, \&accepted, as => 'accepted, no error');
}

my $three = join "\n", map { $sample =~ s/0000905\b/000090$_/gr } 5 .. 7;
$r = grades('three interchanges', $three, \&accepted, as => 'accepted');
is_deeply([ map { $_->{control} } @{ $r->{summary}{interchanges} } ],
    [qw(000000905 000000906 000000907)], 'each is listed');
is_deeply([ @{ $r->{summary}{interchanges}[0] }{qw(sender receiver verdict)} ],
    [qw(ACME CROSSDOCK A)], 'with its parties and verdict');

$r = grades('a bad one between two good', join('', $sample,
        substr($sample, 0, index($sample, 'HL*4*')), $sample =~ s/0000905\b/0000907/gr),
    sub { $_[0]{status} == 1 && @{ $_[0]{summary}{interchanges} } == 3 },
    as => 'does not spoil them');
is(join('', map { $_->{verdict} } @{ $r->{summary}{interchanges} }[0, 2]), 'AA',
    'they are accepted');

# -- EDIFACT ---------------------------------------------------------------------------------

my $orders = slurp("$root/t/cases/edifact/orders-d96a.edi");

for (['as it is', $orders],
    ['one line', $orders =~ s/\n//gr],
    ['CR LF', $orders =~ s/\n/\r\n/gr],
    ['no UNA', $orders =~ s/^UNA.*\n//r],
    ['a byte order mark', "\xEF\xBB\xBF$orders"],
    ['no final terminator', substr($orders, 0, -2)],
    ['blanks around', "  \r\n $orders \n\n "],
    ['Ctrl-Z behind', "$orders\x1a"],
    ['line end as terminator',
        $orders =~ s/\n//gr =~ s/(?<!\?)'/\n/gr =~ s/\?'/'/gr],
    ['zeros in the count', $orders =~ s/UNT\+/UNT+000/r],
    ['0 for D', $orders =~ s/ORDERS:D:96A/ORDERS:0: 96A/r],
    ['a comma for the decimals', $orders =~ s/2\.5/2,5/r])
{
    my ($name, $bytes) = @$_;
    grades("EDIFACT: $name", $bytes, \&accepted, as => 'accepted, no error');
}

for (['UNT01', qr/UNT\+20/, 'UNT+19', 'edifact.set.count', '0085:29'],
    ['UNT02', qr/UNT\+20\+1/, 'UNT+20+2', 'edifact.set.control', '0085:28'],
    ['UNZ01', qr/UNZ\+1/, 'UNZ+2', 'edifact.interchange.count', '0085:29'],
    ['UNZ02', qr/UNZ\+1\+101/, 'UNZ+1+102', 'edifact.interchange.control',
        '0085:28'],
    ['code', qr/UNS\+S/, 'UNS+X', 'edifact.element.code', '0085:12'],
    ['component', qr/QTY\+21:12/, 'QTY+21:12:PCE:9',
        'edifact.element.components', '0085:16'])
{
    my ($name, $from, $to, $rule, $ack) = @$_;
    (my $bad = $orders) =~ s/$from/$to/ or die "$name: nothing to change";
    grades("EDIFACT: wrong $name", $bad, sub {
        grep { index($_->{rule}, $rule) == 0 && ($_->{ack} // '') eq $ack }
            @{ $_[0]{findings} };
    }, as => "$rule, $ack");
}

$r = grades('X12 and EDIFACT in one file', "$orders$sample$orders",
    \&accepted, as => 'accepted');
is_deeply([ map { $_->{control} } @{ $r->{summary}{interchanges} } ],
    [qw(101 000000905 101)], 'each is listed');
grades('X12 that breaks off before EDIFACT',
    substr($sample, 0, index($sample, 'HL*4*')) . $orders,
    sub { ($_[0]{summary}{interchanges}[1]{verdict} // '') eq 'A' },
    as => 'does not spoil it');

@cut = map { write_file("cut-orders-$_.edi", substr $orders, 0, $_) }
    0 .. length($orders) - 3;
$cuts = lint($asan, @cut);
is(sound($cuts), '', 'EDIFACT cut anywhere: graded');
for my $file (@cut) {
    next if grep { $_->{file} eq $file && $_->{severity} =~ /error|fatal/ }
        @{ $cuts->{findings} };
    fail(basename($file) . ' has an error');
}

# -- what is no EDI -------------------------------------------------------------------------

for (['nothing', ''], ['a blank', ' '], ['text', "hello, world\n"],
    ['NUL bytes', "\0" x 1000], ['letters ISA', 'ISA'],
    ['many ISA', 'ISA' x 1000], ['high bytes', "\xff" x 4096],
    ['only marks', '*~' x 5000], ['XML', '<?xml version="1.0"?><a/>'])
{
    my ($name, $bytes) = @$_;
    grades($name, $bytes, sub { $_[0]{status} == 1 }, as => 'an error');
}

grades('JSON', slurp("$root/docs/samples/order.json"), \&accepted,
    as => 'good');
$r = grades('JSON that ends', "{\"a\":\n 1,", sub { $_[0]{status} == 1 },
    as => 'an error');
is($r->{findings}[0]{line}, 2, 'with its line');
cmp_ok($r->{findings}[0]{column}, '>', 1, 'and column');

# Bytes at random, always the same: no answer but a grade.
my $state = 20260514;
sub next_byte {
    $state = ($state * 1103515245 + 12345) & 0x7fffffff;
    return $state >> 16 & 0xff;
}
my @random;
for my $n (1 .. 40) {
    my $bytes = $n % 2 ? '' : substr $sample, 0, 106;
    $bytes .= join '', map { chr next_byte() } 1 .. 2000;
    push @random, write_file("random-$n.edi", $bytes);
}
for my $n (1 .. 60) {
    my $bytes = $sample;
    substr($bytes, (next_byte() << 8 | next_byte()) % length $bytes, 1)
        = chr next_byte() for 1 .. $n;
    push @random, write_file("changed-$n.edi", $bytes);
}
is(sound(lint($asan, @random)), '', 'a hundred files of chance: graded');

# -- size ----------------------------------------------------------------------------------

my $junk = "$dir/junk";
open my $out, '>:raw', $junk or die "$junk: $!\n";
my $block = join '', map { chr next_byte() } 1 .. 65536;
print $out $block for 1 .. 1600;
close $out or die "$junk: $!\n";
my $began = time;
$r = lint($xd, $junk);
is(sound($r), '', '100 MB of junk: graded');
is($r->{status}, 1, 'an error');
cmp_ok(time - $began, '<', 30, 'in seconds');
unlink $junk;

# -- files that cannot be read -----------------------------------------------------------------

for (['a folder', $dir], ['nothing of that name', "$dir/none"],
    ['an empty name', ''])
{
    my ($name, $path) = @$_;
    $r = lint($asan, $path);
    is($r->{status}, 2, "$name: exit 2");
    is($r->{why}, undef, "$name: the summary comes all the same");
    like($r->{err}, qr/^xd: \Q$path\E: \w/, "$name: named on standard error");
}

SKIP: {
    my $locked = write_file('locked', $sample);
    chmod 0, $locked;
    skip 'root reads everything', 1 if -r $locked;
    is(lint($asan, $locked)->{status}, 2, 'an unreadable file: exit 2');
}

$r = lint($asan, "$dir/none", write_file('good.edi', $sample));
is($r->{status}, 2, 'one that is missing beside a good one: exit 2');
is(scalar @{ $r->{summary}{interchanges} }, 1, 'the good one is graded');

# -- for a person --------------------------------------------------------------------------------

my ($wait, $text) = run_cmd($sample, $xd, 'lint', '-');
is($wait, 0, 'standard input is read');
like($text, qr/^-: interchange 000000905 from ZZ:ACME: envelope A, 1 of 1 sets accepted$/m, 'a line for each');
like($text, qr/^1 file: 0 fatal, 0 errors, \d+ warnings?, \d+ infos$/m,
    'and the sum of it');

(my $escape = $unknown_set) =~ s/ST\*000/ST*\e[31m/;
($wait, $text) = run_cmd($escape, $xd, 'lint', '-');
unlike($text, qr/\e/, 'no terminal obeys a partner\'s bytes');

done_testing;
