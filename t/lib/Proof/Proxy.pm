# SPDX-License-Identifier: BSD-2-Clause
package Proof::Proxy;

# A network that fails on demand: a TCP proxy between the processes and the
# broker, in a child process.
#
#   my $p = Proof::Proxy->new($broker_port);     # listens on $p->port
#   my $hit = $p->mode('deafen', 300);            # connections it concerns
#   $p->mode('pass');
#
# Modes, for the connections that are open and those that come:
#
#   pass            bytes go as they come
#   delay MS        each piece comes MS later
#   trickle N       pieces of 1 to N bytes, in both directions
#   freeze          nothing passes, nothing is lost
#   deafen          what the broker says is thrown away: confirms, deliveries
#   mute            what the processes say is thrown away
#   refuse          new connections are reset; open ones go on
#
# Done once, to each open connection by a chance of one in N (default 1):
#
#   reset [N]       RST to both sides
#   cut [N]         half of what waits or comes next is passed on, then RST:
#                   in the middle of a frame
#   half-up [N]     the broker sees the end of what the process says
#   half-down [N]   the process sees the end of what the broker says

use strict;
use warnings;

use IO::Select;
use IO::Socket::INET;
use POSIX ();
use Socket qw(SOL_SOCKET SO_LINGER IPPROTO_TCP TCP_NODELAY AF_UNIX SOCK_STREAM
    PF_UNSPEC);
use Time::HiRes qw(time);

use constant { PIECE => 65536, PENDING_MOST => 1 << 20 };

# Which sides of a connection a mode throws away: what comes from there.
my %thrown = (deafen => 'broker', mute => 'process');


sub new {
    my ($class, $to, $port) = @_;
    my $listen = IO::Socket::INET->new(Listen => 128, ReuseAddr => 1,
        LocalAddr => '127.0.0.1', LocalPort => $port // 0)
        or die "proxy: $!\n";
    my $self = bless { port => $listen->sockport, owner => $$ }, $class;

    socketpair my $ours, my $theirs, AF_UNIX, SOCK_STREAM, PF_UNSPEC
        or die "proxy: $!\n";
    defined(my $pid = fork) or die "fork: $!\n";
    if ($pid == 0) {
        $SIG{$_} = 'DEFAULT' for qw(INT TERM);
        $SIG{PIPE} = 'IGNORE';
        close $ours;
        my $proxy = { listen => $listen, orders => $theirs, to => $to,
            mode => 'pass', number => 0, pairs => {}, pair_of => {} };
        eval { serve($proxy); 1 } or print STDERR "# proxy: $@";
        POSIX::_exit(0);
    }
    close $theirs;
    $ours->autoflush(1);
    @$self{qw(pid orders)} = ($pid, $ours);
    return $self;
}


sub port { return $_[0]{port} }


# Returns when it is so; how many open connections it concerns.
sub mode {
    my ($self, $mode, $number) = @_;
    my $orders = $self->{orders};
    print $orders join(' ', $mode, $number // ''), "\n";
    my $answer = <$orders>;
    defined $answer or die "the proxy is gone\n";
    return $answer + 0;
}


sub stop {
    my ($self) = @_;
    my $pid = delete $self->{pid} or return;
    kill 'KILL', $pid;
    waitpid $pid, 0;
    return;
}


# -- the child ---------------------------------------------------------------

# Each pair has two sides; a side has its socket, the bytes that wait to be
# written to it ([due, bytes]), and whether it was shut.
sub serve {
    my ($p) = @_;
    while (1) {
        my ($read, $write) = wanted($p);
        my ($in, $out) = IO::Select->select($read, $write, undef, pause($p));
        for my $s (@{ $in || [] }) {
            if ($s == $p->{orders}) {
                order($p) or return;
            } elsif ($s == $p->{listen}) {
                pair_new($p);
            } else {
                side_read($p, $s);
            }
        }
        pairs_write($p);
        pairs_end($p);
    }
}


sub wanted {
    my ($p) = @_;
    my $read = IO::Select->new($p->{listen}, $p->{orders});
    my $write = IO::Select->new;
    my $now = time;
    return ($read, $write) if $p->{mode} eq 'freeze';

    for my $pair (values %{ $p->{pairs} }) {
        for my $side (@$pair) {
            my $other = other($pair, $side);
            $read->add($side->{socket})
                if !$side->{eof} && $other->{waiting} < PENDING_MOST;
            $write->add($side->{socket})
                if @{ $side->{out} } && $side->{out}[0][0] <= $now;
        }
    }
    return ($read, $write);
}


# Until the next piece is due.
sub pause {
    my ($p) = @_;
    return 0.002 if $p->{mode} eq 'trickle';
    my ($next) = sort { $a <=> $b } map { $_->{out}[0][0] }
        grep { @{ $_->{out} } } map { @$_ } values %{ $p->{pairs} };
    my $wait = defined $next ? $next - time : 1;
    return $wait < 0.001 ? 0.001 : $wait > 1 ? 1 : $wait;
}


sub other {
    my ($pair, $side) = @_;
    return $pair->[0] == $side ? $pair->[1] : $pair->[0];
}


sub pair_new {
    my ($p) = @_;
    my $in = $p->{listen}->accept or return;
    return reset_socket($in) if $p->{mode} eq 'refuse';

    my $out = IO::Socket::INET->new(PeerAddr => '127.0.0.1',
        PeerPort => $p->{to}, Timeout => 2) or return reset_socket($in);
    my @pair;
    for ([ process => $in ], [ broker => $out ]) {
        my ($from, $socket) = @$_;
        $socket->blocking(0);
        setsockopt $socket, IPPROTO_TCP, TCP_NODELAY, 1;
        push @pair, { from => $from, socket => $socket, out => [],
            waiting => 0 };
    }
    $p->{pairs}{\@pair} = \@pair;
    $p->{pair_of}{$_} = \@pair for $in, $out;
    return;
}


sub side_read {
    my ($p, $socket) = @_;
    my $pair = $p->{pair_of}{$socket} or return;
    my ($side) = grep { $_->{socket} == $socket } @$pair;
    my $got = sysread $socket, my $bytes, PIECE;
    return if !defined $got && $!{EAGAIN};

    if (!$got) {
        $side->{eof} = 1;
        $side->{broken} = 1 unless defined $got;
        return;
    }
    return if ($thrown{ $p->{mode} } // '') eq $side->{from};

    my $to = other($pair, $side);
    if ($pair->[0]{cut}) {
        $bytes = substr $bytes, 0, int(length($bytes) / 2);
        $pair->[0]{over} = 1;
    }
    my $due = $p->{mode} eq 'delay' ? time + $p->{number} / 1000 : 0;
    push @{ $to->{out} }, [ $due, $bytes ];
    $to->{waiting} += length $bytes;
    return;
}


sub pairs_write {
    my ($p) = @_;
    return if $p->{mode} eq 'freeze';
    my $now = time;
    for my $pair (values %{ $p->{pairs} }) {
        side_write($p, $_, $now) for @$pair;
    }
    return;
}


sub side_write {
    my ($p, $side, $now) = @_;
    while (@{ $side->{out} } && $side->{out}[0][0] <= $now) {
        my $piece = $side->{out}[0];
        my $most = length $piece->[1];
        if ($p->{mode} eq 'trickle') {
            my $n = 1 + int rand $p->{number};
            $most = $n if $n < $most;
        }
        my $sent = syswrite $side->{socket}, $piece->[1], $most;
        if (!defined $sent) {
            $side->{broken} = 1 unless $!{EAGAIN};
            return;
        }
        $side->{waiting} -= $sent;
        substr $piece->[1], 0, $sent, '';
        shift @{ $side->{out} } if $piece->[1] eq '';
        return if $p->{mode} eq 'trickle';
    }
    return;
}


# An end on one side becomes one on the other once what came before it went.
sub pairs_end {
    my ($p) = @_;
    for my $pair (values %{ $p->{pairs} }) {
        for my $side (@$pair) {
            my $to = other($pair, $side);
            if ($side->{eof} && !@{ $to->{out} } && !$to->{shut}) {
                $to->{shut} = 1;
                shutdown $to->{socket}, 1;
            }
        }
        my $over = grep { $_->{broken} || $_->{over} } @$pair;
        pair_end($p, $pair, $over)
            if $over || !grep { !$_->{shut} } @$pair;
    }
    return;
}


sub pair_end {
    my ($p, $pair, $hard) = @_;
    delete $p->{pairs}{$pair};
    for my $side (@$pair) {
        delete $p->{pair_of}{ $side->{socket} };
        $hard ? reset_socket($side->{socket}) : close $side->{socket};
    }
    return;
}


sub reset_socket {
    my ($socket) = @_;
    setsockopt $socket, SOL_SOCKET, SO_LINGER, pack 'ii', 1, 0;
    close $socket;
    return;
}


# -- orders ----------------------------------------------------------------------

my %once = (
    reset => sub { $_[0][0]{over} = 1 },
    cut => sub { $_[0][0]{cut} = 1 },
    'half-up' => sub { half($_[0][1]) },
    'half-down' => sub { half($_[0][0]) },
);


sub half {
    my ($side) = @_;
    return if $side->{shut};
    $side->{shut} = 1;
    shutdown $side->{socket}, 1;
    return;
}


sub order {
    my ($p) = @_;
    my $orders = $p->{orders};
    my $line = <$orders>;
    defined $line or return 0;
    my ($mode, $number) = $line =~ /^(\S+) (\d*)$/ or die "order: $line";
    my @hit = values %{ $p->{pairs} };

    if (my $act = $once{$mode}) {
        @hit = grep { rand() < 1 / ($number || 1) } @hit;
        $act->($_) for @hit;
    } else {
        @$p{qw(mode number)} = ($mode, $number || 1);
    }
    syswrite $orders, scalar(@hit) . "\n";
    return 1;
}

1;
