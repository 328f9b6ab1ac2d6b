# SPDX-License-Identifier: BSD-2-Clause
#
# The bars of docs/STYLE.md that a machine can measure.

use strict;
use warnings;

use File::Find;
use Test::More;
use XD;

chdir $root or die "$root: $!\n";

my (@c, @h);
find({ no_chdir => 1, wanted => sub {
    push @c, $_ if /\.c$/;
    push @h, $_ if /\.h$/;
} }, grep { -d } qw(src connectors services cli modules t));
@c = sort @c;
@h = sort @h;


sub lines {
    my ($file) = @_;
    open my $f, '<', $file or die "$file: $!\n";
    return <$f>;
}


# Length of each function: "{" to "}" in the first column.
sub functions {
    my ($file) = @_;
    my ($start, $n, @found) = (undef, 0);
    for (lines($file)) {
        $n++;
        $start = $n if /^\{/;
        if (/^\}/ && defined $start) {
            push @found, [ $start, $n - $start - 1 ];
            undef $start;
        }
    }
    return @found;
}


my @lengths;
my @long;
for my $file (@c) {
    for (functions($file)) {
        push @lengths, $_->[1] unless $file =~ m{^t/};
        push @long, "$file:$_->[0]: $_->[1] lines" if $_->[1] > 60;
    }
}
@lengths = sort { $a <=> $b } @lengths;
cmp_ok(scalar @lengths, '>', 100, 'functions were found');
is_deeply(\@long, [], 'no function is longer than 60 lines');
cmp_ok($lengths[@lengths / 2], '<=', 15, 'the median function has at most 15');
cmp_ok($lengths[@lengths * 0.9], '<=', 40, '90 % have at most 40');

my @big = grep { !/_table\.c$/ && (() = lines($_)) > 800 } @c, @h;
is_deeply(\@big, [], 'no file but tables is longer than 800 lines');

my @bare = grep { (lines($_))[0] !~ m{^/\* SPDX-License-Identifier: BSD-2-Clause \*/$} }
    @c, @h;
is_deeply(\@bare, [], 'each source begins with its SPDX line');

my @wide;
for my $file (@c, @h) {
    next if $file =~ /_table\.c$/;
    my $n = 0;
    for (lines($file)) {
        $n++;
        chomp;
        # A text that cannot be broken may be longer.
        push @wide, "$file:$n" if length > 80 && !/"/;
    }
}
is(join("\n", @wide), "", "no line is longer than 80 columns");

my @heap = grep { m{^src/(?!base/)} } @c;
my @calls;
for my $file (@heap) {
    my $n = 0;
    for (lines($file)) {
        $n++;
        push @calls, "$file:$n" if /\b(?:malloc|calloc|realloc|strdup|alloca)\s*\(/
            && !/^\s*(?:\*|\/\*)/;
    }
}
is_deeply(\@calls, [], 'above the ground floor nobody calls malloc');

my ($status, $out) = run_cmd('', 'sh', 'tools/floors.sh');
is($status, 0, 'each file includes only its own room and lower floors')
    or diag $out;

SKIP: {
    my ($found) = grep { -x "$_/clang-format" } split /:/, $ENV{PATH};
    skip 'clang-format is not installed (make lint installs it)', 1
        unless $found;
    my @formatted = grep { !/_table\.c$/ } @c, @h;
    ($status, $out, my $err) =
        run_cmd('', 'clang-format', '--dry-run', '-Werror', @formatted);
    is($status, 0, 'clang-format has nothing to change')
        or diag substr $err, 0, 4000;
}

done_testing;
