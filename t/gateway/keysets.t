# SPDX-License-Identifier: BSD-2-Clause
#
# Key sets that are fetched: rotation, every bad answer, an issuer that is
# away, and that nobody can have it flooded.

use strict;
use warnings;

use IO::Socket::INET;
use Test::More;
use Time::HiRes qw(sleep time);

use Gateway;
use Jose;
use XD;

# -- an issuer ---------------------------------------------------------------

# Answers with the bytes of the file `answer`, as they are; a file `slow` has
# it send a byte at a time.  Each request is a line of `asked`.
my $dir = tmp();
my $port = XD::Stage::free_port();
my @servers;

sub served {
    my ($text, %o) = @_;
    my $head = $o{head} // "HTTP/1.1 200 OK\r\n";
    $head .= 'Content-Length: ' . length($text) . "\r\n" unless $o{raw};
    put("$dir/answer.new", $o{raw} ? $text : "$head\r\n$text");
    rename "$dir/answer.new", "$dir/answer" or die "$dir/answer: $!\n";
    return;
}

sub chunked {
    my ($text, $size) = @_;
    my $out = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (my $at = 0; $at < length $text; $at += $size) {
        my $part = substr $text, $at, $size;
        $out .= sprintf "%x;x=y\r\n%s\r\n", length $part, $part;
    }
    return "${out}0\r\n\r\n";
}

sub serve {
    my $listen = IO::Socket::INET->new(LocalAddr => '127.0.0.1',
        LocalPort => $port, Listen => 16, ReuseAddr => 1) or die "issuer: $!\n";
    defined(my $pid = fork) or die "fork: $!\n";
    if ($pid == 0) {
        $SIG{PIPE} = 'IGNORE';
        while (my $c = $listen->accept) {
            my $in = '';
            1 while $in !~ /\r\n\r\n/ && sysread $c, $in, 4096, length $in;
            open my $f, '>>', "$dir/asked";
            print $f $in =~ /^(.*)\r\n/ ? "$1\n" : "?\n";
            close $f;
            my $out = slurp("$dir/answer");
            if (-e "$dir/slow") {
                for (split //, $out) {
                    syswrite $c, $_ or last;
                    sleep 0.05;
                }
            } else {
                syswrite $c, $out;
            }
            close $c;
        }
        POSIX::_exit(0);
    }
    close $listen;
    push @servers, $pid;
    return $pid;
}

sub unserve {
    my ($pid) = @_;
    kill 'KILL', $pid;
    waitpid $pid, 0;
    @servers = grep { $_ != $pid } @servers;
    return;
}

END {
    my $status = $?;
    kill 'KILL', @servers if @servers;
    $? = $status;
}

sub asked_times { return scalar(() = (-e "$dir/asked" ? slurp("$dir/asked") : '')
    =~ /^GET \/keys\?x=1 HTTP\/1\.1$/mg) }

# -- the gateway -------------------------------------------------------------

my $broker = fake();
my $s = gateway($broker->url, workers => 2, start => 0, edit => sub {
    s{^    xd_auth_failures.*\n}{}m;
});
echo_server("$s->{dir}/run/xd-insight.sock");

my ($old, $new) = map { new_key('ES256') } 1 .. 2;
my $yaml = slurp("$s->{dir}/conf/consumers.yaml");
$yaml =~ s{^(  - id: webshop\n)}{$1    tokens: [ { issuer: login, subject: shop } ]\n}m;
$yaml .= <<X;
issuers:
  - id: login
    issuer: https://login.test/
    audiences: [https://api.test/]
    keys: { url: "http://127.0.0.1:$port/keys?x=1", refresh: 1s, stale: 15s }
X
put("$s->{dir}/conf/consumers.yaml", $yaml);

sub call {
    my ($token) = @_;
    return asked($s, 'GET', '/status/x',
        headers => [ [ 'Authorization', "Bearer $token" ] ]);
}

sub becomes {
    my ($token, $status, $name, $seconds) = @_;
    my $r;
    return ok(eventually($seconds // 6, sub {
        $r = call($token);
        return $r->{status} == $status;
    }), $name) || diag("$r->{status} $r->{body}");
}

sub error_log { return slurp("$s->{dir}/nginx/logs/error.log") }

# True as soon as the log has that behind a place.
sub log_has {
    my ($text, $from) = @_;
    return eventually(14, sub {
        return substr(error_log(), $from) =~ /\Q$text\E/;
    });
}

Gateway::start($s);
link_up($s) or BAIL_OUT('no link to the fake broker');

my $good = token($old);
my $r = call($good);
problem_is($r, 503, 'authorisation-unavailable', 'no keys yet: 503');
ok($r->{headers}{'retry-after'}[0] >= 1, 'with Retry-After');
ok(!$r->{headers}{'www-authenticate'}, 'and no challenge');

served(jwks(jwk($old)));
my $server = serve();
becomes($good, 200, 'as soon as the issuer is there its tokens are taken', 10);
is(scalar(grep { call($good)->{status} != 200 } 1 .. 20), 0,
    'by every worker');

# -- bad answers: the keys of before hold ------------------------------------

my $set = jwks(jwk($new));
my $n = length $set;
my $ok = "HTTP/1.1 200 OK\r\n";
my @bad = (
    [ 'is no set of good keys', '<html>Please sign in</html>' ],
    [ 'is no set of good keys', jwks() ],
    [ 'is no set of good keys', '' ],
    [ 'is no set of good keys', jwks(jwk($new, d => b64u('x' x 32))) ],
    [ 'has a status other than 200', $set, head => "HTTP/1.1 500 No\r\n" ],
    [ 'has a status other than 200', $set, head =>
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:$port/other\r\n" ],
    [ 'a Content-Encoding', $set, head => "${ok}Content-Encoding: gzip\r\n" ],
    [ 'is too long', ' ' x 200_000 . $set ],
    [ 'cut short', "${ok}Content-Length: 9999\r\n\r\n$set", raw => 1 ],
    [ 'cut short', substr(chunked($set, 50), 0, 200), raw => 1 ],
    [ 'two lengths', chunked($set, 50) =~ s/\r\n/\r\nContent-Length: 5\r\n/r,
        raw => 1 ],
    [ 'a bad Content-Length', "${ok}Content-Length: $n\r\nContent-Length: 3"
        . "\r\n\r\n$set", raw => 1 ],
    [ 'a bad chunk', "${ok}Transfer-Encoding: chunked\r\n\r\nzz\r\n$set",
        raw => 1 ],
    [ 'an unknown Transfer-Encoding', "${ok}Transfer-Encoding: gzip, chunked"
        . "\r\n\r\n$set", raw => 1 ],
    [ 'a malformed field', "${ok}nonsense\r\n\r\n$set", raw => 1 ],
    [ 'no HTTP', "SSH-2.0-x\r\n\r\n", raw => 1 ],
    [ 'cut short', '', raw => 1 ],
);
my $count = 0;
for my $bad (@bad) {
    my ($why, $text, %o) = @$bad;
    my $from = length error_log();
    served($text, %o);
    ok(log_has($why, $from), "a bad answer: $why");
    next if ++$count % 6 && $bad != $bad[-1];
    served(jwks(jwk($old)));
    ok(log_has('are here', $from), 'and a good one after it');
}
is(call($good)->{status}, 200, 'the keys of before hold');
is(call(token($new))->{status}, 401, 'those of bad answers do not');
unlike(slurp("$dir/asked"), qr/other/, 'no redirect is followed');

# -- rotation, in every form of a good answer --------------------------------

served(jwks(jwk($old), jwk($new)));
my $fresh = token($new);
becomes($fresh, 200, 'a new key joins');
is(call($good)->{status}, 200, 'the old one is still good');
served(chunked(jwks(jwk($new)), 17), raw => 1);
becomes($good, 401, 'the old one goes, in chunks, and its remembered tokens');
is(call($fresh)->{status}, 200, 'the new one stays');
served("HTTP/1.0 200\r\n\r\n" . jwks(jwk($old), jwk($new)), raw => 1);
becomes($good, 200, 'an answer that ends with its connection');

# -- a slow drip, and away ---------------------------------------------------

my $from = length error_log();
put("$dir/slow", '');
my $slowest = 0;
my $late = eventually(14, sub {
    my $began = time;
    my $status = call($good)->{status};
    $slowest = time - $began if time - $began > $slowest;
    return $status != 200
        || substr(error_log(), $from) =~ /took too long/;
});
ok($late && call($good)->{status} == 200, 'a slow drip is given up');
cmp_ok($slowest, '<', 0.5, 'and nobody waits for it');
unlink "$dir/slow";
unserve($server);
$server = serve();
ok(log_has('are here', $from), 'the next answer is whole');

my $bad = metric($s, 'xd_issuer_fetches_total{issuer="login",outcome="bad"}');
ok($bad >= @bad, 'bad answers are counted');
ok(metric($s, 'xd_issuer_fetches_total{issuer="login",outcome="good"}') > 3,
    'so are good ones');
unserve($server);
ok(log_has('cannot be reached', $from), 'the issuer is away');
is(call($good)->{status}, 200, 'the last good keys hold');
is(call(token($old))->{status}, 200, 'for new tokens too');
ok(reloaded($s), 'reload while it is away');
is(call($good)->{status}, 200, 'the keys of before the reload hold');
becomes($good, 503, 'away too long: nothing holds for ever', 20);
problem_is(call(token($new)), 503, 'authorisation-unavailable', 'for nobody');
cmp_ok(metric($s, 'xd_issuer_keys_age_seconds{issuer="login"}'), '>=', 15,
    'the age of its keys is told');
$server = serve();
becomes($good, 200, 'back again', 15);

# -- a flood of unknown keys -------------------------------------------------

put("$s->{dir}/conf/consumers.yaml", $yaml =~ s/refresh: 1s/refresh: 1h/r);
ok(reloaded($s), 'reload: it is asked once an hour');
sleep 2; # the last of the fast ones
my $other = new_key('ES256');
my $unknown = token($other);
my $times = asked_times();
served(jwks(map { jwk($_) } $old, $new, $other));
is(call($unknown)->{status}, 401, 'a token of a key that is not there');
becomes($unknown, 200, 'has the keys fetched');
is(asked_times() - $times, 1, 'once');
is(scalar(grep { call(token($other, head => { kid => "kid-$_" },
    signature => 'x' x 64))->{status} != 401 } 1 .. 300), 0,
    'unknown keys in a flood are refused');
sleep 1;
is(asked_times() - $times, 1, 'and nobody is asked for them');

unserve($server);
stop_all();
done_testing();
