# SPDX-License-Identifier: BSD-2-Clause
#
# Whoever guesses is made to wait, and nobody else.

use strict;
use warnings;

use IO::Socket::INET;
use Test::More;

use Gateway;
use XD;

my $broker = fake();
my $s = gateway($broker->url, workers => 2, edit => sub {
    s{xd_auth_failures .*}{xd_auth_failures 5 per=20s;};
});
echo_server("$s->{dir}/run/xd-insight.sock");
link_up($s) or BAIL_OUT('no link to the fake broker');

my $good = $s->key('webshop');

sub call {
    my ($from, @headers) = @_;
    my $sock = IO::Socket::INET->new(PeerAddr => '127.0.0.1',
        PeerPort => $s->{gateway_port}, LocalAddr => $from) or die "$from: $!\n";
    return answer(ask($s, 'GET', '/status/x', sock => $sock,
        headers => [ @headers ]));
}

sub with { return [ 'X-API-Key', $_[0] ] }

sub waits {
    my ($r, $name) = @_;
    my $j = $r->{json} // {};
    ok($r->{status} == 429 && ($j->{type} // '') eq
        'https://iana.org/assignments/http-problem-types#abnormal-usage-detected',
        $name) or diag "$r->{status} " . ($r->{body} // '');
    my $after = $r->{headers}{'retry-after'}[0] // '';
    ok($after =~ /^\d+$/ && $after >= 1 && $after <= 4, 'for up to 4 seconds')
        or diag $after;
    return $after;
}

# What is no guess is not counted.
for (1 .. 20) {
    my $r = call('127.0.0.1');
    $r->{status} == 401 or fail("nothing brought: $r->{status}");
}
is(call('127.0.0.1', with($good), with($good))->{status}, 400,
    'two credentials') for 1 .. 7;
is(asked($s, 'POST', '/v1/edi', headers => [ with($good) ])->{status}, 403,
    'a scope that is missing') for 1 .. 7;

problem_is(call('127.0.0.1', with("demo.guess-$_")), 401, 'invalid-credentials',
    "guess $_") for 1 .. 2;
problem_is(call('127.0.0.1', [ 'Authorization', "Bearer a.b.$_" ]), 401,
    'invalid-credentials', "guess $_, a token") for 3 .. 5;
waits(call('127.0.0.1', with('demo.guess')), 'the next one waits');
my $after = waits(call('127.0.0.1', with($good)),
    'and does not learn which key is good');
waits(call('127.0.0.1', [ 'Authorization', 'Bearer a.b.c' ]),
    'in whatever form');
is(call('127.0.0.1')->{status}, 429, 'nor is it asked for one');

is(call('127.0.0.2', with($good))->{status}, 200, 'another address calls on');
problem_is(call('127.0.0.2', with('demo.x')), 401, 'invalid-credentials',
    'and has failures of its own');

# The workers of another configuration know of it.
ok(reloaded($s), 'reload');

# Nothing that waited was counted: it comes back by itself.
ok(eventually($after + 8, sub {
    call('127.0.0.1', with($good))->{status} == 200;
}), 'after its time the good key is good');

for my $bad ('0', 'x', '100001', '5 per=0', '5 per=2d', '5 for=1m', 'off off') {
    edit($s, sub { s{xd_auth_failures .*}{xd_auth_failures $bad;} });
    my ($status, $err) = conf_test($s);
    ok($status != 0 && $err =~ /"xd_auth_failures" directive takes/,
        "xd_auth_failures $bad is refused") or diag $err;
}

stop_all();
done_testing();
