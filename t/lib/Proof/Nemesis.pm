# SPDX-License-Identifier: BSD-2-Clause
package Proof::Nemesis;

# What is done to a site while documents go through.  A nemesis is a row; its
# `act` does one thing, chosen by the dice, and returns
#
#   [ what was done, seconds, how it is undone ]
#
# or nothing, when there was nothing to hit.  `every` is the pause between
# two acts, `needs` says why it cannot be done here, `end` comes last, when
# nobody sends any more.  `on` is the part that is hit, `weight` how often
# among all others.

use strict;
use warnings;

use POSIX qw(WNOHANG);
use Time::HiRes qw(sleep time);

use Proof::Plan;
use XD;

my @daemons = qw(xd-x12 xd-doc xd-http xd-insight);

our @rows = (
    { name => 'restart', on => 'daemon', every => [0.5, 1.5], weight => 2,
      act => \&restart },
    { name => 'kill', on => 'daemon', every => [0.2, 0.8], weight => 4,
      act => \&kill_one },
    { name => 'crash', on => 'daemon', every => [0.05, 0.05], alone => 1,
      begin => \&crash_begin, act => \&crash, end => \&crash_end },
    { name => 'workers', on => 'gateway', every => [0.3, 0.9], weight => 3,
      act => \&kill_worker },
    { name => 'master', on => 'gateway', every => [1, 2.5], weight => 1,
      act => \&kill_master },
    { name => 'broker', on => 'broker', every => [2, 6], weight => 1,
      act => \&end_broker },
    { name => 'stall', on => 'daemon', every => [0.5, 1.5], weight => 2,
      act => \&stall },
    { name => 'silence', on => 'broker', every => [1, 3], weight => 1,
      act => \&stall_broker },
    { name => 'alarm', on => 'broker', every => [1.5, 3], weight => 1,
      act => \&alarm },
    { name => 'connections', on => 'broker', every => [0.6, 1.5], weight => 2,
      act => \&close_connections },
    { name => 'network', on => 'network', every => [0.3, 1.2], weight => 4,
      act => \&network },
    { name => 'disk', on => 'disk', every => [0.5, 1.5], weight => 3,
      act => \&fill_disk, needs => sub { $_[0]{no_disks} } },
    { name => 'clock', on => 'clock', every => [0.5, 1.5], weight => 3,
      act => \&jump, end => \&jump_end },
    { name => 'duplicates', on => 'broker', every => [0.05, 0.3], weight => 4,
      act => \&duplicate },
    { name => 'reload', on => 'configuration', every => [0.3, 1], weight => 3,
      act => \&reload },
    { name => 'systems', on => 'systems', every => [0.3, 0.8], weight => 4,
      act => \&spoil, end => \&spoil_end },
    { name => 'hospital', on => 'systems', every => [0.5, 1], alone => 1,
      act => \&refuse, mends => 1 },
);


# -- processes -----------------------------------------------------------------

sub restart {
    my ($site, $dice) = @_;
    my $name = $dice->pick(@daemons);
    my $status = $site->{s}->end($name, 'TERM', 30);
    $site->launch($name);
    die "$name did not end well: status $status\n" if $status != 0;
    return [ "restart $name" ];
}


sub kill_one {
    my ($site, $dice) = @_;
    my $name = $dice->pick(@daemons);
    $site->{s}->end($name, 'KILL');
    return [ "kill $name", $dice->between(0, 0.3),
        sub { $site->launch($name) } ];
}


# Points at which a daemon comes by: the synchronous ones start and settle
# nothing, and xd-insight publishes nothing.
my @all = qw(before-commit after-commit after-ack);
my @sends = qw(before-publish after-publish after-confirm after-delete);
my @later = qw(before-start after-start before-settle after-settle);
my %points = ('xd-x12' => [ @all, @sends ], 'xd-doc' => [ @all, @sends ],
    'xd-http' => [ @all, @sends, @later ], 'xd-insight' => \@all);


# Every point of every daemon, at some of the first times that it is reached;
# with less than one round a part of them, which the dice choose.
sub crash_begin {
    my ($site, $dice, $rounds) = @_;
    my %left;
    for my $name (@daemons) {
        my @points = $dice->shuffled(map { @{ $points{$name} } }
            1 .. ($rounds < 1 ? 1 : $rounds));
        splice @points, POSIX::ceil($rounds * @points) if $rounds < 1;
        $left{$name} = [ map { [ $_, 1 + $dice->below(4) ] } @points ];
    }
    $site->{crash} = { left => \%left, under => {}, missed => [] };
    return;
}


# Each daemon runs towards its next point; the dead ones start with another.
sub crash {
    my ($site) = @_;
    my $c = $site->{crash};
    for my $name (@daemons) {
        my $under = $c->{under}{$name};
        if ($under && $site->dead($name)) {
            delete $c->{under}{$name};
            die "$name died of $site->{status} at $under->{at}\n"
                unless $site->{status} == 9;
            crash_next($site, $name);
            return [ "$name $under->{point}" ];
        }
        if ($under && time > $under->{until}) {
            push @{ $c->{missed} }, "$name $under->{at}";
            delete $c->{under}{$name};
            $site->{s}->end($name, 'TERM', 30);
            crash_next($site, $name);
            return;
        }
        if (!$under && @{ $c->{left}{$name} }) {
            $site->{s}->end($name, 'TERM', 30);
            crash_next($site, $name);
        }
    }
    return;
}


sub crash_next {
    my ($site, $name) = @_;
    my $next = shift @{ $site->{crash}{left}{$name} };
    if (!$next) {
        $site->launch($name, hasty => 1);
        return;
    }
    my $at = join ':', @$next;
    $site->{crash}{under}{$name} = { at => $at, point => $next->[0],
        until => time + 8 };
    $site->launch($name, hasty => 1, env => { XD_CRASH_AT => $at });
    return;
}


sub crash_end {
    my ($site) = @_;
    my $c = $site->{crash};
    for my $name (@daemons) {
        push @{ $c->{missed} }, map { "$name " . join ':', @$_ }
            @{ $c->{left}{$name} };
        push @{ $c->{missed} }, "$name $c->{under}{$name}{at}"
            if $c->{under}{$name};
    }
    for my $name (sort keys %{ $c->{under} }) {
        $site->{s}->end($name, 'KILL');
        $site->launch($name);
    }
    my @missed = @{ $c->{missed} };
    $c->{under} = {};
    return map { "was not reached: $_" } @missed;
}


sub kill_worker {
    my ($site, $dice) = @_;
    my @workers = $site->workers or return;
    kill 'KILL', $dice->pick(@workers);
    return [ 'kill a worker' ];
}


# What an init system does: it ends the workers too, and starts anew.
sub kill_master {
    my ($site, $dice) = @_;
    my $s = $site->{s};
    my $pid = $s->pid('gateway') or return;
    my @workers = $site->workers;
    $s->end('gateway', 'KILL');
    return [ 'kill the master', $dice->between(0, 1), sub {
        kill 'KILL', @workers;
        $site->gateway_start;
    } ];
}


sub end_broker {
    my ($site, $dice) = @_;
    my $s = $site->{s};
    my $how = $site->{broker_turn}++ % 2 ? 'stop' : 'kill';
    kill 'KILL', $s->{node_pid} if $how eq 'kill';
    $s->end('broker', 'TERM', 60);
    return [ "$how the broker", $dice->between(0, 1),
        sub { $site->broker_start } ];
}


# Silence, not death: sometimes for longer than heartbeats allow.
sub stall {
    my ($site, $dice) = @_;
    my $who = $dice->pick(@daemons, 'a worker');
    my $pid = $who eq 'a worker' ? $dice->pick($site->workers)
        : $site->{s}->pid($who);
    return stop_for($who, $pid, $dice);
}


sub stall_broker {
    my ($site, $dice) = @_;
    return stop_for('the broker', $site->{s}{node_pid}, $dice);
}


sub stop_for {
    my ($who, $pid, $dice) = @_;
    my $long = $dice->chance(0.1);
    my $time = $long ? 12 : $dice->between(0.3, 3);
    return unless $pid;
    kill 'STOP', $pid;
    return [ "stop $who" . ($long ? ' for long' : ''), $time,
        sub { kill 'CONT', $pid } ];
}

# -- the broker ----------------------------------------------------------------

sub alarm {
    my ($site, $dice) = @_;
    $site->rabbitmqctl('set_vm_memory_high_watermark', '0.000001');
    return [ 'memory alarm', $dice->between(1, 3), sub {
        $site->rabbitmqctl('set_vm_memory_high_watermark', 'absolute',
            '512MiB');
    } ];
}


sub close_connections {
    my ($site) = @_;
    my $n = 0;
    for (@{ $site->mgmt('GET', 'connections') }) {
        (my $name = $_->{name}) =~ s/([^A-Za-z0-9.-])/sprintf '%%%02X', ord $1/ge;
        $n++ if $site->{s}->mgmt('DELETE', "connections/$name")->{success};
    }
    return unless $n;
    return [ 'close all connections' ];
}


# Once, or for a while and then a reset, since what was thrown away cannot
# come back.
sub network {
    my ($site, $dice) = @_;
    my $p = $site->{proxy};
    my ($mode, $number, $time, $reset) = @{ $dice->pick(
        [ 'delay', 20 + $dice->below(400), 2 ], [ 'trickle', 64, 2 ],
        [ 'freeze', '', 2 ], [ 'freeze', '', 9 ], [ 'deafen', '', 1, 1 ],
        [ 'deafen', '', 1, 1 ], [ 'mute', '', 1, 1 ], [ 'refuse', '', 1, 1 ],
        [ 'reset', 2 ], [ 'cut', 2 ], [ 'cut', 1 ], [ 'half-up', 2 ],
        [ 'half-down', 2 ]) };
    my $hit = $p->mode($mode, $number);
    return unless $hit;
    return [ $mode ] unless $time;
    return [ $mode . ($time > 5 ? ' for long' : ''),
        $time * $dice->between(0.3, 1), sub {
            $p->mode('pass');
            $p->mode('reset') if $reset;
        } ];
}

# -- machine -------------------------------------------------------------------

sub fill_disk {
    my ($site, $dice) = @_;
    my $name = $dice->pick(@daemons, 'archive');
    $site->disk_fill($name);
    return [ "full disk of $name", $dice->between(0.5, 3),
        sub { $site->disk_free($name) } ];
}


# Just when something waits for its next try.
sub jump {
    my ($site, $dice) = @_;
    my $by = $dice->pick(-86_400, -3600, -7, 7, 3600, 86_400);
    $site->fault('erp', '500', 2);
    sleep 0.2;
    $site->clock($site->{clock} = $by);
    return [ sprintf 'clock %+d s', $by ];
}


# Back by an hour in the end, and it stays so: what waits must not wait for
# that hour.
sub jump_end {
    my ($site) = @_;
    spoil_end($site);
    $site->clock($site->{clock} = ($site->{clock} // 0) - 3600);
    return;
}

# -- messages and configuration --------------------------------------------------

# A raw message once more, as it was: same id, same bytes.
sub duplicate {
    my ($site, $dice) = @_;
    my ($accepted) = $site->{senders}->told;
    my @n = sort { $a <=> $b } grep { $_ < $Proof::Plan::answers }
        keys %$accepted or return;
    my $d = $site->{documents}{ $dice->pick(@n) };
    my ($path, $type, $body) =
        Proof::Plan::request("$root/docs/samples", $d);
    my ($document) = $path =~ m{^/v1/(.*)s$};
    $site->publish('xd.raw', ($document ? 'in.json.' : 'in.x12.')
        . $d->{party}, {
        message_id => $accepted->{ $d->{n} }[0], content_type => $type,
        $document ? (type => $document) : (), app_id => 'xd-gateway',
        headers => { 'xd-party' => $d->{party} } }, $body) or return;
    return [ 'a message again' ];
}


# Good changes, and a file that must leave everything as it was.
sub reload {
    my ($site, $dice) = @_;
    my $s = $site->{s};
    my $turn = $site->{reloads}++;
    my $broken = $dice->chance(0.3);
    my $file = "$site->{dir}/conf/partners/globex.yaml";
    my $text = slurp($file);
    my $routes = "$site->{dir}/conf/routes.yaml";

    put($routes, slurp($routes) . "# change $turn\n");
    put($file, "$text\nno-such-setting: 1\n") if $broken;
    for (map { $s->pid($_) } 'gateway', @daemons) {
        kill 'HUP', $_ if $_;
    }
    return [ $broken ? 'reload of a broken file' : 'reload', 0.4,
        sub { put($file, $text) } ];
}


# Faults after which the same request may succeed.
sub spoil {
    my ($site, $dice) = @_;
    my $s = $site->{s};
    if ($dice->chance(0.1)) {
        $s->end('sandbox', 'KILL');
        return [ 'kill the systems', $dice->between(0, 0.5),
            sub { $s->sandbox } ];
    }
    if ($dice->chance(0.1)) {
        $site->fault('wms', '500', 100_000);
        return [ 'wms is down', $dice->between(2, 5),
            sub { $site->fault('wms', '500', 0) } ];
    }
    my $role = $dice->pick(qw(erp erp wms partner));
    my $mode = $dice->pick(qw(500 reset reset-after-work 504-after-work slow
        garbage 429 400-means-done));
    # A partner may answer anything: a page is no fault there.
    $site->fault($role, $mode, 1 + $dice->below(6));
    return [ "$mode of $role" ];
}


# What nobody ran into would be in the way of later documents only.
sub spoil_end {
    my ($site) = @_;
    $site->fault($_, '500', 0) for qw(erp wms partner);
    return;
}


# Refusals for good: the key is held until somebody releases it.
sub refuse {
    my ($site, $dice) = @_;
    my $role = $dice->pick(qw(erp wms partner));
    my $mode = $dice->pick(qw(422 401));
    $site->fault($role, $mode, 1);
    return [ "$mode of $role" ];
}

1;
