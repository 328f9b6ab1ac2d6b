# SPDX-License-Identifier: BSD-2-Clause
package Gateway;

# The gateway alone: nginx with the modules, before a fake broker or a real
# one, and an HTTP client that sends exactly what it is given.

use strict;
use warnings;

use Exporter qw(import);
use IO::Socket::INET;
use IO::Socket::UNIX;
use JSON::PP;
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep time);

use FakeBroker;
use XD;

our @EXPORT = qw(gateway fake ask asked answer problem_is order edi key
    edit conf_test at_rest reloaded metric health workers fds link_up echo_server
    stop_all);

my (@brokers, @echoes, @gateways);
my $owner = $$;


# A fake broker in a folder of its own; ends with the test.
sub fake {
    my (%o) = @_;
    my $b = FakeBroker->new(dir => tmp(), %o);
    push @brokers, $b;
    return $b;
}


# nginx before that broker's address.  Options: workers (1), settings of
# crossdock.yaml, edit => sub that changes the text of nginx.conf in $_,
# start => 0.
sub gateway {
    my ($url, %o) = @_;
    my $s = stage();
    my $workers = $o{workers} // 1;

    $s->{amqp_url} = $url;
    $s->{mgmt_url} //= 'http://127.0.0.1:1';
    $s->configure(settings => $o{settings});
    edit($s, sub { s/^worker_processes .*$/worker_processes $workers;/m });
    edit($s, $o{edit}) if $o{edit};
    push @gateways, $s;
    start($s) if $o{start} // 1;
    return $s;
}


# Under XD_ASAN=1 the stock nginx runs with the sanitizer's library loaded
# first, and the modules built with it (XD_BUILD names their folder).
sub start {
    my ($s) = @_;
    my %env;
    if ($ENV{XD_ASAN}) {
        chomp(my @libs = map { `gcc -print-file-name=$_` }
            qw(libasan.so libubsan.so));
        my $log = "$s->{dir}/nginx/logs/asan";
        %env = (LD_PRELOAD => "@libs",
            ASAN_OPTIONS => "detect_leaks=0:log_path=$log",
            UBSAN_OPTIONS => "halt_on_error=1:log_path=$log");
    }
    $s->give("$s->{dir}/nginx", "$s->{dir}/nginx/logs", "$s->{dir}/nginx/tmp");
    $s->gateway(%env);
    return;
}


sub edit {
    my ($s, $change) = @_;
    my $path = "$s->{dir}/nginx/nginx.conf";
    local $_ = slurp($path);
    $change->();
    put($path, $_);
    return;
}


# nginx -t over its configuration as it is now: (status, what it says).
sub conf_test {
    my ($s) = @_;
    local $ENV{LD_PRELOAD} = join ' ', map { chomp(my $l =
        `gcc -print-file-name=$_`); $l } qw(libasan.so libubsan.so)
        if $ENV{XD_ASAN};
    local $ENV{ASAN_OPTIONS} = 'detect_leaks=0';
    my ($status, undef, $err) = run_cmd('', $ENV{NGINX} || '/usr/sbin/nginx',
        '-t', '-p', "$s->{dir}/nginx/", '-c', "$s->{dir}/nginx/nginx.conf",
        '-e', '/dev/null');
    return ($status, $err);
}


# The master has no reload at hand: it blocks signals but while it waits for one.
sub at_rest {
    my ($s) = @_;
    my $status = slurp('/proc/' . $s->pid('gateway') . '/status');
    return $status =~ /^ShdPnd:\s*0+$/m && $status =~ /^SigBlk:\s*0+$/m;
}


# A reload; true when all workers are new ones.  An earlier one is waited for:
# its workers would be taken for those of this one.
sub reloaded {
    my ($s) = @_;
    eventually(15, sub { at_rest($s) }) or return 0;
    my %before = map { $_ => 1 } workers($s);
    kill 'HUP', $s->pid('gateway');
    return eventually(15, sub {
        return at_rest($s) && !grep { $before{$_} } workers($s);
    });
}


sub key {
    my ($s, $party) = @_;
    return [ 'X-API-Key', $s->key($party) ];
}


# -- HTTP ------------------------------------------------------------------------


# Sends a request and leaves; answer() reads.  Options: headers => [[name,
# value]...], body, raw => the whole text, port, keep.
sub ask {
    my ($s, $method, $path, %o) = @_;
    my $sock = $o{sock} || IO::Socket::INET->new(PeerAddr => '127.0.0.1',
        PeerPort => $o{port} // $s->{gateway_port}, Timeout => 10)
        or die "gateway: $!\n";
    my $text = $o{raw};

    if (!defined $text) {
        $text = "$method $path HTTP/1.1\r\nHost: localhost\r\n";
        $text .= "Connection: close\r\n" unless $o{keep};
        $text .= "$_->[0]: $_->[1]\r\n" for @{ $o{headers} || [] };
        $text .= 'Content-Length: ' . length($o{body}) . "\r\n"
            if defined $o{body} && !$o{chunked};
        $text .= "\r\n" . ($o{body} // '');
    }
    local $SIG{PIPE} = 'IGNORE';
    while (length $text) {
        my $n = syswrite $sock, $text or last;
        substr $text, 0, $n, '';
    }
    return $sock;
}


# One answer: status, headers (lower-case names to lists), body, json.
sub answer {
    my ($sock, $seconds) = @_;
    my $until = time + ($seconds // 20);
    my $in = '';
    my $r;

    until ($r = parse($in)) {
        vec(my $bits = '', fileno $sock, 1) = 1;
        my $left = $until - time;
        $left > 0 && select($bits, undef, undef, $left) > 0
            or return { status => 0, why => 'no answer in time', raw => $in };
        sysread $sock, $in, 65536, length $in
            or return parse($in, 1)
            // { status => 0, why => 'connection closed', raw => $in };
    }
    # A server that has said "close" lingers until its client does so too.
    close $sock if ($r->{headers}{connection}[0] // '') eq 'close';
    return $r;
}


sub parse {
    my ($in, $closed) = @_;
    my ($head, $body) = split /\r\n\r\n/, $in, 2;
    defined $body or return;
    my ($first, @lines) = split /\r\n/, $head;
    my ($status) = $first =~ m{^HTTP/1\.[01] (\d+)} or return;
    my %h;
    for (@lines) {
        my ($name, $value) = split /:\s*/, $_, 2;
        push @{ $h{ lc $name } }, $value;
    }
    my $length = $h{'content-length'} ? $h{'content-length'}[0] : undef;
    return if !$closed && !(defined $length && length $body >= $length);
    my $json = eval { JSON::PP->new->utf8->decode($body) };
    return { status => $status, headers => \%h, body => $body,
        json => $json };
}


sub asked { return answer(ask(@_)) }


# One test: the answer is that problem, in its whole form.
sub problem_is {
    my ($r, $status, $type, $name) = @_;
    my $j = ref $r->{json} eq 'HASH' ? $r->{json} : {};
    my @faults;

    push @faults, "status $r->{status}, not $status" if $r->{status} != $status;
    push @faults, 'content type '
        . ($r->{headers}{'content-type'}[0] // 'missing')
        if ($r->{headers}{'content-type'}[0] // '')
        ne 'application/problem+json';
    push @faults, "type " . ($j->{type} // 'missing')
        if ($j->{type} // '') ne ($type eq 'about:blank' ? $type
            : "urn:crossdock:problem:$type");
    push @faults, 'member status' if ($j->{status} // 0) != $status;
    push @faults, 'no title' unless length($j->{title} // '');
    my $trace = $j->{trace} // '';
    push @faults, 'no trace' unless $trace =~ /^[0-9a-f]{32}$/;
    push @faults, 'trace is not that of the header'
        if ($r->{headers}{traceparent}[0] // '')
        !~ /^00-\Q$trace\E-[0-9a-f]{16}-[0-9a-f]{2}$/;

    return ok(!@faults, $name)
        || diag(join("\n", @faults, $r->{body} // $r->{why} // ''));
}


# -- bodies ------------------------------------------------------------------------


sub edi {
    my (%o) = @_;
    my $sender = sprintf '%-15s', $o{sender} // 'ACME';
    my $control = sprintf '%09d', $o{control} // 1;
    return join '~', "ISA*00*          *00*          *"
        . ($o{qualifier} // 'ZZ') . "*$sender*ZZ*CROSSDOCK      "
        . "*260514*0931*U*00501*$control*0*P*>",
        'GS*SH*ACME*CROSSDOCK*20260514*0931*1*X*005010', 'ST*856*0001',
        'BSN*00*SHIP-1*20260514*0931', @{ $o{more} || [] }, 'SE*3*0001',
        'GE*1*1', "IEA*1*$control", '';
}


sub order {
    my (%o) = @_;
    my $money = sub { { amount => $_[0], ccy => 'EUR' } };
    my %order = (
        orderNo => 'W-1001', channel => 'web',
        placedAt => '2026-05-14T09:31:22Z', ccy => 'EUR',
        lines => [ { lineNo => 1,
            item => { altIds => [ { scheme => 'sku', value => 'A-1' } ] },
            qty => { value => '2', uom => 'EA' },
            unitPrice => $money->('9.95'), fulfil => { method => 'ship' } } ],
        totals => { net => $money->('19.90'), tax => $money->('3.78'),
            gross => $money->('23.68') },
        %o);
    delete $order{$_} for grep { !defined $order{$_} } keys %order;
    return JSON::PP->new->utf8->canonical->pretty->encode(\%order);
}


# -- looking in ----------------------------------------------------------------------


sub health {
    my ($s) = @_;
    return asked($s, 'GET', '/health', port => $s->{status_port})->{json};
}


# The value of one line of /metrics.
sub metric {
    my ($s, $line) = @_;
    my $text = asked($s, 'GET', '/metrics', port => $s->{status_port})->{body};
    return $text =~ /^\Q$line\E (\S+)$/m ? $1 : undef;
}


# True when every worker's link is up.
sub link_up {
    my ($s, $seconds) = @_;
    return eventually($seconds // 15, sub {
        my $h = eval { health($s) } or return 0;
        return $h->{status} eq 'pass';
    });
}


# Pids of the workers that take connections.
sub workers {
    my ($s) = @_;
    my $master = $s->pid('gateway');
    my @pids;
    for my $stat (glob '/proc/[0-9]*/stat') {
        open my $f, '<', $stat or next;
        my $line = <$f> // next;
        my ($pid, $parent) = $line =~ /^(\d+) \(.*\) \S (\d+)/ or next;
        push @pids, $pid if $parent == $master;
    }
    return @pids;
}


# Open descriptors of a process.
sub fds {
    my ($pid) = @_;
    return scalar(() = glob "/proc/$pid/fd/*");
}


# A service on a unix socket that answers with what it was sent, as text.
sub echo_server {
    my ($path, %o) = @_;
    unlink $path;
    my $listen = IO::Socket::UNIX->new(Local => $path, Listen => 16)
        or die "$path: $!\n";
    chmod 0666, $path;
    my $status = $o{status} // '200 OK';
    defined(my $pid = fork) or die "fork: $!\n";
    if ($pid == 0) {
        $SIG{$_} = 'DEFAULT' for qw(INT TERM);
        while (my $c = $listen->accept) {
            my $in = '';
            1 while $in !~ /\r\n\r\n/ && sysread $c, $in, 4096, length $in;
            my $body = $o{body} // $in;
            syswrite $c, "HTTP/1.1 $status\r\nContent-Type: "
                . ($o{type} // 'text/plain') . "\r\nContent-Length: "
                . length($body) . "\r\nConnection: close\r\n\r\n$body";
        }
        POSIX::_exit(0);
    }
    push @echoes, $pid;
    return $pid;
}


# Ends every gateway, and looks at what it left in its log; part of every
# file's end.  $expected matches lines that the test itself caused.
sub stop_all {
    my ($expected) = @_;
    $expected //= qr/(?!)/;
    for my $s (@gateways) {
        $s->end('gateway', 'QUIT');
        my $log = -e "$s->{dir}/nginx/logs/error.log"
            ? slurp("$s->{dir}/nginx/logs/error.log") : '';
        my @bad = grep { /\[(?:alert|emerg)\]|exited on signal/
            && !/exited on signal 9$/ && !/$expected/ } split /^/, $log;
        is("@bad", '', 'no alert, no crash, no open socket in the log');
        my @asan = glob "$s->{dir}/nginx/logs/asan.*";
        is(join('', map { slurp($_) } @asan), '',
            'nothing from the sanitizers') if $ENV{XD_ASAN};
    }
    @gateways = ();
    return;
}


END {
    my $status = $?;
    if ($$ == $owner) {
        $_->stop for @brokers;
        for (@echoes) {
            kill 'KILL', $_;
            waitpid $_, 0;
        }
    }
    $? = $status;
}

1;
