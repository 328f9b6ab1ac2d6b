# SPDX-License-Identifier: BSD-2-Clause
#
# Key sets that are fetched by TLS: only from whom the certificate names.

use strict;
use warnings;

use IO::Socket::INET;
use Test::More;

use Gateway;
use Jose;
use XD;

my $dir = tmp();
my $port = XD::Stage::free_port();
my $ca = new_cert('ca');
my %server = (
    good => new_cert('localhost', ca => $ca, san => 'DNS:localhost'),
    'of another name' => new_cert('x', ca => $ca, san => 'DNS:example.test'),
    'of nobody we know' => new_cert('localhost', san => 'DNS:localhost'),
);
my $key = new_key('EdDSA');
my $text = jwks(jwk($key));
put("$dir/keys", "HTTP/1.1 200 OK\r\nContent-Length: " . length($text)
    . "\r\n\r\n$text");

my $pid;

sub serve {
    my ($cert) = @_;
    defined($pid = fork) or die "fork: $!\n";
    if ($pid == 0) {
        chdir $dir;
        open STDIN, '<', '/dev/zero';
        open STDOUT, '>', "$dir/out";
        open STDERR, '>&', \*STDOUT;
        exec qw(openssl s_server -HTTP -accept), $port, '-cert', $cert->{cert},
            '-key', $cert->{key} or POSIX::_exit(127);
    }
    return;
}

sub unserve {
    kill 'KILL', $pid if $pid;
    waitpid $pid, 0 if $pid;
    undef $pid;
    return;
}

END {
    my $status = $?;
    unserve();
    $? = $status;
}

my $broker = fake();
my $s = gateway($broker->url, start => 0);
echo_server("$s->{dir}/run/xd-insight.sock");
my $yaml = slurp("$s->{dir}/conf/consumers.yaml");
$yaml =~ s{^(  - id: webshop\n)}{$1    tokens: [ { issuer: login, subject: shop } ]\n}m;
put("$s->{dir}/conf/consumers.yaml", $yaml . <<X);
issuers:
  - id: login
    issuer: https://login.test/
    audiences: [https://api.test/]
    keys: { url: "https://localhost:$port/keys", ca: $ca->{cert}, refresh: 1s }
X

sub error_log { return slurp("$s->{dir}/nginx/logs/error.log") }

sub call {
    return asked($s, 'GET', '/status/x', headers =>
        [ [ 'Authorization', 'Bearer ' . token($key) ] ])->{status};
}

Gateway::start($s);
for my $bad ([ 'of another name', 'has a certificate of another name' ],
    [ 'of nobody we know', 'does not prove itself by TLS' ])
{
    my $from = length error_log();
    serve($server{ $bad->[0] });
    ok(eventually(15, sub { substr(error_log(), $from) =~ /\Q$bad->[1]\E/ }),
        "a certificate $bad->[0]");
    is(call(), 503, 'no keys come from there');
    unserve();
}
serve($server{good});
ok(eventually(15, sub { call() == 200 }), 'a good certificate');

unserve();

# Somebody who takes the connection and says nothing: neither a reload nor the
# end waits for him, and no socket is left (stop_all looks).
my $mute = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port,
    Listen => 16, ReuseAddr => 1) or die "mute: $!\n";
my $called = sub {
    vec(my $bits = '', fileno $mute, 1) = 1;
    return select($bits, undef, undef, 0) > 0 && $mute->accept;
};
my $first = eventually(15, $called);
ok($first, 'a handshake is under way');
ok(reloaded($s), 'reload in the middle of it');
is(call(), 200, 'the keys of before hold');
my $second = eventually(15, $called);
ok($second, 'another one is');
my $began = time;
stop_all();
cmp_ok(time - $began, '<', 8, 'the end does not wait for it');
done_testing();
