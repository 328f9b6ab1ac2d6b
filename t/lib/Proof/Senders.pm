# SPDX-License-Identifier: BSD-2-Clause
package Proof::Senders;

# Callers as the documentation tells them to be: whatever is not answered 202
# is sent again with the same Idempotency-Key, after a pause, in order.  Each
# is a process and writes what it knows into a log of its own:
#
#   n time(1 2 ...) id        answered 202 with this id
#   n time -                  given up

use strict;
use warnings;

use HTTP::Tiny;
use POSIX qw(WNOHANG);
use Time::HiRes qw(sleep time);

use Proof::Dice;
use Proof::Plan;

my $tries_most = 2000;


# conf: url, key (party => API key), samples, dir, seed, name, gap (seconds
# between two documents of a sender, on average), wait (seconds for an order
# that is to be answered)
sub start {
    my ($class, $plan, %conf) = @_;
    my $self = bless { conf => \%conf, pids => [], logs => [],
        owner => $$ }, $class;

    for my $i (0 .. $#$plan) {
        my $log = "$conf{dir}/$conf{name}.$i";
        defined(my $pid = fork) or die "fork: $!\n";
        if ($pid == 0) {
            $SIG{$_} = 'DEFAULT' for qw(INT TERM);
            my $good = eval { send_all($plan->[$i], $log, $i, \%conf); 1 };
            print STDERR "# sender $i: $@" unless $good;
            POSIX::_exit($good ? 0 : 1);
        }
        push @{ $self->{pids} }, $pid;
        push @{ $self->{logs} }, $log;
    }
    return $self;
}


# True while one of them still sends; dies when one of them could not go on.
sub busy {
    my ($self) = @_;
    my @left;
    for my $pid (@{ $self->{pids} }) {
        my $got = waitpid $pid, WNOHANG;
        if ($got == 0) {
            push @left, $pid;
        } elsif ($? != 0) {
            $self->{failed} = "a sender gave up: status $?";
        }
    }
    $self->{pids} = \@left;
    die "$self->{failed}\n" if $self->{failed};
    return scalar @left;
}


sub stop {
    my ($self) = @_;
    kill 'KILL', @{ $self->{pids} };
    waitpid $_, 0 for @{ $self->{pids} };
    $self->{pids} = [];
    return;
}


sub DESTROY {
    my ($self) = @_;
    local ($?, $@);
    $self->stop if $self->{owner} == $$;
    return;
}


# What they know: { n => [ids] }, and how often which answer came.
sub told {
    my ($self) = @_;
    my (%accepted, %answers);
    for my $log (@{ $self->{logs} }) {
        open my $f, '<', $log or die "$log: $!\n";
        while (defined(my $line = <$f>)) {
            if ($line =~ /^(\d+) \d+ ([0-9a-f-]{36})$/) {
                push @{ $accepted{$1} }, $2;
            } elsif ($line =~ /^answers (.*)/) {
                my %a = split /[ =]/, $1;
                $answers{$_} += $a{$_} for keys %a;
            }
        }
        close $f;
    }
    return (\%accepted, \%answers);
}


sub send_all {
    my ($documents, $log, $who, $conf) = @_;
    my $dice = Proof::Dice->new($conf->{seed}, 'pace', $conf->{name}, $who);
    my %answers;
    open my $out, '>', $log or die "$log: $!\n";
    $out->autoflush(1);

    for my $d (@$documents) {
        for my $time (1 .. $d->{times}) {
            my $id = send_one($d, $time, $conf, \%answers);
            print $out "$d->{n} $time $id\n";
        }
        # In bursts: queues fill, batches and windows are more than one.
        sleep $dice->between(0, 20 * $conf->{gap}) if $dice->chance(0.1);
    }
    print $out 'answers ', join(' ', map { "$_=$answers{$_}" }
        sort keys %answers), "\n";
    close $out or die "$log: $!\n";
    return;
}


# The id of its 202; a dash when this caller dies before it has one.
sub send_one {
    my ($d, $time, $conf, $answers) = @_;
    return '-' if $d->{kind} eq 'answer' && !about($d, $conf);
    my ($path, $type, $body) = Proof::Plan::request($conf->{samples}, $d);
    my $client = $conf->{client} //= HTTP::Tiny->new(timeout => 20,
        keep_alive => 1);
    my $mark = Proof::Plan::marker($d->{n});
    my %o = (content => $body, headers => {
        'x-api-key' => $conf->{key}{ $d->{party} },
        'content-type' => $type,
        'idempotency-key' => "\"$conf->{seed}-$mark-$time\"" });

    $client = HTTP::Tiny->new(timeout => 0.3) if $d->{gives_up};

    for (1 .. $tries_most) {
        my $r = $client->post("$conf->{url}$path", \%o);
        $answers->{ $r->{status} }++;
        if ($r->{status} == 202) {
            my ($id) = $r->{content} =~ /"id":"([0-9a-f-]{36})"/
                or die "a 202 without an id: $r->{content}\n";
            return $id;
        }
        return '-' if $d->{gives_up};
        # Faults of the caller's own do not go away by repeating: the proof
        # itself would be wrong.
        die "document $d->{n}: $r->{status} $r->{content}\n"
            if $r->{status} =~ /^4/ && $r->{status} !~ /^(?:408|429)$/;
        sleep pause($r);
    }
    die "document $d->{n} was not taken $tries_most times\n";
}


# A supplier answers an order that it has got.  One that does not come in time
# stays without an answer: it may be with the hospital.
sub about {
    my ($d, $conf) = @_;
    my $until = time + $conf->{wait};
    while (time < $until) {
        if (open my $f, '<', "$conf->{dir}/850.$d->{of}") {
            my ($gs, $st) = (<$f> // '') =~ /^(\d+) (\d+)\.$/;
            return $d->{about} = [ $gs, $st ] if defined $st;
        }
        sleep 0.1;
    }
    return;
}


# Retry-After is obeyed as far as a proof has time for it.
sub pause {
    my ($r) = @_;
    my $asked = $r->{headers}{'retry-after'} // '';
    my $least = 0.1 + rand 0.2;
    return $asked =~ /^\d+$/ && $asked > $least
        ? ($asked > 1 ? 1 : $asked) : $least;
}

1;
