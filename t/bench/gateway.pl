#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# bench-gateway, two things:
#
#   confirmed publishes over HTTP against bench_producer, 256 in flight on
#   both sides, the same body into the same emptied quorum queue;
#
#   CPU of the gateway's worker for a request that it authenticates, checks
#   and hands on, against a bare nginx that hands on the same request to the
#   same upstream.

use strict;
use warnings;

use FindBin qw($Bin);
use lib $Bin;
use Bench;
use Digest::SHA qw(hmac_sha256);
use MIME::Base64 qw(encode_base64);
use XD::Stage;

my $root = $XD::Stage::root;
my $nginx = $ENV{NGINX} || '/usr/sbin/nginx';
my $dir = folder();
my $s = stage();

# What is handed on: the lines are the same on both sides.
my $proxy = <<'X';
            access_log off;
            proxy_pass http://bench;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
X

my @proxied = (
    { name => 'get', method => 'GET', party => 'webshop',
      row => 'gateway_cpu_per_request', most => 1.15, needs => 'xd_scope status:read;' },
    { name => 'token', method => 'GET', party => 'webshop', token => 1,
      row => 'gateway_cpu_per_token', most => 1.15, needs => 'xd_scope status:read;' },
    { name => 'x12', method => 'POST', party => 'acme',
      row => 'gateway_cpu_per_checked_x12', most => 1.4,
      needs => 'xd_scope edi:write; xd_check x12;',
      type => 'application/edi-x12', body => "$root/docs/samples/856.edi" },
    { name => 'json', method => 'POST', party => 'webshop',
      row => 'gateway_cpu_per_checked_json', most => 1.75,
      needs => 'xd_scope sales-order:write; xd_check json sales-order;',
      type => 'application/json', body => order() },
);


# -- what stands there -------------------------------------------------------


sub upstream_block {
    my ($port) = @_;
    return <<X;
    upstream bench {
        server 127.0.0.1:$port;
        keepalive 128;
        keepalive_requests 10000000;
    }
X
}


# The sample configuration with one worker and the proxied locations; a
# connection may carry all of a measure, on every side.
sub fit_gateway {
    my ($port) = @_;
    my $path = "$s->{dir}/nginx/nginx.conf";
    my $text = XD::Stage::slurp($path);
    my $places = join '', map {
        "        location = /bench/$_->{name} {\n"
            . "            $_->{needs}\n$proxy        }\n" } @proxied;

    $text =~ s/^worker_processes .*$/worker_processes 1;/m;
    $text =~ s/keepalive_requests \d+;/keepalive_requests 10000000;/;
    $text =~ s/^(    upstream xd-insight)/upstream_block($port) . "\n$1"/me;
    $text =~ s/^(        xd_version v1;\n)/$1\n$places/m
        or die "conf/nginx.conf has no line \"xd_version v1;\"\n";
    XD::Stage::put($path, $text);
    $s->give("$s->{dir}/nginx", "$s->{dir}/nginx/logs", "$s->{dir}/nginx/tmp");
    return;
}


# An issuer whose tokens the web shop brings, of the size that they usually
# have.  How they are signed plays no part: all but the first are remembered.
my $secret = 'x' x 32;
my $token;

sub fit_registry {
    my $path = "$s->{dir}/conf/consumers.yaml";
    my $text = XD::Stage::slurp($path);
    $text =~ s/^(  - id: webshop\n)/$1    tokens: [ { issuer: bench, subject: shop } ]\n/m
        or die "conf/consumers.yaml has no webshop\n";
    XD::Stage::put($path, $text . <<'X');
issuers:
  - id: bench
    issuer: https://login.test/
    audiences: [https://api.test/]
    keys: { file: keys/bench, kind: secret }
X
    XD::Stage::put("$s->{dir}/conf/keys/bench",
        '{"kty":"oct","alg":"HS256","k":"' . b64u($secret) . '"}');
    return;
}


sub b64u { return encode_base64($_[0], '') =~ tr{+/=}{-_}dr }


sub token {
    $token //= do {
        my $now = time;
        my $text = b64u('{"alg":"HS256","typ":"at+jwt"}') . '.'
            . b64u('{"iss":"https://login.test/","aud":"https://api.test/",'
            . '"sub":"5ba552d67","client_id":"shop","iat":' . $now
            . ',"exp":' . ($now + 3600) . ',"jti":"dbe39bf3a3ba4238a513f51d6e",'
            . '"scope":"status:read sales-order:write","pad":"' . 'x' x 300 . '"}');
        $text . '.' . b64u(hmac_sha256($text, $secret));
    };
    return $token;
}


# How the sample configuration sizes its buffers: that is nginx's, not ours,
# and so the bare one has it too.
sub buffers {
    my @lines = XD::Stage::slurp("$root/conf/nginx.conf")
        =~ /^    client_\w+_buffer_size\s[^;]*;\n/mg;
    return join '', @lines;
}


# A plain nginx, without any module of ours; its port.
sub plain {
    my ($name, $blocks, $location) = @_;
    my $port = XD::Stage::free_port();
    my $prefix = "$dir/$name";
    my $buffers = buffers();
    my $temp = join "\n", map { "    ${_}_temp_path tmp/$_;" }
        qw(client_body proxy fastcgi uwsgi scgi);
    my $user = $s->{drop} ? "user $s->{drop} nogroup;" : '';

    XD::Stage::put("$prefix/nginx.conf", <<X);
$user
worker_processes 1;
pid nginx.pid;
error_log error.log notice;
events {
    worker_connections 4096;
}
http {
$temp
    access_log off;
    keepalive_requests 10000000;
$buffers
$blocks
    server {
        listen 127.0.0.1:$port;
        location / {
$location        }
    }
}
X
    mkdir "$prefix/tmp" or die "$prefix/tmp: $!\n";
    $s->give($prefix, "$prefix/tmp");
    $s->spawn($name, $nginx, '-p', "$prefix/", '-c', "$prefix/nginx.conf",
        '-e', "$prefix/error.log", '-g', 'daemon off;');
    $s->await($name, 20, sub { $s->port_taken($port) });
    return $port;
}


# The one worker of a master.
sub worker {
    my ($master) = @_;
    my ($pid, @more) = split ' ',
        XD::Stage::slurp("/proc/$master/task/$master/children");
    defined $pid && !@more or die "nginx has not just one worker\n";
    return $pid;
}


sub await_link {
    my $http = HTTP::Tiny->new;
    $s->await('gateway', 20, sub {
        my $r = $http->get("http://127.0.0.1:$s->{status_port}/health");
        return $r->{content} =~ /"status":\s*"pass"/;
    });
    return;
}


# -- measures ----------------------------------------------------------------


sub headers_file {
    my ($of) = @_;
    my $path = "$dir/$of->{name}.headers";
    XD::Stage::put($path, ($of->{token}
            ? 'Authorization: Bearer ' . token() . "\n"
            : 'X-API-Key: ' . $s->key($of->{party}) . "\n")
        . ($of->{type} ? "Content-Type: $of->{type}\n" : ''));
    return $path;
}


# A run of bench_load whose answers were all of that status.
sub load {
    my ($status, $port, $path, $of, @more) = @_;
    my $r = tool('bench_load', '--port', $port, '--path', $path,
        '--method', $of->{method},
        '--headers', headers_file($of),
        $of->{body} ? ('--body', $of->{body}) : (), @more);
    ($r->{"status_$status"} // 0) == $r->{requests} && $r->{broken} == 0
        or die "$path: not every answer was $status: "
        . join(' ', map { "$_=$r->{$_}" } sort keys %$r) . "\n";
    return $r;
}


sub publish_over_http {
    my ($json) = grep { $_->{name} eq 'json' } @proxied;
    emptied($s);
    return load(202, $s->{gateway_port}, '/v1/sales-orders', $json,
        '--connections', 256, '--requests', 40_000);
}


# CPU of one worker for a request.
sub cpu_of {
    my ($pid, $port, $of) = @_;
    return sub {
        my $before = cpu_ns($pid);
        my $r = load(200, $port, "/bench/$of->{name}", $of,
            '--connections', 64, '--seconds', 2);
        return { us => (cpu_ns($pid) - $before) / 1000 / $r->{requests} };
    };
}


my $up = plain('upstream', '', '            default_type application/json;'
    . ' return 200 "' . ('x' x 1024) . "\";\n");
(my $alike = $proxy) =~ s/^ *access_log off;\n//m;
my $bare = plain('bare', upstream_block($up), $alike);
fit_registry();
fit_gateway($up);
$s->gateway;
await_link();

my %got = steadily(sub {
    return in_turn(rounds(7), http => \&publish_over_http,
        peer => sub { produce($s, 'bench_producer', order(), 40_000) });
});
row('gateway_confirmed_publishes', 'req/s', 'per_second', @got{qw(http peer)},
    least => 0.8);

# The workers under measure on the core where the broker idles now; the load
# and the upstream stay on the other.
my %pid = map { $_ => worker($s->pid($_)) } qw(gateway bare);
emptied($s);
pin(0, values %pid);

%got = steadily(sub {
    return in_turn(rounds(5), map {
        ("$_->{name} ours" => cpu_of($pid{gateway}, $s->{gateway_port}, $_),
         "$_->{name} bare" => cpu_of($pid{bare}, $bare, $_)) } @proxied);
});
row($_->{row}, 'us/req', 'us', @got{"$_->{name} ours", "$_->{name} bare"},
    most => $_->{most}) for @proxied;
