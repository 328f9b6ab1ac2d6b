# SPDX-License-Identifier: BSD-2-Clause
#
# What was released keeps holding: the schemas as they are take every released
# example, and have broken none of the released schemas.  canonical-schemas/
# released/VERSION/MANIFEST lists what was released with its SHA-256; a file
# that has changed since must be kept beside it.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Digest::SHA qw(sha256_hex);
use File::Basename qw(basename dirname);
use File::Path qw(make_path);
use Test::More;
use XD;

my $xd = "$build/bin/xd";
-x $xd or plan skip_all => 'xd is not built';

chdir $root or die "$root: $!\n";
delete @ENV{qw(XD_CONF XD_SCHEMAS)};


# The lines of a manifest: [ digest, path ].
sub manifest {
    my ($dir, $version) = @_;
    return map { [ split /\s+/, $_, 2 ] }
        split /\n/, slurp("$dir/released/$version/MANIFEST");
}


# Where the released bytes of a file are now; undef: nowhere.
sub released {
    my ($dir, $version, $digest, $path) = @_;
    for ("$dir/$path", "$dir/released/$version/$path") {
        return $_ if -f && sha256_hex(slurp($_)) eq $digest;
    }
    return undef;
}


sub failed {
    my ($dir, @args) = @_;
    local $ENV{XD_SCHEMAS} = $dir;
    my ($status, $out, $err) = run_cmd('', $xd, @args);
    return $status == 0 ? () : "xd @args[0, 1]: $out$err";
}


# What is wrong with a release, seen from the schemas of a folder.
sub faults {
    my ($dir, $version) = @_;
    my (@faults, %examples);

    for (manifest($dir, $version)) {
        my ($digest, $path) = @$_;
        my $file = released($dir, $version, $digest, $path);
        push @faults, "$path has changed, and the released one is not kept"
            unless defined $file;
        push @{ $examples{$1} }, $file
            if defined $file && $path =~ m{^([a-z-]+)/examples/};
    }

    for my $document (sort keys %examples) {
        push @faults, failed($dir, 'check', '--schema', $document,
            @{ $examples{$document} });
    }

    push @faults, failed($dir, 'schema', 'diff', $version, $dir);
    return @faults;
}


my $schemas = 'canonical-schemas';
my @versions = map { basename(dirname($_)) } glob "$schemas/released/*/MANIFEST";
ok(scalar @versions, 'there is a release');

for my $version (@versions) {
    my @lines = manifest($schemas, $version);
    cmp_ok(scalar @lines, '>', 100, "release $version lists its files");
    is(join("\n", faults($schemas, $version)), '',
        "release $version holds: files, examples, schemas");
}

# -- the same test finds a break -------------------------------------------

my $dir = tmp() . '/schemas';
my ($status) = run_cmd('', 'cp', '-R', $schemas, $dir);
is($status, 0, 'a copy to break');


# Changes a file of the copy, tells the faults, and puts it back.
sub planted {
    my ($name, $file, $from, $to, $kept, $want) = @_;
    my $old = slurp("$dir/$file");
    my $new = $old;
    $new =~ s/\Q$from\E/$to/ or die "$file has no $from\n";
    put("$dir/$file", $new);
    if ($kept) {
        make_path(dirname("$dir/released/1.0/$file"));
        put("$dir/released/1.0/$file", $old);
    }
    my $faults = join "\n", faults($dir, '1.0');
    put("$dir/$file", $old);
    unlink "$dir/released/1.0/$file" if $kept;
    if (ref $want) {
        like($faults, $want, $name);
    } else {
        is($faults, $want, $name);
    }
}


my $order = 'sales-order/sales-order.schema.json';
my $example = 'sales-order/examples/typical.json';

planted('a schema cannot change unseen', $order, 'Sales order', 'Order', 0,
    qr{^sales-order/sales-order\.schema\.json has changed}m);
planted('but may be worded anew', $order, 'Sales order', 'Order', 1, '');
planted('and grow', $order, '"buyer":', '"note": {"type": "string"}, "buyer":',
    1, '');
planted('not ask for more', $order, '"channel", "placedAt"',
    '"channel", "buyer", "placedAt"', 1,
    qr{breaking: .*member buyer must now be there.*required\.added}s);
planted('of which the examples tell too', $order, '"channel", "placedAt"',
    '"channel", "buyer", "placedAt"', 1, qr{^xd check --schema: .*buyer}m);
planted('nor take a code away', $order, '"wallet", ', '', 1,
    qr{"wallet".*code\.removed});
planted('a common type is followed', 'common.json', '"maxLength": 80',
    '"maxLength": 79', 1, qr{common\.json#/\$defs/label/maxLength: .*narrower});
planted('an example cannot change unseen', $example, '"orderNo"',
    ' "orderNo"', 0, qr{typical\.json has changed});
planted('and is held while it is kept', $example, '"orderNo"', '"orderNr"', 1,
    '');

done_testing();
