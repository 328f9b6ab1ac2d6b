# SPDX-License-Identifier: BSD-2-Clause
package Bench;

# How the figures are taken (README.md has the reasons): calibrated, in turn,
# medians.  A driver is a list of measures and the rows made from them.
# Rows go to standard output, everything else to standard error.

use strict;
use warnings;

use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use List::Util qw(max min);
use JSON::PP;
use POSIX ();
use Time::HiRes qw(time);

use lib abs_path(dirname(__FILE__) . '/../../tools/lib');
use XD::Stage;

our @EXPORT = qw($bin rounds folder timed tool steadily in_turn row stage pin
    cpu_ns order produce emptied);

our $bin = "$XD::Stage::root/build/bin";

# Raw orders of one consumer: what the gateway publishes, and so what every
# producer here does.
my %lane = (exchange => 'xd.raw', key => 'in.json.webshop',
    queue => 'xd.q.doc.raw', user => 'xd-gateway', vhost => 'crossdock');

my $owner = $$;
my $stage;

$SIG{$_} = sub { exit 130 } for qw(INT TERM);
$| = 1;


sub rounds {
    my ($usual) = @_;
    return $ENV{XD_BENCH_ROUNDS} || $usual;
}


# A folder that is gone afterwards; open to the user that servers drop to.
sub folder {
    my $dir = tempdir('crossdock-bench-XXXXXX', TMPDIR => 1, CLEANUP => 1);
    chmod 0755, $dir;
    return $dir;
}


sub note {
    print STDERR "# @_\n";
    return;
}


# Runs a command without a shell; its output.  A measure whose command fails
# is no measure: dies then.
sub output {
    my (@cmd) = @_;
    open my $p, '-|', @cmd or die "$cmd[0]: $!\n";
    local $/;
    my $out = <$p> // '';
    close $p or die "@cmd: ended with " . ($? >> 8) . "\n$out";
    return $out;
}


# Seconds that a command takes; its output in $$out, if wanted.
sub timed {
    my ($out, @cmd) = @_;
    my $from = time;
    my $got = output(@cmd);
    my $took = time - $from;
    $$out = $got if $out;
    return $took;
}


# One of our programs; its line of name=value as a hash.
sub tool {
    my ($name, @args) = @_;
    my $out = output("$bin/$name", @args);
    my %r = $out =~ /(\w+)=(\S+)/g;
    %r or die "$name printed no figures: $out\n";
    return \%r;
}


# -- method ------------------------------------------------------------------


sub median {
    my @v = sort { $a <=> $b } @_;
    my $half = int @v / 2;
    return @v % 2 ? $v[$half] : ($v[$half - 1] + $v[$half]) / 2;
}


# RSA-2048 signatures a second on one core: how fast the machine is just now.
sub calibrated {
    my @v = map {
        my ($rsa) = `openssl speed -mr -seconds 1 rsa2048 2>/dev/null`
            =~ /^\+F2:\d+:2048:([\d.]+)/m;
        $rsa // die "openssl speed gives no figure\n";
    } 1 .. 2;
    return max(@v);
}


# Runs $work between two calibrations; once more when they differ by over a
# tenth, for then the machine was not the same throughout.
sub steadily {
    my ($work) = @_;
    my @result;
    for my $try (1, 2) {
        my $before = calibrated();
        @result = $work->();
        my $after = calibrated();
        note(sprintf 'calibration: %.0f before, %.0f after (RSA-2048 signs/s)',
            $before, $after);
        last if min($before, $after) >= 0.9 * max($before, $after);
        note($try == 1 ? 'the machine changed its speed: once more'
            : 'the machine is not steady: read the ratios with care');
    }
    return @result;
}


# Each measure once to warm up, then round after round, every second one
# backwards: no measure always follows the same other.  $n rounds; pairs of
# name and code, which returns figures by name.  Returns name => [{figures}].
sub in_turn {
    my ($n, @measures) = @_;
    my (@names, %code, %got);
    while (my ($name, $code) = splice @measures, 0, 2) {
        push @names, $name;
        $code{$name} = $code;
    }
    for my $round (0 .. $n) {
        for my $name ($round % 2 ? reverse @names : @names) {
            my $figures = $code{$name}->();
            push @{ $got{$name} }, $figures if $round > 0;
        }
    }
    return %got;
}


# One row: a figure of ours against a peer's.  The ratio is the median of the
# rounds' own ratios: both sides of one round saw the same machine.  $sense is
# "least" (the ratio must reach the target) or "most" (must not pass it).
sub row {
    my ($name, $unit, $field, $ours, $peer, $sense, $target) = @_;
    my @ours = map { $_->{$field} } @$ours;
    my @peer = map { $_->{$field} } @$peer;
    my @ratios = map { $ours[$_] / $peer[$_] } 0 .. $#ours;
    my $ratio = median(@ratios);
    my $met = $sense eq 'least' ? $ratio >= $target : $ratio <= $target;

    note(sprintf "$name: %s %s", @$_) for [ 'ours ', spread(@ours) ],
        [ 'peer ', spread(@peer) ], [ 'ratio', spread(@ratios) ];
    printf "%s %s %s ratio=%.3f target=%s %s\n", $name, figure(median(@ours)),
        $unit, $ratio, $target, $met ? 'met' : 'short';
    return;
}


sub figure {
    return map { $_ >= 1000 ? sprintf '%.0f', $_ : sprintf '%.3f', $_ } @_;
}


sub spread {
    return sprintf 'median %s, range %s to %s',
        figure(median(@_), min(@_), max(@_));
}


# -- processes ---------------------------------------------------------------


# Puts a process on one core, where there are two.
sub pin {
    my ($core, @pids) = @_;
    cores() > 1 or return;
    output('taskset', '-pc', $core, $_) for @pids;
    return;
}


sub cores { return POSIX::sysconf(84) }


# CPU that a process has used, by the scheduler's own clock; /proc/PID/stat
# counts in hundredths of a second.
sub cpu_ns {
    my ($pid) = @_;
    my ($ns) = XD::Stage::slurp("/proc/$pid/schedstat") =~ /^(\d+)/;
    return $ns // die "/proc/$pid/schedstat: no figure\n";
}


# A Crossdock with a private broker and its topology, and no daemon: what is
# published stays in its queue until emptied.  The broker has core 0 for itself
# (and so starts one scheduler), all that comes later core 1: in each measure
# the broker can do the same, whatever the producing side burns.
sub stage {
    my (%o) = @_;
    local $ENV{XD_BROKER_MEMORY} = '1GiB';
    $stage = XD::Stage->new(dir => folder(), private => 1, %o);
    pin(0, $$);
    $stage->broker;
    pin(1, $$);
    $stage->configure;
    $stage->topology;
    return $stage;
}


# The sample order without its white space, about 1 KB; its path.
sub order {
    my $json = JSON::PP->new->utf8->canonical;
    my $path = folder() . '/order.json';
    my $sample = "$XD::Stage::root/docs/samples/order.json";
    XD::Stage::put($path, $json->encode($json->decode(
        XD::Stage::slurp($sample))));
    return $path;
}


# Empties the queue: every measure begins with the same.
sub emptied {
    my ($s) = @_;
    my $r = $s->mgmt('DELETE',
        "queues/$lane{vhost}/$lane{queue}/contents");
    $r->{success} or die "$lane{queue} cannot be emptied: $r->{status}\n";
    return;
}


# A run of bench_producer or bench_bus into the emptied queue.
sub produce {
    my ($s, $program, $body, $count) = @_;
    my ($port) = $s->{amqp_url} =~ /:(\d+)/;
    emptied($s);
    return tool($program, '--port', $port, '--body', $body, '--count', $count,
        '--password-file', "$s->{dir}/secrets/broker/$lane{user}",
        map { ("--$_" => $lane{$_}) } qw(vhost user exchange key));
}


END {
    my $status = $?;
    $stage->stop if $stage && $$ == $owner;
    $? = $status;
}

1;
