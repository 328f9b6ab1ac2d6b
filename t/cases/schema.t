# SPDX-License-Identifier: BSD-2-Clause

# xd check with schemas of others: by the rules of their $schema, with the
# folder of references, formats and duplicates as asked; and the parts of the
# public suite that need more than one file, through the program itself.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/../lib";
use XD;

use File::Path qw(make_path);
use IPC::Open3;
use JSON::PP;
use Symbol qw(gensym);
use Test::More;

my $xd = "$build/bin/xd";
my $dir = tmp();
my $json = JSON::PP->new->allow_nonref->canonical;

-x $xd or plan skip_all => 'xd is not built';

sub file {
    my ($name, $text) = @_;
    put("$dir/$name", $text);
    return "$dir/$name";
}


# Status, standard output and standard error of xd check.
sub check {
    my $pid = open3(my $in, my $out, my $err = gensym, $xd, 'check', @_);
    close $in;
    my $text = do { local $/; <$out> };
    my $told = do { local $/; <$err> };
    waitpid $pid, 0;
    return ($? >> 8, $text // '', $told // '');
}


sub status {
    my ($want, $name, @args) = @_;
    my ($got, $out, $err) = check(@args);
    is($got, $want, $name) or diag($out, $err);
    return $out . $err;
}


my $new = '"$schema":"https://json-schema.org/draft/2020-12/schema"';
my $old = '"$schema":"http://json-schema.org/draft-07/schema#"';

# -- dialects -------------------------------------------------------------------------------------

my $s = file('s.json', qq({$new,"florb":1,"prefixItems":[{"type":"null"}]}));
status(0, 'an unknown keyword is a note', '--schema', $s, file('d.json', '[null]'));
status(1, '2020-12 knows prefixItems', '--schema', $s, file('d.json', '[1]'));
$s = file('s.json', qq({$old,"prefixItems":[false],"items":[{"type":"null"}],)
        . '"additionalItems":false}');
status(0, 'draft-07 knows items as an array', '--schema', $s,
    file('d.json', '[null]'));
status(1, 'and additionalItems', '--schema', $s, file('d.json', '[null,1]'));
$s = file('s.json', '{"$schema":"http://json-schema.org/draft-04/schema#"}');
like(status(2, 'another draft is not served', '--schema', $s, "$dir/d.json"),
    qr{s\.json:1:\d+: .*schema\.dialect}, 'which is told with its place');
$s = file('s.json', 'false');
status(1, 'a schema may be false', '--schema', $s, "$dir/d.json");

# -- formats, duplicates --------------------------------------------------------------------------

$s = file('s.json', qq({$new,"format":"date"}));
my $d = file('d.json', '"2026-02-30"');
status(0, 'a format is a note', '--schema', $s, $d);
status(1, 'and asserted when asked', '--assert-format', '--schema', $s, $d);
$d = file('d.json', '{"a":1,"a":2}');
status(1, 'a member twice is refused', '--schema', $s, $d);
status(0, 'but for public suites', '--duplicates=allow', '--schema', $s, $d);
status(2, 'there is no third way', '--duplicates=florb', '--schema', $s, $d);

# -- references -----------------------------------------------------------------------------------

make_path("$dir/refs/sub");
put("$dir/refs/sub/a.json", '{"$ref":"../b.json#/$defs/b"}');
put("$dir/refs/b.json", '{"$defs":{"b":{"type":"string"}}}');
put("$dir/refs/bad.json", "{\n  \"type\": }");
$s = file('s.json', '{"$ref":"http://localhost:1234/sub/a.json"}');
$d = file('d.json', '1');
status(1, 'a folder stands for an address', '--refs', "$dir/refs", '--schema',
    $s, $d);
status(0, 'a good one', '--refs', "$dir/refs", '--schema', $s,
    file('e.json', '"a"'));
like(status(2, 'without it there is nothing', '--schema', $s, $d),
    qr{s\.json:1:\d+: .*schema\.ref}, 'and nobody is asked for it');
$s = file('s.json', '{"$ref":"http://localhost:1234/bad.json"}');
like(status(2, 'a broken one', '--refs', "$dir/refs", '--schema', $s, $d),
    qr{bad\.json:2:\d+: }, 'is told by its own name and line');
for my $way ('../s.json', '%2e%2e/s.json', 'sub/%2e%2e/%2e%2e/s.json') {
    $s = file('t.json', qq({"\$ref":"http://localhost:1234/$way"}));
    status(2, "nothing outside the folder: $way", '--refs', "$dir/refs",
        '--schema', $s, $d);
}
$s = file('s.json', '{"$ref":"refs/b.json#/$defs/b"}');
status(1, 'a file below its own folder', '--schema', $s, $d);
$s = file('s.json', '{"$ref":"https://json-schema.org/draft/2020-12/schema"}');
status(1, 'the meta-schema is built in', '--schema', $s,
    file('d.json', '{"type":"florb"}'));
status(0, 'and takes a schema', '--schema', $s,
    file('d.json', '{"type":"null"}'));
$s = file('s.json', '{"$defs":{"a":{"$anchor":"x","type":"null"}}}');
status(1, 'a schema at an anchor', '--schema', "$s#x", $d);
status(1, 'and at a pointer', '--schema', "$s#/\$defs/a", $d);
status(2, 'one that is not there', '--schema', "$s#y", $d);

# -- hostile schemas ------------------------------------------------------------------------------

for (['no JSON', '{"a":'], ['a loop', '{"$ref":"#"}'],
    ['no schema', '[1]'], ['a number as a type', '{"type":3}'],
    ['a reference to nothing', '{"$ref":"#/a~2%"}'],
    ['a reference that is none', '{"$ref":{}}'],
    ['a pattern of Perl', '{"pattern":"(?R)"}'],
    ['a vocabulary unknown', '{"$schema":"http://localhost:1234/v.json"}'])
{
    my ($name, $text) = @$_;
    put("$dir/refs/v.json", '{"$vocabulary":{"urn:florb":true}}');
    status(2, "$name: exit 2", '--refs', "$dir/refs", '--schema',
        file('s.json', $text), $d);
}
$s = file('s.json', $json->encode({ '$ref' => '#/$defs/a0',
    '$defs' => { map { ("a$_" => { '$ref' => '#/$defs/a' . ($_ + 1) }) } 0 .. 5000 } }));
status(2, 'a long chain of references', '--schema', $s, $d);
$s = file('s.json', '{"$id":"http://x/a","$ref":"b","$defs":{"d":'
    . '{"$dynamicAnchor":"t"},"b":{"$id":"b","$dynamicRef":"#t","$defs":{"t":'
    . '{"$dynamicAnchor":"t"},"u":1}}}}');
status(2, 'a schema that is a number, deep inside', '--schema', $s, $d);
$s = file('s.json', '{"$id":"http://x/a","$dynamicAnchor":"t","$ref":"b",'
    . '"$defs":{"b":{"$id":"b","$dynamicRef":"#t","$defs":{"t":'
    . '{"$dynamicAnchor":"t"}}}}}');
like(status(1, 'a circle of $dynamicRef ends', '--schema', $s, $d),
    qr/schema\.loop/, 'and is told');

# -- the public suite, where it needs more than one file -------------------------------------------

SKIP: {
    my $corpus = ($ENV{CROSSDOCK_CORPUS} // "$root/../shared/corpus")
        . '/json-schema';
    -d $corpus or skip "no corpus at \$CROSSDOCK_CORPUS (json-schema)", 1;

    my ($right, @wrong) = (0);
    for (['draft2020-12', $new, qw(refRemote vocabulary dynamicRef anchor
        unevaluatedItems)], ['draft7', $old, qw(refRemote ref definitions)])
    {
        my ($draft, $schema, @files) = @$_;

        for my $name (@files) {
            my $groups = $json->decode(slurp("$corpus/tests/$draft/$name.json"));

            for my $group (@$groups) {
                my $own = $group->{schema};
                $own->{'$schema'} //= ($schema =~ /:"(.*)"/)[0]
                    if ref $own eq 'HASH';
                my $path = file('s.json', $json->encode($own));
                my $n = 0;
                my @docs = map { file('doc' . $n++ . '.json',
                    $json->encode($_->{data})) } @{ $group->{tests} };
                my ($status, $out, $err) = check('--json', '--duplicates=allow',
                    '--refs', "$corpus/remotes", '--schema', $path, @docs);
                my %bad = map { (json($_)->{file} => 1) } split /\n/, $out;

                for my $i (0 .. $#docs) {
                    my $test = $group->{tests}[$i];
                    if ($status < 2 && !$test->{valid} == !!$bad{ $docs[$i] }) {
                        $right++;
                    } else {
                        push @wrong, "$draft/$name: $group->{description}: "
                            . "$test->{description}: $err";
                    }
                }
            }
        }
    }
    is_deeply(\@wrong, [], "the suite through the program: $right right");
    cmp_ok($right, '>', 200, 'all of it');
}

done_testing;
