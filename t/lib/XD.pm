# SPDX-License-Identifier: BSD-2-Clause
package XD;

# What every .t file here needs: a folder of its own that is gone afterwards,
# the corpus, HTTP, and a whole Crossdock (XD::Stage) that ends with the test.

use strict;
use warnings;

use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use HTTP::Tiny;
use JSON::PP;
use Test::More;
use Time::HiRes qw(sleep time);

use lib abs_path(dirname(__FILE__) . '/../../tools/lib');
use XD::Stage;

our @EXPORT = qw($root $build tmp corpus stage http get_json slurp put eventually
    json run_cmd);

our $root = $XD::Stage::root;
our $build = $ENV{XD_BUILD} ? abs_path($ENV{XD_BUILD}) : "$root/build";

my @stages;
my $owner = $$;


# A folder that is removed when the test ends; open to the user that servers
# drop to.
sub tmp {
    my $dir = tempdir('crossdock-XXXXXX', TMPDIR => 1, CLEANUP => 1);
    chmod 0755, $dir;
    return $dir;
}


# A path of the corpus; skips the whole file where it is absent.
sub corpus {
    my ($path) = @_;
    my $dir = $ENV{CROSSDOCK_CORPUS} // "$root/../shared/corpus";
    -e "$dir/$path"
        or plan skip_all => "no corpus at \$CROSSDOCK_CORPUS ($path)";
    return abs_path("$dir/$path");
}


# A Crossdock of this test's own, nothing started yet.
sub stage {
    my (%o) = @_;
    my $s = XD::Stage->new(dir => tmp(), build => $build, private => 1,
        testing => 1, %o);
    push @stages, $s;
    return $s;
}


sub http {
    my ($method, $url, %o) = @_;
    return HTTP::Tiny->new(timeout => $o{timeout} // 30)->request($method,
        $url, { headers => $o{headers} || {},
                exists $o{body} ? (content => $o{body}) : () });
}


sub json {
    return JSON::PP->new->utf8->canonical->decode($_[0]);
}


sub get_json {
    my ($url, %o) = @_;
    my $r = http('GET', $url, %o);
    return $r->{success} ? json($r->{content}) : undef;
}


sub slurp { return XD::Stage::slurp(@_) }
sub put { return XD::Stage::put(@_) }


# Runs a command without a shell; returns (status, output, errors).
sub run_cmd {
    my ($in, @cmd) = @_;
    my $dir = tmp();
    put("$dir/in", $in // '');
    defined(my $pid = fork) or die "fork: $!\n";
    if ($pid == 0) {
        open STDIN, '<', "$dir/in";
        open STDOUT, '>', "$dir/out";
        open STDERR, '>', "$dir/err";
        exec { $cmd[0] } @cmd or POSIX::_exit(127);
    }
    waitpid $pid, 0;
    return ($?, slurp("$dir/out"), slurp("$dir/err"));
}


# True as soon as $test is; false after $seconds.
sub eventually {
    my ($seconds, $test) = @_;
    my $until = time + $seconds;
    while (time < $until) {
        my $r = $test->();
        return $r if $r;
        sleep 0.05;
    }
    return $test->();
}


END {
    my $status = $?;
    if ($$ == $owner) { $_->stop for @stages }
    $? = $status;
}

$SIG{$_} = sub { exit 130 } for qw(INT TERM);

1;
