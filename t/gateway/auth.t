# SPDX-License-Identifier: BSD-2-Clause
#
# Who calls, whether it may, and that nobody says who it is but us.

use strict;
use warnings;

use Test::More;

use Gateway;
use XD;

my $broker = fake();
my $s = gateway($broker->url, edit => sub {
    # One location that hands every header of the caller on.
    s{(location /status/ \{)}{location /echo/ {
            xd_scope status:read;
            proxy_pass http://xd-insight;
        }

        $1};
});
echo_server("$s->{dir}/run/xd-insight.sock");
link_up($s) or BAIL_OUT('no link to the fake broker');

my $webshop = $s->key('webshop');
my @json = ([ 'Content-Type', 'application/json' ]);

sub post {
    my ($path, @headers) = @_;
    return asked($s, 'POST', $path, headers => [ @json, @headers ],
        body => order());
}

my $r = post('/v1/sales-orders');
problem_is($r, 401, 'unauthenticated', 'no key: 401');
is_deeply($r->{headers}{'www-authenticate'}, ['Bearer realm="api"'],
    'the challenge has no error code');

for my $wrong ([ 'X-API-Key', 'demo.wrong' ], [ 'X-API-Key', '' ],
    [ 'X-API-Key', 'x' x 4000 ], [ 'Authorization', 'Bearer demo.wrong' ],
    [ 'Authorization', 'Bearer' ], [ 'Authorization', 'Basic ZGVtbzpkZW1v' ])
{
    $r = post('/v1/sales-orders', $wrong);
    problem_is($r, 401, 'invalid-credentials',
        "$wrong->[0]: " . substr($wrong->[1], 0, 20));
    like($r->{headers}{'www-authenticate'}[0],
        qr/^Bearer realm="api", error="invalid_token", error_description="/,
        'the challenge says why');
}

$r = post('/v1/edi', [ 'X-API-Key', $webshop ]);
problem_is($r, 403, 'insufficient-scope', 'scope missing: 403');
is_deeply($r->{headers}{'www-authenticate'},
    ['Bearer realm="api", error="insufficient_scope", scope="edi:write"'],
    'the challenge names the scope');

for my $both (
    [ [ 'X-API-Key', $webshop ], [ 'Authorization', "Bearer $webshop" ] ],
    [ [ 'X-API-Key', $webshop ], [ 'X-API-Key', $webshop ] ])
{
    $r = post('/v1/sales-orders', @$both);
    problem_is($r, 400, 'ambiguous-credentials', 'two credentials: 400');
    is_deeply($r->{headers}{'www-authenticate'},
        ['Bearer realm="api", error="invalid_request"'], 'with its challenge');
}
problem_is(post('/v1/sales-orders?access_token=x', [ 'X-API-Key', $webshop ]),
    400, 'ambiguous-credentials', 'a second one in the query: 400');
is(post('/v1/sales-orders', [ 'Authorization', "Bearer $webshop" ],
    [ 'Authorization', "Bearer $webshop" ])->{status}, 400,
    'two Authorization headers: 400');

is(post('/v1/sales-orders', [ 'X-API-Key', $webshop ])->{status}, 202,
    'X-API-Key is taken');
for my $scheme ('Bearer', 'bearer', 'BEARER') {
    is(post('/v1/sales-orders', [ 'Authorization', "$scheme $webshop" ])
        ->{status}, 202, "$scheme is taken");
}

# Identity headers: in every place of a long list, in any case.
my @lies = ([ 'XD-Party', 'acme' ], [ 'xd-identity', 'x' ],
    [ 'Client-Cert', ':AA==:' ], [ 'X-Consumer-Id', 'acme' ],
    [ 'x-consumer-groups', 'admin' ], [ 'CLIENT-CERT-CHAIN', ':AA==:' ]);
my @noise = map { [ "X-Noise-$_", "n$_" ] } 1 .. 30;
for my $path ('/status/x', '/echo/x') {
    for my $headers ([ @lies, @noise ], [ @noise, @lies ],
        [ map { ($lies[$_ % @lies], $noise[$_]) } 0 .. 29 ])
    {
        $r = asked($s, 'GET', $path,
            headers => [ [ 'X-API-Key', $webshop ], @$headers ]);
        is($r->{status}, 200, "$path is proxied");
        my @seen = $r->{body} =~ /^(?:xd-|client-cert|x-consumer-)[^\r]*/gmi;
        is_deeply(\@seen, $path eq '/echo/x' ? [] : ['XD-Party: webshop'],
            'only our own word for the party reaches the service');
        my $n = () = $r->{body} =~ /^X-Noise-\d+: n\d+\r$/gm;
        is($n, $path eq '/echo/x' ? 30 : 0,
            $n ? 'all others are handed on' : 'no other header is handed on');
    }
}
like($r = asked($s, 'GET', '/status/x', headers => [ [ 'X-API-Key', $webshop ],
    [ 'traceparent', '00-' . 'a' x 32 . '-' . 'b' x 16 . '-01' ] ])->{body},
    qr/^traceparent: 00-a{32}-/m, 'the trace reaches the service');

problem_is(asked($s, 'GET', '/status/x'), 401, 'unauthenticated',
    'status needs a key too');
problem_is(asked($s, 'GET', '/'), 401, 'unauthenticated',
    'so does what is not there');

stop_all();
done_testing();
