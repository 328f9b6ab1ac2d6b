# SPDX-License-Identifier: BSD-2-Clause
#
# Documentation is held to the code.

use strict;
use warnings;

use Test::More;
use XD;

chdir $root or die "$root: $!\n";

my %page = map { m{([^/]+)\.md$} => 1 } glob 'docs/internals/*.md';

for my $dir (glob 'src/*/') {
    my ($room) = $dir =~ m{([^/]+)/$};
    ok($page{$room}, "docs/internals/$room.md stands for src/$room");
}
for my $main (glob 'connectors/*/main.c services/*/main.c') {
    my ($name) = $main =~ m{/([^/]+)/main\.c$};
    my $text = slurp($main);
    ok($page{$name}, "docs/internals/$name.md stands for xd-$name");
    like($text, qr{^/\*.*?\*/\s*/\*.*?xd-$name - }s,
        "$main begins with its manual page");
}

my $tour = slurp('docs/TOUR.md');
for my $dir (grep { $_ ne 'build/' } glob '*/ src/*/ connectors/*/ services/*/') {
    like($tour, qr/`\Q$dir\E`/, "docs/TOUR.md has a line for $dir");
}

# Each nginx directive is explained, with its name at the start of a heading
# or table row.
my $modules = slurp('docs/internals/modules.md');
for my $file (glob 'modules/*.c') {
    my $text = slurp($file);
    while ($text =~ /ngx_string\("(xd_[a-z_]+)"\)/g) {
        my $name = $1;
        next if $text =~ /\{\s*ngx_string\("$name"\),\s*NULL/;  # a variable
        like($modules, qr/`$name\b/, "docs/internals/modules.md has $name");
    }
}

# Links inside the documentation lead somewhere.
for my $file ('README.md', glob 'docs/*.md docs/internals/*.md') {
    my $text = slurp($file);
    (my $dir = $file) =~ s{[^/]*$}{};
    while ($text =~ /\]\((?!https?:|#)([^)#]+)/g) {
        ok(-e "$dir$1", "$file links to $1");
    }
}

# The two commands, and the others that README and Makefile name.
my $readme = slurp('README.md');
my $makefile = slurp('Makefile');
for my $target ($readme =~ /`make ([a-z]+)`/g) {
    like($makefile, qr/^$target:/m, "README names make $target");
}

like(slurp('ChangeLog'),
    qr/\AChanges with crossdock \d+\.\d+\.\d+ +\d\d \w{3} \d{4}\n\n    \*\) (?:Security|Change|Feature|Bugfix): /,
    'ChangeLog begins with the newest version');

unlike(slurp($_), qr/\bTODO\b|\bFIXME\b|\bXXX\b/, "$_ has no to-do")
    for glob 'src/*/*.c connectors/*/*.c services/*/*.c cli/*.c modules/*.c';

done_testing;
