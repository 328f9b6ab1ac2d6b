# SPDX-License-Identifier: BSD-2-Clause
#
# Tokens that say nothing (RFC 7662): their issuer is asked, its answer is
# remembered for a time, and without a good answer nobody comes in.

use strict;
use warnings;

use IO::Socket::INET;
use JSON::PP ();
use MIME::Base64 qw(encode_base64);
use Test::More;
use Time::HiRes qw(sleep time);

use Gateway;
use XD;

# -- an issuer ---------------------------------------------------------------

# Answers about a token with the file of its name below answers/; a file
# `late` has it wait that many seconds.  What it was asked stands in `asked`.
my $dir = tmp();
my $port = XD::Stage::free_port();
my $server;
mkdir "$dir/answers";

sub says {
    my ($token, $json, %o) = @_;
    my $text = ref $json ? JSON::PP->new->encode($json) : $json;
    put("$dir/answers/$token", ($o{head} // "HTTP/1.1 200 OK\r\n")
        . 'Content-Length: ' . length($text) . "\r\n\r\n$text");
    return;
}

sub serve {
    my $listen = IO::Socket::INET->new(LocalAddr => '127.0.0.1',
        LocalPort => $port, Listen => 64, ReuseAddr => 1) or die "issuer: $!\n";
    defined($server = fork) or die "fork: $!\n";
    if ($server == 0) {
        $SIG{$_} = 'IGNORE' for qw(PIPE CHLD);
        while (1) {
            my $c = $listen->accept or next;
            defined(my $pid = fork) or die "fork: $!\n";
            next if $pid;
            my $in = '';
            1 while $in !~ /\r\n\r\n.*&token=/s && sysread $c, $in, 4096, length $in;
            open my $f, '>>', "$dir/asked";
            print $f $in =~ s/\r//gr . "\n--\n";
            close $f;
            my ($token) = $in =~ /&token=([^\n&]*)$/ or POSIX::_exit(0);
            sleep slurp("$dir/late") if -e "$dir/late";
            syswrite $c, slurp("$dir/answers/$token")
                if -e "$dir/answers/$token";
            POSIX::_exit(0);
        }
    }
    close $listen;
    return;
}

sub unserve {
    kill 'KILL', $server if $server;
    waitpid $server, 0 if $server;
    undef $server;
    return;
}

END {
    my $status = $?;
    unserve();
    $? = $status;
}

sub asked_about {
    my ($token) = @_;
    return scalar(() = (-e "$dir/asked" ? slurp("$dir/asked") : '')
        =~ /&token=\Q$token\E$/mg);
}

# -- the gateway -------------------------------------------------------------

my $broker = fake();
my $s = gateway($broker->url, workers => 2, start => 0, edit => sub {
    s{^    xd_auth_failures.*\n}{}m;
    s{(location /status/ \{)}{location /opaque/ {
            xd_auth opaque;
            xd_scope status:read;
            proxy_pass http://xd-insight;
            proxy_set_header XD-Party \$xd_party;
        }
        location /any/ {
            xd_auth key token opaque;
            proxy_pass http://xd-insight;
            proxy_set_header XD-Party \$xd_party;
        }
        location = /orders {
            xd_auth opaque;
            xd_check json sales-order;
            xd_publish json sales-order;
        }

        $1};
});
echo_server("$s->{dir}/run/xd-insight.sock");
my $secret = 'p:a ss' . 'x' x 1200;
put("$s->{dir}/conf/keys/login", "$secret\n", 0600);
my $yaml = slurp("$s->{dir}/conf/consumers.yaml");
$yaml =~ s{^(  - id: webshop\n)}{$1    tokens: [ { issuer: login, subject: shop } ]\n}m;
$yaml .= <<X;
issuers:
  - id: login
    issuer: https://login.test/
    audiences: [https://api.test/]
    leeway: 1s
    introspect: { url: "http://127.0.0.1:$port/introspect?x", client: cross/dock, secret: keys/login, ttl: 3s }
X
put("$s->{dir}/conf/consumers.yaml", $yaml);
serve();
Gateway::start($s);
link_up($s) or BAIL_OUT('no link to the fake broker');

sub call {
    my ($token, %o) = @_;
    return asked($s, 'GET', $o{path} // '/opaque/x', headers =>
        [ [ 'Authorization', "Bearer $token" ], @{ $o{headers} || [] } ]);
}

sub taken {
    my ($r, $name) = @_;
    return ok($r->{status} == 200 && $r->{body} =~ /^XD-Party: webshop\r$/m, $name)
        || diag "$r->{status} $r->{body}";
}

sub refused {
    my ($r, $why, $name) = @_;
    problem_is($r, 401, 'invalid-credentials', $name);
    return is($r->{headers}{'www-authenticate'}[0], 'Bearer realm="api",'
        . " error=\"invalid_token\", error_description=\"$why\"", 'and why');
}

my %good = (active => JSON::PP::true, client_id => 'shop',
    scope => 'status:read', exp => time + 600);

# -- good ones ---------------------------------------------------------------

says('good', \%good);
taken(call('good'), 'a token that its issuer vouches for');
my $question = slurp("$dir/asked");
like($question, qr{\APOST /introspect\?x HTTP/1\.1\n}, 'is asked about by POST');
my $basic = encode_base64('cross%2Fdock:p%3Aa%20ss' . 'x' x 1200, '');
like($question, qr/^Authorization: Basic \Q$basic\E$/m, 'as whom we are');
like($question, qr/^Content-Type: application\/x-www-form-urlencoded$/m, 'as a form');
my ($length, $form) = $question =~ /^Content-Length: (\d+)\n\n(.*?)\n--/ms;
is($length, length $form, 'of its length');
is($form, 'token_type_hint=access_token&token=good', 'with the token');
taken(call('good'), 'the same again') for 1 .. 6;
is(asked_about('good'), 1, 'is not asked about again, by any worker');
says('a%2Bb%2F%3D%26x', \%good);
taken(call('a+b/=&x'), 'a token is written as a form has it');
says('x.y.z', \%good);
taken(call('x.y.z'), 'what looks like a signed one, where none are taken');
refused(call('x.y.z', path => '/any/x'), 'malformed token',
    'where they are, it is one, and what was said elsewhere does not count');
taken(call('good', path => '/any/x'), 'an opaque one among keys and signed ones');
taken(call($s->key('webshop'), path => '/any/x'), 'a key there is a key');
is(asked_about($s->key('webshop')), 0, 'and is not told to anybody');
says('order', { %good, iss => 'https://login.test/', aud => 'https://api.test/' });
is(asked($s, 'POST', '/orders', body => order(), headers =>
    [ [ 'Authorization', 'Bearer order' ], [ 'Content-Type', 'application/json' ] ])
    ->{status}, 202, 'an order comes with its body');

# -- bad ones ----------------------------------------------------------------

says('inactive', { active => JSON::PP::false });
refused(call('inactive'), 'token not active', 'one that is not active');
says('expired', { %good, exp => time - 5 });
refused(call('expired'), 'token expired', 'active, and expired');
says('foreign', { %good, iss => 'https://other.test/' });
refused(call('foreign'), 'wrong issuer', 'of another issuer');
says('other-api', { %good, aud => ['https://other.test/'] });
refused(call('other-api'), 'wrong audience', 'for somebody else');
says('stranger', { %good, client_id => 'x' });
refused(call('stranger'), 'caller unknown', 'of nobody here');
says('bound', { %good, cnf => { 'x5t#S256' => 'x' x 43 } });
refused(call('bound'), 'token bound to another certificate', 'bound') for 1, 2;
says('poor', { %good, scope => 'edi:write' });
problem_is(call('poor'), 403, 'insufficient-scope', 'without the scope');
refused(call(''), 'malformed token', 'an empty one');

# Nobody knows: nobody comes in.
for my $bad ([ 'no-active', { client_id => 'shop' } ],
    [ 'text', { %good, active => 'true' } ], [ 'html', '<html>' ],
    [ 'twice', '{"active":true,"active":true}' ],
    [ 'empty', '' ], [ 'error', \%good, head => "HTTP/1.1 500 No\r\n" ],
    [ 'moved', \%good, head => "HTTP/1.1 302 Found\r\nLocation: /\r\n" ],
    [ 'huge', '{"active":true,"x":"' . 'x' x 40000 . '"}' ])
{
    my ($token, $json, %o) = @$bad;
    says($token, $json, %o);
    my $r = call($token);
    problem_is($r, 503, 'authorisation-unavailable', "an answer: $token");
    ok($r->{headers}{'retry-after'}, 'with Retry-After');
}
problem_is(call('unanswered'), 503, 'authorisation-unavailable', 'no answer');

# -- time --------------------------------------------------------------------

says('brief', { %good, exp => time + 1 });
taken(call('brief'), 'one that ends soon');
ok(eventually(6, sub { call('brief')->{status} == 401 }),
    'is remembered until then only');
says('taken-back', \%good);
taken(call('taken-back'), 'one that is taken back');
says('taken-back', { active => JSON::PP::false });
ok(eventually(6, sub { call('taken-back')->{status} == 401 }),
    'is good for as long as an answer is');

# The one who asks waits, and nobody else.
put("$dir/late", '1.5');
says("late-$_", \%good) for 1 .. 20;
my @waiting = map { ask($s, 'GET', '/opaque/x',
    headers => [ [ 'Authorization', "Bearer late-$_" ] ]) } 1 .. 20;
my $began = time;
taken(call('good', path => '/any/x'), 'others') if asked_about('good');
is(asked($s, 'GET', '/any/x', headers => [ key($s, 'webshop') ])->{status}, 200,
    'a key');
cmp_ok(time - $began, '<', 3, 'do not wait behind them all');
is(scalar(grep { answer($_)->{status} == 200 } @waiting), 20,
    'twenty wait at once');
cmp_ok(time - $began, '<', 6, 'side by side');

# Callers that leave before the answer comes.
says("gone-$_", \%good) for 1 .. 10;
my $metrics = sub { metric($s, 'xd_credentials_total{by="opaque",outcome="accepted"}') };
my $before = $metrics->();
close ask($s, 'GET', '/opaque/x', headers =>
    [ [ 'Authorization', "Bearer gone-$_" ] ]) for 1 .. 10;
sleep 2.5;
is($metrics->(), $before, 'who has left is not let in');

# A worker that ends waits for the answer; the caller gets it.
says('reloaded', \%good);
my $sock = ask($s, 'GET', '/opaque/x', headers =>
    [ [ 'Authorization', 'Bearer reloaded' ] ]);
ok(eventually(5, sub { asked_about('reloaded') }), 'asked');
kill 'HUP', $s->pid('gateway');
taken(answer($sock), 'a reload meanwhile');
unlink "$dir/late";

unserve();
problem_is(call('new'), 503, 'authorisation-unavailable', 'the issuer is away');
is(asked($s, 'GET', '/any/x', headers => [ key($s, 'webshop') ])->{status}, 200,
    'keys are good without it');

# -- configuration -----------------------------------------------------------

my $conf = slurp("$s->{dir}/conf/consumers.yaml");
put("$s->{dir}/conf/consumers.yaml", $conf =~ s/secret: keys\/login/secret: keys\/none/r);
like((conf_test($s))[1], qr/issuer "login" cannot be asked/,
    'without its secret nginx -t refuses');
put("$s->{dir}/conf/consumers.yaml", $conf =~ s/^issuers:.*//msr
    =~ s/^    tokens: .*\n//mr);
like((conf_test($s))[1], qr/"xd_auth opaque" needs an issuer/,
    'and a location for nobody\'s tokens');

stop_all();
done_testing();
