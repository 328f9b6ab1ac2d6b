# SPDX-License-Identifier: BSD-2-Clause
#
# What is generated from the schemas: it parses, refers to what is there, and
# says the same as the schemas it was made from.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use JSON::PP;
use Test::More;
use XD;

my $xd = "$build/bin/xd";
my $made = "$build/gen/doc";
-x $xd && -e "$made/openapi.json"
    or plan skip_all => 'make docs has not run';

chdir $root or die "$root: $!\n";
delete @ENV{qw(XD_CONF XD_SCHEMAS)};

my $dir = tmp();
my $json = JSON::PP->new->canonical;
my $dialect = 'https://json-schema.org/draft/2020-12/schema';
# Those of the bus; others serve them.
my (undef, $list) = run_cmd('', $xd, 'schema', 'list', '--json');
my @documents = map { $_->{document} } grep { $_->{domain} ne '-' }
    map { decode_json($_) } split /\n/, $list;
is(scalar @documents, 34, 'all documents are listed');


# Every $ref of a tree.
sub refs {
    my ($node) = @_;
    return map { refs($_) } @$node if ref $node eq 'ARRAY';
    return () if ref $node ne 'HASH';
    return map { $_ eq '$ref' && !ref $node->{$_} ? $node->{$_} : refs($node->{$_}) }
        keys %$node;
}


sub at {
    my ($node, $pointer) = @_;
    for my $name (split m{/}, $pointer =~ s{^#/?}{}r) {
        $node = ref $node eq 'HASH' ? $node->{$name} : undef;
    }
    return $node;
}


sub lost {
    my ($tree) = @_;
    my %ref = map { $_ => 1 } refs($tree);
    cmp_ok(scalar keys %ref, '>', 100, 'it refers to something');
    return join ' ', grep { !/^#\// || !defined at($tree, $_) } sort keys %ref;
}


# Status and what was told of documents held to a schema.
sub held {
    my ($schema, @files) = @_;
    my ($status, $out, $err) = run_cmd('', $xd, 'check', '--assert-format',
        '--schema', $schema, @files);
    return $status == 0 ? '' : "$out$err";
}


sub write_json {
    my ($name, $tree) = @_;
    put("$dir/$name", $json->encode($tree));
    return "$dir/$name";
}


sub examples { return glob "canonical-schemas/$_[0]/examples/*.json" }

my $meta = write_json('meta.json', { '$schema' => $dialect, '$ref' => $dialect });
like(held($meta, write_json('bad.json', { required => 1 })), qr/required/,
    'the meta-schema finds what is wrong');

# -- OpenAPI -------------------------------------------------------------------------

my $openapi = decode_json(slurp("$made/openapi.json"));
my $schemas = $openapi->{components}{schemas};
is($openapi->{openapi}, '3.1.0', 'OpenAPI 3.1');
is(lost($openapi), '', 'every reference leads somewhere');
is(join(' ', sort grep { !/\./ } keys %$schemas), join(' ', @documents),
    'there is a component for each document');

my @files = map { write_json("schema-$_.json", $schemas->{$_}) } sort keys %$schemas;
is(held($meta, @files), '', 'each is a schema');

for my $document (@documents) {
    my $file = write_json("use-$document.json", { '$schema' => $dialect,
        '$ref' => "#/components/schemas/$document", components => $openapi->{components} });
    is(held($file, examples($document)), '', "$document takes its examples");
}
my $posted = write_json('posted.json', { '$schema' => $dialect,
    '$ref' => '#/components/schemas/sales-order.posted',
    components => $openapi->{components} });
is(held($posted, 'docs/samples/order.json'), '', 'what is posted fits too');
isnt(held($posted, 'canonical-schemas/item/examples/typical.json'), '',
    'another document does not');

# -- AsyncAPI ------------------------------------------------------------------------

my $asyncapi = decode_json(slurp("$made/asyncapi.json"));
is($asyncapi->{asyncapi}, '3.0.0', 'AsyncAPI 3.0');
is(lost($asyncapi), '', 'every reference leads somewhere');
is(join(' ', sort keys %{ $asyncapi->{channels} }), join(' ', sort @documents, 'commands'),
    'a channel for each document, and one for commands');

my @wrong;
for my $channel (values %{ $asyncapi->{channels} }) {
    my %named = map { $_ => 1 } $channel->{address} =~ /\{([a-z]+)\}/g;
    push @wrong, $channel->{address}
        if join(' ', sort keys %named) ne join(' ', sort keys %{ $channel->{parameters} });
}
is("@wrong", '', 'each address names its parameters');
is($asyncapi->{channels}{shipment}{bindings}{amqp}{exchange}{name}, 'xd.fulfil',
    'a fact goes to the exchange of its domain');

my @sent = slurp('src/bus/message.c') =~ /add_header\(headers, &n, "([^"]+)"/g;
my $headers = $asyncapi->{components}{schemas}{headers};
is(join(' ', sort keys %{ $headers->{properties} }), join(' ', sort @sent),
    'the headers are those that are sent');
is(held($meta, map { write_json("payload-$_.json", $asyncapi->{components}{schemas}{$_}{schema}) }
    @documents), '', 'each payload is a schema');

# -- OCEL ----------------------------------------------------------------------------

my $ocel = decode_json(slurp("$made/ocel.json"));
is(join(' ', sort map { $_->{name} } @{ $ocel->{objectTypes} }), join(' ', @documents),
    'an object type for each document');
my %activity = map { $_ => 1 }
    map { slurp($_) =~ /"activity": "([^"]+)"/g } glob 'canonical-schemas/lifecycles/*.json';
is(join('|', sort map { $_->{name} } @{ $ocel->{eventTypes} }), join('|', sort keys %activity),
    'an event type for each activity');
my %kind = map { $_->{type} => 1 }
    map { @{ $_->{attributes} } } @{ $ocel->{objectTypes} }, @{ $ocel->{eventTypes} };
is(join(' ', grep { !/^(?:string|time|integer|float|boolean)$/ } keys %kind), '',
    'attributes have the types of OCEL');

# -- pages ---------------------------------------------------------------------------

my $index = slurp("$made/schemas/README.md");
is(join(' ', sort $index =~ /\]\(([a-z-]+)\.md\)/g), join(' ', @documents),
    'the list names each page');
for my $document (@documents) {
    my $page = slurp("$made/schemas/$document.md");
    my %anchor = map { lc $_ => 1 } $page =~ /^#+ (.*)$/mg;
    is(join(' ', grep { !$anchor{$_} } $page =~ /\]\(#([^)]*)\)/g), '',
        "$document: links lead somewhere");
    my ($example) = $page =~ /```json\n(.*?)```/s;
    put("$dir/example.json", $example);
    my ($status, $out, $err) = run_cmd('', $xd, 'check', '--schema', "$document#posted",
        "$dir/example.json");
    is($status, 0, 'its example is valid') or diag $out . $err;
}

# -- by the tools of others, where they are installed ----------------------------------

sub other {
    my ($package, $script, $file) = @_;
    local $ENV{NODE_PATH} = join ':', "$root/build/npm/node_modules", $ENV{NODE_PATH} // ();
    my ($status) = run_cmd('', 'node', '-e', "require.resolve('$package')");
    return undef if $status != 0;
    my ($bad, $out, $err) = run_cmd('', 'node', '-e', $script, $file);
    return $bad == 0 ? '' : $out . $err;
}

SKIP: {
    my $told = other('@asyncapi/parser', <<'JS', "$made/asyncapi.json");
const { Parser } = require('@asyncapi/parser');
const text = require('fs').readFileSync(process.argv[1], 'utf8');
const parser = new Parser();
parser.registerSchemaParser({
  getMimeTypes: () => ['application/schema+json;version=draft-2020-12'],
  validate: () => [], parse: (input) => input.data });
parser.parse(text).then(({ diagnostics }) => {
  const bad = diagnostics.filter(d => d.severity === 0);
  for (const d of bad) console.log(d.path.join('/'), d.message);
  process.exit(bad.length ? 1 : 0);
});
JS
    skip '@asyncapi/parser is not installed', 1 unless defined $told;
    is($told, '', 'AsyncAPI\'s own parser takes it');
}

SKIP: {
    my $told = other('@redocly/openapi-core', <<'JS', "$made/openapi.json");
const { lint, createConfig } = require('@redocly/openapi-core');
createConfig({ rules: { struct: 'error', 'no-unresolved-refs': 'error' } })
  .then(config => lint({ ref: process.argv[1], config }))
  .then(problems => {
    for (const p of problems) console.log(p.message, p.location[0].pointer);
    process.exit(problems.length ? 1 : 0);
  });
JS
    skip '@redocly/openapi-core is not installed', 1 unless defined $told;
    is($told, '', 'an OpenAPI linter takes it');
}

done_testing();
