# SPDX-License-Identifier: BSD-2-Clause
package FakeBroker;

# A broker that misbehaves on demand: enough AMQP 0-9-1 to be logged into and
# published to, in a child process.
#
#   my $b = FakeBroker->new;      # listens on $b->port
#   $b->mode('nack');             # from now on, also for open connections
#   my @m = $b->messages;         # what was published so far, as hashes
#   $b->stop; $b->start;          # the same port again
#
# Modes: ack, nack, return (mandatory, no queue), silent (reads, never
# answers), hold (collects; ack-all settles with one multiple ack), close-403,
# close-404 (channel.close at a publish), reset (TCP reset at a publish),
# blocked (connection.blocked to all), deaf (does not even read), refuse
# (login refused).

use strict;
use warnings;

use IO::Select;
use IO::Socket::INET;
use JSON::PP;
use POSIX ();
use Socket qw(SOL_SOCKET SO_LINGER);
use Time::HiRes qw(sleep time);

use constant { METHOD => 1, HEADER => 2, BODY => 3, HEARTBEAT => 8 };

my @properties = (
    [ 15, 'content_type', 's' ], [ 14, 'content_encoding', 's' ],
    [ 13, 'headers', 't' ], [ 12, 'delivery_mode', 'C' ],
    [ 11, 'priority', 'C' ], [ 10, 'correlation_id', 's' ],
    [ 9, 'reply_to', 's' ], [ 8, 'expiration', 's' ],
    [ 7, 'message_id', 's' ], [ 6, 'timestamp', 'Q>' ], [ 5, 'type', 's' ],
    [ 4, 'user_id', 's' ], [ 3, 'app_id', 's' ], [ 2, 'cluster_id', 's' ],
);


sub new {
    my ($class, %o) = @_;
    my $self = bless { dir => $o{dir}, heartbeat => $o{heartbeat} // 10 },
        $class;
    $self->mode('ack');
    $self->start;
    return $self;
}


sub port { return $_[0]{port} }
sub url { return "amqp://127.0.0.1:$_[0]{port}/crossdock" }


sub start {
    my ($self) = @_;
    my $listen = IO::Socket::INET->new(Listen => 128, ReuseAddr => 1,
        LocalAddr => '127.0.0.1', LocalPort => $self->{port} // 0)
        or die "fake broker: $!\n";
    $self->{port} = $listen->sockport;

    defined(my $pid = fork) or die "fork: $!\n";
    if ($pid == 0) {
        $SIG{$_} = 'DEFAULT' for qw(INT TERM);
        eval { $self->serve($listen); 1 } or print STDERR "fake broker: $@";
        POSIX::_exit(0);
    }
    $self->{pid} = $pid;
    return;
}


sub stop {
    my ($self) = @_;
    my $pid = delete $self->{pid} or return;
    kill 'KILL', $pid;
    waitpid $pid, 0;
    return;
}


sub mode {
    my ($self, $mode) = @_;
    open my $f, '>', "$self->{dir}/mode.new" or die "mode: $!\n";
    print $f $mode;
    close $f or die "mode: $!\n";
    rename "$self->{dir}/mode.new", "$self->{dir}/mode" or die "mode: $!\n";
    sleep 0.1;    # the child looks every 20 ms
    return;
}


sub messages {
    my ($self) = @_;
    open my $f, '<', "$self->{dir}/messages" or return;
    return map { decode_json($_) } <$f>;
}


# The last one, and the message-ids of all: where there are thousands.
sub last_message {
    my ($self) = @_;
    my $last;
    open my $f, '<', "$self->{dir}/messages" or return;
    $last = $_ while <$f>;
    return $last && decode_json($last);
}


sub ids {
    my ($self) = @_;
    open my $f, '<', "$self->{dir}/messages" or return;
    return map { /"message_id":"([^"]*)"/ ? $1 : () } <$f>;
}


# -- the child -----------------------------------------------------------------


sub serve {
    my ($self, $listen) = @_;
    open $self->{log}, '>>', "$self->{dir}/messages" or die "messages: $!\n";
    $self->{log}->autoflush(1);
    $self->{all} = { };
    my $select = IO::Select->new($listen);

    while (1) {
        my @ready = $select->can_read(0.02);
        $self->look;

        for my $s (@ready) {
            if ($s == $listen) {
                my $new = $listen->accept or next;
                $select->add($new);
                $self->{all}{ fileno $new } =
                    { sock => $new, in => '', tag => 0, beat => time };
                next;
            }
            my $c = $self->{all}{ fileno $s };
            next if $self->{now} eq 'deaf';
            my $n = sysread $s, $c->{in}, 262144, length $c->{in};
            if (!$n || !$self->feed($c)) {
                $select->remove($s);
                delete $self->{all}{ fileno $s };
                close $s;
            }
        }
        $self->beat;
    }
}


# Takes up the mode that was set; what it asks of open connections.
sub look {
    my ($self) = @_;
    open my $f, '<', "$self->{dir}/mode" or return;
    my $mode = <$f> // 'ack';
    my $was = $self->{now} // '';
    $self->{now} = $mode;
    $mode eq $was and return;

    for my $c (values %{ $self->{all} }) {
        method($c, 0, 10, 60, shortstr('low on memory')) if $mode eq 'blocked';
        method($c, 0, 10, 61, '') if $was eq 'blocked';
        if ($mode eq 'ack-all' && $c->{tag}) {
            method($c, 1, 60, 80, pack 'Q>C', $c->{tag}, 1);
        }
    }
    return;
}


sub beat {
    my ($self) = @_;
    for my $c (values %{ $self->{all} }) {
        if (time - $c->{beat} > 1 && $self->{now} !~ /^(?:silent-all|deaf)$/) {
            $c->{beat} = time;
            frame($c, HEARTBEAT, 0, '');
        }
    }
    return;
}


sub frame {
    my ($c, $type, $channel, $payload) = @_;
    local $SIG{PIPE} = 'IGNORE';
    my $out = pack('CnN', $type, $channel, length $payload) . $payload . "\xCE";
    while (length $out) {
        my $n = syswrite $c->{sock}, $out or return;
        substr $out, 0, $n, '';
    }
    return;
}


sub method {
    my ($c, $channel, $class, $id, $args) = @_;
    return frame($c, METHOD, $channel, pack('nn', $class, $id) . $args);
}


sub shortstr { return pack 'C/a', $_[0] }
sub longstr { return pack 'N/a', $_[0] }


# Everything that is complete; false when the connection ends.
sub feed {
    my ($self, $c) = @_;

    if (!$c->{greeted}) {
        length $c->{in} >= 8 or return 1;
        substr($c->{in}, 0, 8, '') eq "AMQP\x00\x00\x09\x01" or return 0;
        $c->{greeted} = 1;
        my $table = shortstr('version') . 'S' . longstr('3.10.8');
        method($c, 0, 10, 10, pack('CC', 0, 9) . longstr($table)
            . longstr('PLAIN') . longstr('en_US'));
    }

    while (length $c->{in} >= 7) {
        my ($type, $channel, $size) = unpack 'CnN', $c->{in};
        length $c->{in} >= $size + 8 or last;
        my $payload = substr $c->{in}, 7, $size;
        substr $c->{in}, 0, $size + 8, '';
        $self->take($c, $type, $channel, $payload) or return 0;
    }
    return 1;
}


sub take {
    my ($self, $c, $type, $channel, $payload) = @_;

    if ($type == METHOD) {
        my ($class, $id) = unpack 'nn', $payload;
        return $self->called($c, $channel, "$class.$id", substr $payload, 4);
    }
    if ($type == HEADER) {
        $c->{head} = $payload;
        $c->{left} = unpack 'x4Q>', $payload;
        $c->{body} = '';
        return $c->{left} ? 1 : $self->published($c, $channel);
    }
    if ($type == BODY) {
        $c->{body} .= $payload;
        $c->{left} -= length $payload;
        return $c->{left} > 0 ? 1 : $self->published($c, $channel);
    }
    return 1;
}


sub called {
    my ($self, $c, $channel, $what, $args) = @_;

    if ($what eq '10.11') {
        my ($user, $password) =
            (split /\0/, (unpack 'N/a C/a N/a', $args)[2])[1, 2];
        $c->{user} = $user;
        if ($self->{now} eq 'refuse') {
            method($c, 0, 10, 50, pack('n', 403)
                . shortstr('ACCESS_REFUSED - login was refused')
                . pack('nn', 0, 0));
            return 1;
        }
        method($c, 0, 10, 30, pack 'nNn', 2047, 131072, $self->{heartbeat});
    } elsif ($what eq '10.40') {
        method($c, 0, 10, 41, shortstr(''));
    } elsif ($what eq '20.10') {
        method($c, $channel, 20, 11, longstr(''));
    } elsif ($what eq '85.10') {
        method($c, $channel, 85, 11, '');
    } elsif ($what eq '60.10') {
        method($c, $channel, 60, 11, '');
    } elsif ($what eq '60.40') {
        my (undef, $exchange, $key, $bits) = unpack 'n C/a C/a C', $args;
        $c->{publish} = { exchange => $exchange, routing_key => $key,
            mandatory => $bits & 1, user => $c->{user} };
    } elsif ($what eq '10.50') {
        method($c, 0, 10, 51, '');
        return 0;
    } elsif ($what eq '10.51') {
        return 0;
    } elsif ($what eq '20.40') {
        method($c, $channel, 20, 41, '');
    }
    return 1;
}


sub properties {
    my ($head) = @_;
    my ($flags) = unpack 'x12n', $head;
    my $rest = substr $head, 14;
    my %p;

    for (@properties) {
        my ($bit, $name, $kind) = @$_;
        $flags & (1 << $bit) or next;
        if ($kind eq 's') {
            ($p{$name}) = unpack 'C/a', $rest;
            substr $rest, 0, 1 + length $p{$name}, '';
        } elsif ($kind eq 't') {
            my ($table) = unpack 'N/a', $rest;
            substr $rest, 0, 4 + length $table, '';
            while (length $table) {
                my ($key, $type) = unpack 'C/a a', $table;
                substr $table, 0, 2 + length $key, '';
                $type eq 'S' or die "header $key has type $type\n";
                ($p{headers}{$key}) = unpack 'N/a', $table;
                substr $table, 0, 4 + length $p{headers}{$key}, '';
            }
        } else {
            ($p{$name}) = unpack $kind, $rest;
            substr $rest, 0, length(pack $kind, 0), '';
        }
    }
    return %p;
}


sub published {
    my ($self, $c, $channel) = @_;
    my $tag = ++$c->{tag};
    my $mode = $self->{now};
    my %m = (%{ $c->{publish} }, properties($c->{head}), tag => $tag,
        size => length $c->{body},
        length $c->{body} < 65536 ? (body => $c->{body}) : ());
    print { $self->{log} } JSON::PP->new->latin1->encode(\%m), "\n";

    if ($mode eq 'ack' || $mode eq 'ack-all') {
        method($c, $channel, 60, 80, pack 'Q>C', $tag, 0);
    } elsif ($mode eq 'nack') {
        method($c, $channel, 60, 120, pack 'Q>C', $tag, 0);
    } elsif ($mode eq 'return') {
        method($c, $channel, 60, 50, pack('n', 312) . shortstr('NO_ROUTE')
            . shortstr($m{exchange}) . shortstr($m{routing_key}));
        frame($c, HEADER, $channel, $c->{head});
        frame($c, BODY, $channel, $c->{body}) if length $c->{body};
        method($c, $channel, 60, 80, pack 'Q>C', $tag, 0);
    } elsif ($mode =~ /^close-(40[34])$/) {
        method($c, $channel, 20, 40, pack('n', $1)
            . shortstr($1 == 404 ? 'NOT_FOUND - no exchange'
                : 'ACCESS_REFUSED - no write') . pack('nn', 60, 40));
    } elsif ($mode eq 'reset') {
        setsockopt $c->{sock}, SOL_SOCKET, SO_LINGER, pack('ii', 1, 0);
        return 0;
    }
    return 1;
}

1;
