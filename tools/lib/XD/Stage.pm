# SPDX-License-Identifier: BSD-2-Clause
package XD::Stage;

# A whole Crossdock in one folder, on loopback: what `make run` and the
# system tests start, so that both start the same thing.
#
#   my $s = XD::Stage->new(dir => 'build/run');
#   $s->broker; $s->configure; $s->topology;
#   $s->sandbox; $s->daemon('xd-x12'); $s->gateway;
#   ... $s->stop;
#
# Everything it starts is a child whose pid it knows; stop() ends just those.

use strict;
use warnings;

use Cwd qw(abs_path);
use Digest::SHA qw(hmac_sha256_hex);
use File::Basename qw(dirname);
use File::Copy qw(copy);
use File::Path qw(make_path);
use HTTP::Tiny;
use IO::Socket::INET;
use POSIX qw(:sys_wait_h);
use Time::HiRes qw(sleep time);

our $root = abs_path(dirname(__FILE__) . '/../../..');

# Broker users: one for each process, one for all nginx workers.
my @users = qw(xd-gateway xd-x12 xd-doc xd-http xd-file xd-insight xd-hospital
    xd-replay xd-flow xd-edifact);


sub new {
    my ($class, %o) = @_;
    my $self = bless {
        build => "$root/build",
        children => [],
        testing => 0,
        %o,
    }, $class;

    make_path($self->{dir});
    $self->{dir} = abs_path($self->{dir});
    make_path(map { "$self->{dir}/$_" } qw(log state archive run secrets));
    $self->{drop} = $> == 0 && $self->reachable('nobody') ? 'nobody' : '';

    return $self;
}


# Can that user reach the folder at all?  (Not below /root.)
sub reachable {
    my ($self, $user) = @_;
    my ($uid, $gid) = (getpwnam $user)[2, 3];
    defined $uid or return 0;
    defined(my $pid = fork) or die "fork: $!\n";

    if ($pid == 0) {
        $) = "$gid $gid";
        $( = $gid;
        ($<, $>) = ($uid, $uid);
        POSIX::_exit(-x $self->{dir} && -r "$root/conf" ? 0 : 1);
    }
    waitpid $pid, 0;

    return $? == 0;
}


# A port of 127.0.0.1 that is free now, below the range of outgoing ones.
sub free_port {
    for (1 .. 500) {
        my $port = 20000 + int rand 12000;
        my $s = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1',
            LocalPort => $port) or next;
        close $s;
        return $port;
    }
    die "no free port on 127.0.0.1\n";
}


sub port_taken {
    my (undef, $port) = @_;
    return !IO::Socket::INET->new(Listen => 1, ReuseAddr => 1,
        LocalAddr => '127.0.0.1', LocalPort => $port);
}


# Starts a child whose output goes to log/<name>.log; returns its pid.
sub spawn {
    my ($self, $name, @cmd) = @_;
    my %o = ref $cmd[0] ? %{ shift @cmd } : ();

    if ($o{drop} && $self->{drop}) {
        unshift @cmd, 'setpriv', "--reuid=$self->{drop}", '--regid=nogroup',
            '--clear-groups';
    }

    defined(my $pid = fork) or die "fork: $!\n";
    if ($pid == 0) {
        open STDIN, '<', '/dev/null';
        open STDOUT, '>>', "$self->{dir}/log/$name.log";
        open STDERR, '>&', \*STDOUT;
        # Interrupts of a terminal reach the supervisor alone: it decides the
        # order in which things end.
        setpgrp;
        $ENV{$_} = $o{env}{$_} for keys %{ $o{env} || {} };
        exec { $cmd[0] } @cmd or do {
            print STDERR "$cmd[0]: $!\n";
            POSIX::_exit(127);
        };
    }
    push @{ $self->{children} }, { name => $name, pid => $pid };

    return $pid;
}


sub pid {
    my ($self, $name) = @_;
    my ($c) = grep { $_->{name} eq $name } @{ $self->{children} };
    return $c && $c->{pid};
}


sub log_of {
    my ($self, $name) = @_;
    open my $f, '<', "$self->{dir}/log/$name.log" or return '';
    local $/;
    return scalar <$f>;
}


# Waits until $test is true; dies with the last words of $name when it ends
# first or takes longer than $seconds.
sub await {
    my ($self, $name, $seconds, $test) = @_;
    my $until = time + $seconds;

    until ($test->()) {
        my $pid = $self->pid($name);
        if ($pid && waitpid($pid, WNOHANG) == $pid) {
            @{ $self->{children} } =
                grep { $_->{pid} != $pid } @{ $self->{children} };
            die "$name ended at its start:\n" . last_lines($self->log_of($name));
        }
        time < $until
            or die "$name is not ready after $seconds s:\n"
            . last_lines($self->log_of($name));
        sleep 0.05;
    }
}


sub last_lines {
    my @l = split /\n/, shift // '';
    return join "\n", @l > 15 ? @l[-15 .. -1] : @l, '';
}


# Ends one child: TERM, then KILL after $seconds; returns its wait status.
sub end {
    my ($self, $name, $signal, $seconds) = @_;
    my $pid = $self->pid($name) or return;
    my $until = time + ($seconds // 15);
    my $got;

    kill $signal // 'TERM', $pid;
    while (($got = waitpid $pid, WNOHANG) == 0) {
        if (time > $until) {
            kill 'KILL', $pid;
            $got = waitpid $pid, 0;
            last;
        }
        sleep 0.02;
    }
    my $status = $?;
    @{ $self->{children} } =
        grep { $_->{pid} != $pid } @{ $self->{children} };

    return $status;
}


sub stop {
    my ($self) = @_;
    $self->end($_) for reverse map { $_->{name} } @{ $self->{children} };
    return;
}


# Names of children that have ended by themselves.
sub ended {
    my ($self) = @_;
    my @gone = grep { waitpid($_->{pid}, WNOHANG) != 0 } @{ $self->{children} };
    my %gone = map { $_->{pid} => 1 } @gone;
    @{ $self->{children} } =
        grep { !$gone{ $_->{pid} } } @{ $self->{children} };
    return map { $_->{name} } @gone;
}


# -- the broker --------------------------------------------------------------

# A private node, or the one that XD_AMQP_URL names.
sub broker {
    my ($self) = @_;

    if ($ENV{XD_AMQP_URL} && !$self->{private}) {
        $ENV{XD_AMQP_MGMT_URL}
            or die "XD_AMQP_URL is set: XD_AMQP_MGMT_URL is needed too, such "
            . "as http://admin:password\@127.0.0.1:15672\n";
        @$self{qw(amqp_url mgmt_url)} = @ENV{qw(XD_AMQP_URL XD_AMQP_MGMT_URL)};
        return;
    }

    my $dir = "$self->{dir}/broker";
    make_path($dir);
    $self->give($dir);
    unlink "$dir/env";
    $self->spawn('broker', { drop => 1 }, 'sh', "$root/tools/broker.sh", $dir);
    $self->await('broker', 90, sub { -e "$dir/env" });

    open my $f, '<', "$dir/env" or die "$dir/env: $!\n";
    my %env = map { chomp; split /=/, $_, 2 } <$f>;
    @$self{qw(amqp_url mgmt_url node_pid)} =
        @env{qw(XD_AMQP_URL XD_AMQP_MGMT_URL NODE_PID)};
    return;
}


# Makes the dropped user the owner, so that it can write there.
sub give {
    my ($self, @paths) = @_;
    $self->{drop} or return;
    my ($uid, $gid) = (getpwnam $self->{drop})[2, 3];
    chown $uid, $gid, @paths;
    return;
}


# One call of the management API; returns the response of HTTP::Tiny.
sub mgmt {
    my ($self, $method, $path, $body) = @_;
    return HTTP::Tiny->new(timeout => 20)->request($method,
        "$self->{mgmt_url}/api/$path",
        { headers => { 'content-type' => 'application/json' },
          defined $body ? (content => $body) : () });
}


# -- configuration -------------------------------------------------------------

sub random_hex {
    my ($n) = @_;
    open my $f, '<:raw', '/dev/urandom' or die "/dev/urandom: $!\n";
    read($f, my($bytes), $n) == $n or die "/dev/urandom: $!\n";
    return unpack 'H*', $bytes;
}


sub slurp {
    my ($path) = @_;
    open my $f, '<:raw', $path or die "$path: $!\n";
    local $/;
    return scalar <$f>;
}


sub put {
    my ($path, $text, $mode) = @_;
    make_path(dirname $path);
    umask_write($path, $text, $mode // 0644);
    return;
}


sub umask_write {
    my ($path, $text, $mode) = @_;
    unlink $path;
    sysopen my $f, $path, POSIX::O_WRONLY() | POSIX::O_CREAT(), $mode
        or die "$path: $!\n";
    print $f $text;
    close $f or die "$path: $!\n";
    return;
}


# A secret that stays the same from start to start.
sub secret {
    my ($self, $name, $text) = @_;
    my $path = "$self->{dir}/secrets/$name";
    put($path, ($text // random_hex(24)) . "\n", 0600) unless -s $path;
    $self->give($path);
    chomp(my $value = slurp($path));
    return $value;
}


# conf/ copied and fitted to this folder: paths, ports, keys that work.
sub configure {
    my ($self, %o) = @_;
    my $dir = $self->{dir};

    $self->{gateway_port} = $o{gateway_port} || free_port();
    $self->{status_port} = $o{status_port} || free_port();
    $self->{sandbox_port} = $o{sandbox_port} || free_port();

    my $pepper = $self->secret('pepper');
    $self->secret("broker/$_") for @users;

    for my $from (glob "$root/conf/*.yaml $root/conf/*/*.yaml") {
        (my $to = $from) =~ s{^\Q$root\E/conf}{$dir/conf};
        put($to, $self->fitted(slurp($from), $pepper));
    }
    make_path("$dir/conf/schemas");
    copy($_, "$dir/conf/schemas/") for glob "$root/conf/schemas/*.json";

    put("$dir/conf/crossdock.yaml", $self->main_yaml($o{settings}));
    $self->gateway_conf;
    $self->give($dir, map { "$dir/$_" } qw(log state archive run secrets),
        "$dir/secrets/broker");
    return;
}


# Addresses of the sandbox, and a key of its own for each all-zero hash.
sub fitted {
    my ($self, $text, $pepper) = @_;
    my $zero = '0' x 64;

    $text =~ s{127\.0\.0\.1:8090}{127.0.0.1:$self->{sandbox_port}}g;

    $text =~ s{(:\s*)secrets/}{$1../secrets/}g;

    my $id = '';
    my @lines = split /^/, $text;
    for (@lines) {
        $id = $1 if /^\s*(?:-\s*)?id:\s*([a-z0-9-]+)\s*(?:#.*)?$/;
        s/\b$zero\b/hmac_sha256_hex($self->key($id), $pepper)/e;
    }
    return join '', @lines;
}


# The API key of a consumer or partner of this folder.
sub key {
    my ($self, $id) = @_;
    return 'demo.' . $self->secret("keys/$id");
}


# crossdock.yaml: the sample's, with this folder's paths and broker.
sub main_yaml {
    my ($self, $settings) = @_;
    my $text = slurp("$root/conf/crossdock.yaml");
    my %set = (
        testing => $self->{testing} ? 'true' : 'false',
        state => '../state', archive => '../archive', run => '../run',
        secrets => '../secrets', schemas => "$root/canonical-schemas",
        maps => "$root/conf/maps",
        url => $self->{amqp_url}, management => bare($self->{mgmt_url}),
        %{ $settings || {} },
    );

    $text .= "testing: false\n" unless $text =~ /^testing:/m;
    for my $name (sort keys %set) {
        $text =~ s/^(\s*$name:\s*)[^#\n]*?(\s*(?:#.*)?)$/$1$set{$name}$2/m
            or die "conf/crossdock.yaml has no setting $name\n";
    }
    if ($self->{drop}) {
        $text =~ s/^#?\s*user:.*$/user: $self->{drop}/m
            or $text .= "user: $self->{drop}\n";
    } else {
        $text =~ s/^user:.*\n//m;
    }

    return $text;
}


sub bare {
    my ($url) = @_;
    $url =~ s{//[^/\@]*\@}{//};
    return $url;
}


# -- programs --------------------------------------------------------------------

sub env {
    my ($self) = @_;
    return { XD_AMQP_URL => bare($self->{amqp_url}),
             XD_AMQP_MGMT_URL => $self->{mgmt_url} };
}


# Runs the tool; returns its status and output.
sub xd {
    my ($self, @args) = @_;
    local @ENV{qw(XD_AMQP_URL XD_AMQP_MGMT_URL XD_CONF)} =
        ($self->env->{XD_AMQP_URL}, $self->{mgmt_url},
        "$self->{dir}/conf/crossdock.yaml");
    open my $p, '-|', "$self->{build}/bin/xd", @args or die "xd: $!\n";
    local $/;
    my $out = <$p>;
    close $p;
    return ($? >> 8, $out // '');
}


sub topology {
    my ($self) = @_;
    my ($status, $out) = $self->xd('topology', 'apply');
    $status == 0 or die "xd topology apply:\n$out\n";
    return;
}


sub sandbox {
    my ($self) = @_;
    my $port = $self->{sandbox_port};
    my $state = "$self->{dir}/sandbox";
    make_path($state);
    $self->give($state);
    $self->spawn('sandbox', { drop => 1 }, "$self->{build}/bin/xd-sandbox",
        '--port', $port, '--state', "$state/sandbox.db");
    $self->await('sandbox', 20, sub { $self->port_taken($port) });
    return;
}


# A daemon by its name; ready when its control socket answers.
sub daemon {
    my ($self, $name, %env) = @_;
    my $sock = "$self->{dir}/run/$name.sock";
    my $pid = $self->spawn($name, { env => { %{ $self->env }, %env } },
        "$self->{build}/bin/$name", '-c', "$self->{dir}/conf/crossdock.yaml");
    $self->await($name, 30, sub { $self->control($name, '/health') });
    return $pid;
}


# GET on a control socket; the body, or nothing.
sub control {
    my ($self, $name, $path) = @_;
    require IO::Socket::UNIX;
    my $s = IO::Socket::UNIX->new(Peer => "$self->{dir}/run/$name.sock",
        Timeout => 5) or return;
    print $s "GET $path HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    local $/;
    my $answer = <$s> // '';
    return $answer =~ m{^HTTP/1\.1 200 .*?\r\n\r\n(.*)}s ? $1 : undef;
}


sub gateway_url {
    my ($self) = @_;
    return "http://127.0.0.1:$self->{gateway_port}";
}


# nginx below nginx/: its prefix, with the sample's file fitted.
sub gateway_conf {
    my ($self) = @_;
    my $prefix = "$self->{dir}/nginx";
    make_path(map { "$prefix/$_" } qw(logs tmp));

    my $text = slurp("$root/conf/nginx.conf");
    my %at = (
        '127\.0\.0\.1:8080' => "127.0.0.1:$self->{gateway_port}",
        '127\.0\.0\.1:8081' => "127.0.0.1:$self->{status_port}",
    );
    $text =~ s/$_/$at{$_}/g for keys %at;
    put("$prefix/nginx.conf", $self->nginx_fitted($text));
    return;
}


sub nginx_fitted {
    my ($self, $text) = @_;
    my $user = $self->{drop} ? "$self->{drop} nogroup" : (getpwuid $>)[0];
    my $line = $> == 0 ? "user $user;" : '';

    $text =~ s{^load_module .*$}{load_module $self->{build}/modules/ngx_http_xd_module.so;}m;
    $text =~ s{^#?\s*user .*$}{$line}m;
    $text =~ s{(xd_registry\s+)[^;]+;}{$1$self->{dir}/conf/crossdock.yaml;};
    $text =~ s{unix:[^\s;]*/(xd-[a-z0-9]+\.sock)}{unix:$self->{dir}/run/$1}g;
    return $text;
}


sub gateway {
    my ($self, %env) = @_;
    my $nginx = $ENV{NGINX} || (-x '/usr/sbin/nginx' ? '/usr/sbin/nginx' : 'nginx');
    my $prefix = "$self->{dir}/nginx";
    my $port = $self->{gateway_port};

    my $pid = $self->spawn('gateway', { env => { %{ $self->env }, %env } },
        $nginx, '-p', "$prefix/", '-c', "$prefix/nginx.conf", '-e',
        "$prefix/logs/error.log", '-g', 'daemon off;');
    $self->await('gateway', 20, sub { $self->port_taken($port) });
    return $pid;
}

1;
