# SPDX-License-Identifier: BSD-2-Clause
#
# The reference pages of transaction sets: one for each set of the tables,
# every segment in words, every relation told, nothing left blank.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Test::More;
use XD;

my $edipages = "$build/bin/edipages";
-x $edipages or plan skip_all => 'edipages is not built';

my $dir = tmp();
my ($status, $out, $err) = run_cmd('', $edipages, $dir);
is($status, 0, 'the pages are written') or diag $err;

my $list = slurp("$root/src/edi/sets_list_table.c");
my %sets = map { s/_/-00/r => 1 } $list =~ /edi_set_(\d{3}(?:_\d{4})?)/g;
my @pages = sort map { m{/(\d{3}[-\d]*)\.md$} ? $1 : () } glob "$dir/*.md";
is_deeply(\@pages, [ sort keys %sets ], 'each set has its page');

my $index = slurp("$dir/index.md");
is_deeply([ $index =~ /\[(\d{3}[-\d]*)\]\(\1\.md\)/g ], \@pages,
    'the index leads to each');

my @blank;
for my $set (@pages) {
    my $page = slurp("$dir/$set.md");
    push @blank, "$set: no title" if $page !~ /^# \d{3}: \w/;
    push @blank, map { "$set: $_" }
        $page =~ /^ *- \*\*(\w+)\*\* :/mg,      # a row without words
        $page =~ /^### (\w+): *$/mg;            # a segment without words
}
is_deeply(\@blank, [], 'every set and every segment is told in words');

my $order = slurp("$dir/850.md");
like($order, qr/^- \*\*PO1\*\* [^:\n]+: a loop, at least once, at most 100000$/m,
    'a loop says how often it may stand');
like($order, qr/^\| BEG02 \| 92 \| [^|]+ \| code \| 2 \| always \|$/m,
    'an element has number, words, type, length and need');
like($order, qr/^- all or none of 06 and 07$/m, 'a relation is told');
like($order, qr/^\| BEG01 \|.*; one of 00 01 /m, 'a closed list is told');
unlike($order, qr/unverified/, 'a set with real samples is not in doubt');
like(slurp("$dir/944.md"), qr/unverified/, 'one without says so');
like(slurp("$dir/944.md"), qr/from 004010 on, before 004020/, 'of two grammars the old one ends');
like(slurp("$dir/944-004020.md"), qr/from 004020 on to 005999/,
    'where the new one begins');

($status) = run_cmd('', $edipages);
is($status >> 8, 2, 'without a folder it says how it is called');
($status) = run_cmd('', $edipages, "$dir/none/there");
is($status >> 8, 1, 'a folder that is not there is told');

done_testing;
