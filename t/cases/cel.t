# SPDX-License-Identifier: BSD-2-Clause
#
# The public CEL suite (npm package @bufbuild/cel-spec): every case that needs
# no protobuf message.  Each expression is one run of `xd cel`; what it prints
# is compared with the expected value in the same notation, which is written
# here and not by the tool.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use MIME::Base64 qw(decode_base64);
use Test::More;
use XD;

my $xd = $ENV{XD_CEL_TOOL} || "$build/bin/xd";
-x $xd or plan skip_all => 'xd is not built';

my $package = $ENV{CROSSDOCK_CEL_SPEC}
    || "$root/build/npm/node_modules/\@bufbuild/cel-spec";
my $suite = "$package/dist/cjs/testdata/conformance.js";
-f $suite or plan skip_all =>
    'no @bufbuild/cel-spec: npm install --prefix build/npm @bufbuild/cel-spec';

# By name, with the reason; docs/internals/cel.md says more.
my $functions = 'declares a function of its own, and here nobody can';
my %exception = (
    'type_deductions/functions/function_result_type' => $functions,
    map({ ("type_deductions/type_parameters/$_" => $functions) }
        'multiple_parameters_generality', 'multiple_parameters_generality_2',
        'multiple_parameters_parameterized_ovl',
        'multiple_parameters_parameterized_ovl_2'),
);


# -- the suite: a JavaScript literal -------------------------------------------

my %escape = (n => "\n", r => "\r", t => "\t", b => "\b", f => "\f",
    v => "\x0b", 0 => "\0");


sub js_string {
    my ($quote) = @_;
    my @units;

    until (/\G$quote/gc) {
        if (/\G\\u\{([0-9a-fA-F]+)\}/gc || /\G\\u([0-9a-fA-F]{4})/gc
            || /\G\\x([0-9a-fA-F]{2})/gc)
        {
            push @units, hex $1;
        } elsif (/\G\\(.)/gcs) {
            push @units, ord($escape{$1} // $1);
        } elsif (/\G([^\\])/gcs) {
            push @units, ord $1;
        } else {
            die 'the suite has a text without end at ' . (pos() // 0);
        }
    }

    my $text = '';
    while (@units) {
        my $unit = shift @units;
        if ($unit >= 0xD800 && $unit < 0xDC00 && @units) {
            $unit = 0x10000 + (($unit - 0xD800) << 10) + shift(@units) - 0xDC00;
        }
        $text .= chr $unit;
    }
    return $text;
}


sub js_value {
    /\G\s+/gc;
    return js_string($1) if /\G(["'`])/gc;

    if (/\G\[/gc) {
        my @list;
        until (/\G[\s,]*\]/gc) { /\G[\s,]+/gc; push @list, js_value() }
        return \@list;
    }

    if (/\G\{/gc) {
        my %map;
        until (/\G[\s,]*\}/gc) {
            /\G[\s,]+/gc;
            my $key = /\G(["'])/gc ? js_string($1)
                : /\G([\w\$]+)/gc ? $1
                : die 'the suite has a member without name at ' . (pos() // 0);
            /\G\s*:/gc or die 'the suite has a member without value';
            $map{$key} = js_value();
        }
        return \%map;
    }

    return $1 if /\G([-+\w.]+)/gc;
    die 'the suite has something unknown at ' . (pos() // 0);
}


sub suite {
    local $_ = slurp($suite);
    utf8::decode($_);
    pos() = index($_, '{', index($_, 'exports.tests = {'));
    return js_value();
}


# -- values in the notation of the tool ------------------------------------------

# The shortest digits that read back; an exponent from 21 on and below -4.
sub double {
    my ($text) = @_;
    return "double(\"$text\")" if $text =~ /NaN|Inf/;

    return '-0.0' if $text =~ /^-0(?:\.0*)?$/;
    my $number = ($text =~ /e/ ? $text : "${text}e0") + 0; # no integer
    my ($sign, $digits, $exponent);
    for my $n (14 .. 16) {
        ($sign, $digits, $exponent) =
            (sprintf '%.*e', $n, $number) =~ /^(-?)([\d.]+)e(.*)/;
        last if "$sign${digits}e$exponent" == $number;
    }

    $digits =~ s/\.?0*$//;
    return "$sign${digits}e$exponent" if $exponent < -4 || $exponent >= 21;

    $digits =~ tr/.//d;
    $digits = '0' x -$exponent . $digits if $exponent < 0;
    my $whole = $exponent < 0 ? 1 : $exponent + 1;
    $digits .= '0' x ($whole - length $digits) if length $digits < $whole;
    my $rest = substr $digits, $whole;
    return $sign . substr($digits, 0, $whole) . '.' . ($rest eq '' ? '0' : $rest);
}


sub quoted {
    my ($text, $bytes) = @_;
    my %short = ("\a" => 'a', "\b" => 'b', "\f" => 'f', "\n" => 'n',
        "\r" => 'r', "\t" => 't', "\x0b" => 'v', '\\' => '\\', '"' => '"');

    utf8::encode($text) if !$bytes;
    $text =~ s/([\a\b\f\n\r\t\x0b\\"])/\\$short{$1}/g;
    my $odd = $bytes ? qr/([\x00-\x1f\x7f-\xff])/ : qr/([\x00-\x1f\x7f])/;
    $text =~ s/$odd/sprintf '\\x%02x', ord $1/ge;
    return ($bytes ? 'b' : '') . "\"$text\"";
}


sub value {
    my ($v) = @_;
    my ($kind) = keys %$v;
    my $x = $v->{$kind};

    return 'null' if $kind eq 'nullValue';
    return $x if $kind =~ /^(?:bool|int64|type)Value$/;
    return "${x}u" if $kind eq 'uint64Value';
    return double($x) if $kind eq 'doubleValue';
    return quoted($x) if $kind eq 'stringValue';
    return quoted(decode_base64($x), 1) if $kind eq 'bytesValue';
    return '[' . join(', ', map { value($_) } @{ $x->{values} // [] }) . ']'
        if $kind eq 'listValue';

    my %map = map { value($_->{key}) => value($_->{value}) }
        @{ $x->{entries} // [] };
    return '{' . join(', ', map { "$_: $map{$_}" } sort keys %map) . '}';
}


sub type {
    my ($t) = @_;
    my ($kind) = keys %$t;
    my $x = $t->{$kind};
    my %primitive = (INT64 => 'int', UINT64 => 'uint');

    return $primitive{$x} // lc $x if $kind eq 'primitive';
    return 'list(' . type($x->{elemType}) . ')' if $kind eq 'listType';
    return 'map(' . type($x->{keyType}) . ', ' . type($x->{valueType}) . ')'
        if $kind eq 'mapType';
    return "$x->{name}(" . join(', ', map { type($_) } @{ $x->{parameterTypes} })
        . ')' if $kind eq 'abstractType';
    return $kind eq 'null' ? 'null_type' : $kind;
}


# -- one case ------------------------------------------------------------------------

sub bindings {
    my ($case) = @_;
    my $bound = $case->{bindings} // {};
    return map { "$_=" . value($bound->{$_}{value}) } sort keys %$bound;
}


# Why it fails; '' when it does not.
sub fault {
    my ($case) = @_;
    my $expr = $case->{expr};
    my @options = (
        ($case->{disableCheck} eq 'true' ? '--unchecked' : ()),
        ($case->{container} ? ('--container', $case->{container}) : ()));
    my @rest = ('--', '-', bindings($case));

    utf8::encode($expr);
    my $deduced = $case->{typedResult}{deducedType};
    if ($deduced) {
        my (undef, $out) = run_cmd($expr, $xd, 'cel', '--type', @options, @rest);
        my $want = type($deduced) . "\n";
        return "type: $out, not $want" if $out ne $want;
    }
    return '' if ($case->{checkOnly} // '') eq 'true';

    my ($status, $out, $err) = run_cmd($expr, $xd, 'cel', @options, @rest);
    return "status $status: $err" if $status >> 8 > 1 || $status & 127;

    if ($case->{evalError}) {
        return $err =~ /\[cel\.run\]/ ? '' : "no error of the run: $out$err";
    }

    my $want = $case->{value} // $case->{typedResult}{result};
    $want = $want ? value($want) : 'true';
    return $out eq "$want\n" ? '' : "got $out$err, not $want";
}


# -- all of them -----------------------------------------------------------------------

my $message = qr/TestAllTypes|google\.protobuf|google\/protobuf|objectValue|
    GlobalEnum|cel\.expr\.conformance|messageType|NestedEnum/x;


sub text {
    my ($x) = @_;
    return ref $x eq 'HASH' ? join ' ', map { $_, text($x->{$_}) } sort keys %$x
        : ref $x eq 'ARRAY' ? join ' ', map { text($_) } @$x
        : $x // '';
}


sub cases {
    my ($node, $path) = @_;
    my @found = map { cases($_, [@$path, $_->{name}]) } @{ $node->{suites} // [] };

    for my $test (@{ $node->{tests} // [] }) {
        my $of = join ' ', map { text($test->{$_}) } qw(original checkedAst type);
        next if $of =~ $message;
        $test->{original}{disableCheck} //= 'false';
        push @found, [join('/', @$path, $test->{original}{name}), $test->{original}];
    }
    return @found;
}


my (%section, %excused, $passed);
my @all = cases(suite(), []);

for (@all) {
    my ($name, $case) = @$_;
    my ($part) = $name =~ m{^([^/]+/[^/]+)};
    my $fault = fault($case);

    $section{$part} //= [];
    if ($exception{$name}) {
        $excused{$name} = $fault;
    } elsif ($fault ne '') {
        push @{ $section{$part} }, "$name: $case->{expr}\n    $fault";
    } else {
        $passed++;
    }
}

for my $part (sort keys %section) {
    my @faults = @{ $section{$part} };
    ok(!@faults, $part) or diag join "\n", @faults;
}
for my $name (sort keys %exception) {
    ok(($excused{$name} // '') ne '', "still an exception: $name");
}

diag sprintf 'cel-spec: %d of %d cases without messages pass, %d exceptions',
    $passed, scalar @all, scalar keys %exception;
is($passed + keys %exception, scalar @all, 'nothing else fails');

done_testing;
