# SPDX-License-Identifier: BSD-2-Clause
package Proof::Site;

# A whole Crossdock to be tormented: XD::Stage, and what a nemesis needs
# beside it.  Every process reaches the broker through a proxy, has a clock
# that can be put wrong, and, where this user may mount, a disk of its own
# that can be full.

use strict;
use warnings;

use File::Copy qw(copy);
use File::Path qw(make_path);
use HTTP::Tiny;
use JSON::PP;
use MIME::Base64 qw(decode_base64 encode_base64);
use POSIX qw(WNOHANG);
use Time::HiRes qw(sleep time);

use Proof::Plan;
use Proof::Proxy;
use XD;

our @daemons = qw(xd-insight xd-http xd-x12 xd-doc);
my $disk_size = '1g';
my $vhost = 'crossdock';


# Programs are copied first: a build that goes on meanwhile must not change
# what is proved.
sub new {
    my ($class) = @_;
    my $s = stage(build => $build);
    my $self = bless { s => $s, dir => $s->{dir}, env => {}, owner => $$,
        json => JSON::PP->new->utf8->canonical }, $class;

    make_path(map { "$s->{dir}/$_" } qw(build/bin build/modules log));
    copy_all("$build/bin", "$s->{dir}/build/bin", grep { -x "$build/bin/$_" }
        @daemons, qw(xd xd-sandbox));
    copy_all("$build/modules", "$s->{dir}/build/modules",
        'ngx_http_xd_module.so');
    $s->{build} = "$s->{dir}/build";
    $self->tools;
    return $self;
}


sub copy_all {
    my ($from, $to, @names) = @_;
    for (@names) {
        copy("$from/$_", "$to/$_") or die "$from/$_: $!\n";
        chmod 0755, "$to/$_";
    }
    return;
}


# The two small C programs of this folder.
sub tools {
    my ($self) = @_;
    my $cc = $ENV{CC} || 'cc';
    my $from = "$root/t/faults";
    my @cmd = (
        [ $cc, '-O2', '-o', "$self->{dir}/peek", "$from/peek.c", '-lsqlite3' ],
        [ $cc, '-O2', '-D_GNU_SOURCE', '-shared', '-fPIC', '-o',
            "$self->{dir}/clock.so", "$from/clock.c" ],
    );
    for my $cmd (@cmd) {
        my ($status, undef, $err) = run_cmd('', @$cmd);
        $status == 0 or die "@$cmd:\n$err";
    }
    put("$self->{dir}/clock", pack 'q', 0);
    $self->{env} = { LD_PRELOAD => "$self->{dir}/clock.so",
        XD_CLOCK_FILE => "$self->{dir}/clock" };
    return;
}


sub start {
    my ($self) = @_;
    my $s = $self->{s};

    $self->broker_start;
    $s->configure(settings => { tiers => '[200ms, 500ms, 1s, 2s]',
        attempts => 12, heartbeat => '5s', disk_free => '4MiB' });
    $self->settings;
    $s->topology;
    $self->disks;
    $s->sandbox;
    $self->launch($_) for @daemons;
    $self->gateway_start;
    return;
}


# Two suppliers, two shops; systems that are given up on sooner.
sub settings {
    my ($self) = @_;
    my $s = $self->{s};
    my $conf = "$self->{dir}/conf";
    my $pepper = $s->secret('pepper');

    my $partner = slurp("$root/conf/partners/acme.yaml");
    $partner =~ s/timeout: 10s/timeout: 2s/;
    (my $second = $partner) =~ s/\bacme\b(?!-)/globex/g;
    $second =~ s/\bACME\b/GLOBEX/g;
    put("$conf/partners/acme.yaml", $s->fitted($partner, $pepper));
    put("$conf/partners/globex.yaml", $s->fitted($second, $pepper));

    my $consumers = slurp("$root/conf/consumers.yaml");
    my ($shop) = $consumers =~ /^(  - id: webshop\n(?:    .*\n)+)/m
        or die "conf/consumers.yaml has no webshop\n";
    $shop =~ s/\bwebshop\b/market/;
    put("$conf/consumers.yaml", $s->fitted("$consumers\n$shop", $pepper));

    for (qw(erp wms)) {
        my $system = slurp("$conf/systems/$_.yaml");
        $system =~ s/timeout: 10s/timeout: 2s/;
        $system =~ s/pause: 10s/pause: 1s/;
        put("$conf/systems/$_.yaml", $system);
    }
    return;
}


sub keys_of {
    my ($self) = @_;
    return { map { $_ => $self->{s}->key($_) }
        @Proof::Plan::partners, @Proof::Plan::consumers,
        $Proof::Plan::buyer };
}

# -- disks -------------------------------------------------------------------

# A file system for each daemon's state and one for the archive.  Without the
# right to mount, nothing of this is, and {no_disks} says why.
sub disks {
    my ($self) = @_;
    my $s = $self->{s};
    $ENV{XD_PROOF_MOUNTS} or do {
        $self->{no_disks} = 'mounting is not allowed here';
        return;
    };
    for my $name (@daemons, 'archive') {
        my $at = $name eq 'archive' ? "$self->{dir}/archive"
            : "$self->{dir}/disk/$name";
        make_path($at);
        my ($status, undef, $err) = run_cmd('', 'mount', '-t', 'tmpfs', '-o',
            "size=$disk_size,mode=0755", 'tmpfs', $at);
        $status == 0 or die "mount $at: $err";
        $s->give($at);
        $self->{disk}{$name} = $at;
    }
    return;
}


# So full that little more than nothing can be written.
sub disk_fill {
    my ($self, $name) = @_;
    my $used = `df --output=used -B1K $self->{disk}{$name}`;
    my ($kib) = $used =~ /(\d+)\s*\z/ or die "df: $used\n";
    $self->disk_size($name, $kib + 8 . 'k');
    return;
}


sub disk_free {
    my ($self, $name) = @_;
    $self->disk_size($name, $disk_size);
    return;
}


sub disk_size {
    my ($self, $name, $size) = @_;
    my ($status, undef, $err) = run_cmd('', 'mount', '-o',
        "remount,size=$size", $self->{disk}{$name});
    $status == 0 or die "remount $name to $size: $err";
    return;
}


# Where the store of a daemon lies for others.
sub store {
    my ($self, $name) = @_;
    my $at = $self->{disk}{$name} // "$self->{dir}/state";
    return "$at/$name.db";
}

# -- processes -----------------------------------------------------------------

# Starts a daemon; unless told not to, waits until it serves.
sub launch {
    my ($self, $name, %o) = @_;
    my $s = $self->{s};
    my @cmd = ("$s->{build}/bin/$name", '-c', "$self->{dir}/conf/crossdock.yaml");
    my $disk = $self->{disk}{$name};

    # Its own view of the folders, in which the state is its own disk.
    unshift @cmd, 'unshare', '--mount', 'sh', '-c',
        'mount --bind "$1" "$2" && shift 2 && exec "$@"', 'sh', $disk,
        "$self->{dir}/state" if $disk;
    my $pid = $s->spawn($name, { env => { %{ $s->env }, %{ $self->{env} },
        %{ $o{env} || {} } } }, @cmd);
    $s->await($name, 60, sub { $s->control($name, '/health') })
        unless $o{hasty};
    return $pid;
}


# True when it is no more; it is forgotten then.
sub dead {
    my ($self, $name) = @_;
    my $s = $self->{s};
    my $pid = $s->pid($name) or return 1;
    return 0 if waitpid($pid, WNOHANG) == 0;
    $self->{status} = $?;
    @{ $s->{children} } = grep { $_->{pid} != $pid } @{ $s->{children} };
    return 1;
}


sub gateway_start {
    my ($self) = @_;
    my $s = $self->{s};
    my $until = time + 20;

    # Workers without a master may hold the port for a moment.
    sleep 0.05 while $s->port_taken($s->{gateway_port}) && time < $until;
    $s->gateway(%{ $self->{env} });
    return;
}


sub workers {
    my ($self) = @_;
    my $master = $self->{s}->pid('gateway') or return;
    return sort { $a <=> $b } map { /^\s*(\d+)\s+$master$/ ? $1 : () }
        split /\n/, `ps -eo pid=,ppid=`;
}


# The node, at the same ports as before; the processes go on through the
# proxy.
sub broker_start {
    my ($self) = @_;
    my $s = $self->{s};
    $s->broker;
    my ($port) = $s->{amqp_url} =~ /:(\d+)\// or die "no port: $s->{amqp_url}\n";
    $self->{proxy} //= Proof::Proxy->new($port);
    my $proxied = $self->{proxy}->port;
    $s->{amqp_url} =~ s/:$port\//:$proxied\//;
    return;
}


sub rabbitmqctl {
    my ($self, @args) = @_;
    my $s = $self->{s};
    my $dir = "$self->{dir}/broker";
    my ($epmd) = (split ' ', slurp("$dir/ports"))[4];
    my @as = $s->{drop} ? ('setpriv', "--reuid=$s->{drop}",
        '--regid=nogroup', '--clear-groups') : ();
    my ($status, $out, $err) = run_cmd('', @as, 'env', "HOME=$dir/home",
        "ERL_EPMD_PORT=$epmd", "RABBITMQ_CONF_ENV_FILE=$dir/rabbitmq-env.conf",
        'timeout', 30, '/usr/lib/rabbitmq/bin/rabbitmqctl', '-q', '-n',
        'xd@localhost', @args);
    $status == 0 or die "rabbitmqctl @args: $out$err";
    return $out;
}


# In place: the processes look at this very file.
sub clock {
    my ($self, $seconds) = @_;
    open my $f, '+<', "$self->{dir}/clock" or die "clock: $!\n";
    syswrite $f, pack 'q', $seconds;
    close $f or die "clock: $!\n";
    return;
}

# -- the broker's management ---------------------------------------------------

sub mgmt {
    my ($self, $method, $path, $body) = @_;
    my $r = $self->{s}->mgmt($method, $path,
        defined $body ? $self->{json}->encode($body) : undef);
    $r->{success} or die "$method $path: $r->{status} $r->{content}\n";
    return length $r->{content} ? $self->{json}->decode($r->{content}) : undef;
}


# True when it was routed.
sub publish {
    my ($self, $exchange, $key, $properties, $payload) = @_;
    my $r = $self->mgmt('POST', "exchanges/$vhost/$exchange/publish", {
        routing_key => $key, properties => { delivery_mode => 2,
            %$properties }, payload_encoding => 'base64',
        payload => encode_base64($payload, '') });
    return $r->{routed};
}


# Cases in the hospital's queue; $take: they are taken out.
sub cases {
    my ($self, $take) = @_;
    my $r = $self->mgmt('POST', "queues/$vhost/xd.q.hospital.ward/get", {
        count => 100_000, encoding => 'base64',
        ackmode => $take ? 'ack_requeue_false' : 'ack_requeue_true' });
    my @cases = map { $self->{json}->decode($_->{payload_encoding} eq 'base64'
        ? decode_base64($_->{payload}) : $_->{payload}) } @$r;
    $_->{body} = decode_base64($_->{body}) for @cases;
    return @cases;
}


# What a person at the hospital would say: try it again as it is.
sub release {
    my ($self, $case, $n) = @_;
    (my $process = $case->{process}) =~ s/^xd-//;
    return $self->publish('xd.cmd', "$process.held.case.release.v1.p00",
        { message_id => "release-$case->{caseId}-$n" },
        $self->{json}->encode({ messageId => $case->{messageId},
            action => 'as-is' }));
}


sub fault {
    my ($self, $role, $mode, $count) = @_;
    my $r = HTTP::Tiny->new(timeout => 10)->post(
        "http://127.0.0.1:$self->{s}{sandbox_port}/fault",
        { content => $self->{json}->encode({ role => $role, mode => $mode,
            count => $count }) });
    $r->{success} or die "fault $role $mode: $r->{status} $r->{content}\n";
    return;
}

# -- stores --------------------------------------------------------------------

# Rows of a SELECT, as the user to whom the store belongs.
sub peek {
    my ($self, $file, $sql) = @_;
    my $s = $self->{s};
    my @cmd = ("$self->{dir}/peek", $file, $sql);
    unshift @cmd, 'setpriv', "--reuid=$s->{drop}", '--regid=nogroup',
        '--clear-groups' if $s->{drop};
    open my $p, '-|', @cmd or die "peek: $!\n";
    my %plain = (t => "\t", n => "\n", '\\' => '\\');
    my @rows;
    while (defined(my $line = <$p>)) {
        chomp $line;
        push @rows, [ map { s/\\([tn\\])/$plain{$1}/gr }
            split /\t/, $line, -1 ];
    }
    close $p or die "peek $file: $sql\n";
    return @rows;
}


# Warnings and errors of the daemons since the last call, by their words: the
# evidence that a nemesis hit.
sub complaints {
    my ($self) = @_;
    my %said;
    for my $name (@daemons) {
        open my $f, '<', "$self->{dir}/log/$name.log" or next;
        seek $f, $self->{heard}{$name} // 0, 0;
        while (defined(my $line = <$f>)) {
            my ($text) = $line =~ /"level":"(?:warn|error)".*?"text":"([^"]*)"/
                or next;
            my ($rule) = $line =~ /"rule":"([^"]*)"/;
            my ($fault) = $line =~ /"fault":"([^"]*)"/;
            $text = "the store failed: $fault" if defined $fault;
            $text =~ s/\d+/N/g;
            $text .= " ($rule)" if defined $rule;
            $said{$text}++;
        }
        $self->{heard}{$name} = tell $f;
    }
    my @most = sort { $said{$b} <=> $said{$a} || $a cmp $b } keys %said;
    return { map { $_ => $said{$_} } @most > 8 ? @most[0 .. 7] : @most };
}


sub stop {
    my ($self) = @_;
    $self->{s}->stop if $self->{s};
    $self->{proxy}->stop if $self->{proxy};
    run_cmd('', 'umount', '-l', $_) for values %{ $self->{disk} || {} };
    delete $self->{disk};
    return;
}


# Also after a death: the folder could not be removed otherwise.
sub DESTROY {
    my ($self) = @_;
    local ($?, $@);
    $self->stop if $self->{owner} == $$ && ${^GLOBAL_PHASE} ne 'DESTRUCT';
    return;
}

1;
