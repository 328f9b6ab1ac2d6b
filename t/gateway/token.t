# SPDX-License-Identifier: BSD-2-Clause
#
# Tokens of issuers: what is taken, every way to forge one, and what both are
# answered.

use strict;
use warnings;

use JSON::PP ();
use Test::More;

use Gateway;
use Jose;
use XD;

my $broker = fake();
my $s = gateway($broker->url, workers => 2, start => 0, edit => sub {
    s{^    xd_auth_failures.*\n}{}m;
    s{^(    send_timeout)}{    large_client_header_buffers 4 16k;\n$1}m;
    s{(location /status/ \{)}{location /only-keys/ {
            xd_auth key;
            proxy_pass http://xd-insight;
        }
        location /only-tokens/ {
            xd_auth token;
            proxy_pass http://xd-insight;
        }
        location /echo/ {
            proxy_pass http://xd-insight;
        }

        $1};
});
echo_server("$s->{dir}/run/xd-insight.sock");

my %key = map { $_ => new_key($_) } qw(RS256 PS384 ES256 ES384 ES512 EdDSA);
my $hs = new_key('HS256');
my $foreign = new_key('ES256', kid => $key{ES256}{kid});
my $once = new_key('ES256');
my @left_out = (new_key('RS256', bits => 1024), new_key('ES256'),
    new_key('ES256'), new_key('ES256'));

sub keys_file {
    my ($name, $text, $mode) = @_;
    put("$s->{dir}/conf/keys/$name", $text, $mode);
    return;
}

sub login_keys {
    return jwks((map { jwk($_) } values %key), jwk($left_out[0]),
        jwk($left_out[1], use => 'enc'),
        jwk($left_out[2], key_ops => ['sign']),
        jwk($left_out[3], y => b64u("\1" x 32)), @_);
}

keys_file('login', login_keys());
keys_file('house', jwks(jwk($hs)));
keys_file('other', jwks(jwk($foreign)));
keys_file('once', jwks(jwk($once)));

sub issuer {
    my ($id, $more) = @_;
    return "  - id: $id\n    issuer: https://$id.test/\n"
        . "    audiences: [https://api.test/, urn:api]\n$more";
}

my $yaml = slurp("$s->{dir}/conf/consumers.yaml");
$yaml =~ s{^(  - id: webshop\n)}{$1    tokens:
      - { issuer: login, subject: shop }
      - { issuer: house, subject: shop }
      - { issuer: other, subject: other-shop }
      - { issuer: once, subject: shop }
}m;
$yaml .= "issuers:\n" . issuer('login', "    keys: { file: keys/login }\n")
    . issuer('house', "    keys: { file: keys/house, kind: secret }\n")
    . issuer('other', "    keys: { file: keys/other }\n    type: any\n"
        . "    claim: sub\n    life: 1h\n    leeway: 5s\n")
    . issuer('once', "    keys: { file: keys/once }\n    once: true\n");
put("$s->{dir}/conf/consumers.yaml", $yaml);
Gateway::start($s);
link_up($s) or BAIL_OUT('no link to the fake broker');

sub call {
    my ($token, %o) = @_;
    return asked($s, 'GET', $o{path} // '/status/x', headers =>
        [ [ 'Authorization', ($o{scheme} // 'Bearer') . " $token" ],
          @{ $o{headers} || [] } ]);
}

sub taken {
    my ($token, $name, %o) = @_;
    my $r = call($token, %o);
    return ok($r->{status} == 200
        && $r->{body} =~ /^XD-Party: webshop\r$/m, $name)
        || diag("$r->{status} $r->{body}");
}

sub refused {
    my ($token, $why, $name, %o) = @_;
    my $r = call($token, %o);
    problem_is($r, 401, 'invalid-credentials', $name);
    return is($r->{headers}{'www-authenticate'}[0],
        'Bearer realm="api", error="invalid_token", error_description="'
        . "$why\"", "$name: the challenge says why");
}

# -- what is taken -----------------------------------------------------------

taken(token($key{$_}), "$_ is taken") for sort keys %key;
taken(token($hs, claim => { iss => 'https://house.test/' }), 'HS256 is taken');
taken(token($foreign, head => { typ => undef },
        claim => { iss => 'https://other.test/', sub => 'other-shop',
            client_id => undef }), 'any type, the party by sub');

my $good = token($key{ES256});
for my $scheme ('Bearer', 'bearer', 'BEARER') {
    taken($good, "$scheme is taken", scheme => $scheme);
}
taken(token($key{ES256}, claim => { aud => [ 'x', 'urn:api' ] }),
    'one of several audiences');
taken(token($key{ES256}, head => { typ => 'application/AT+JWT' }),
    'typ in its long form');
taken(token($key{ES256}, claim => { exp => time - 20 }),
    'expired within the leeway');
taken(token($key{ES256}, claim => { scope => 'status:read edi:write' }),
    'with the scope');
taken($good, 'a location for tokens alone takes it',
    path => '/status/only-tokens');

# -- what is not -------------------------------------------------------------

my $e = $key{ES256};
my ($h, $c, $sig) = split /\./, $good;

# 1, 3: algorithms.
for my $alg ('none', 'None', 'NONE', 'nOnE', '', 'HS257', 'es256') {
    refused(token($e, head => { alg => $alg }, alg => 'ES256'),
        $alg eq '' ? 'malformed token header' : 'algorithm not allowed',
        "alg \"$alg\"");
}
refused(token($e, head => { alg => undef }, alg => 'ES256'),
    'algorithm not allowed', 'no alg');
refused(b64u(header($e, alg => 'none')) . ".$c.", 'malformed token',
    'alg none without a signature');
refused(token($key{RS256}, head => { alg => 'PS256' }, alg => 'PS256'),
    'algorithm not allowed', 'RSA key pinned to RS256, used for PS256');
refused(token($key{RS256}, head => { alg => 'RS512' }, alg => 'RS512'),
    'algorithm not allowed', 'and for RS512');
refused(token($e, head => { kid => $key{EdDSA}{kid} }),
    'algorithm not allowed', 'kid of another kind of key');

# 2: the public key as a secret.
for my $secret ($key{RS256}{public_pem}, $key{RS256}{der},
    JSON::PP->new->canonical->encode(jwk($key{RS256})),
    b64u($key{RS256}{der}))
{
    refused(token({ %{ $key{RS256} }, secret => $secret },
            head => { alg => 'HS256' }, alg => 'HS256'),
        'algorithm not allowed', 'RS256 turned into HS256');
}

# 4, 5, 6: signatures.
refused(token($e, head => { alg => 'ES384' }), 'algorithm not allowed',
    'ES256 key used as ES384');
refused(token($e, signature => "\0" x 64), 'bad signature',
    'all zero (psychic)');
refused(token($e, signature => "\xff" x 64), 'bad signature', 'r, s above n');
my $raw = signed($e, "$h.$c");
for my $bad ([ $raw . "\0", 'a zero behind' ], [ substr($raw, 0, 63), 'cut' ],
    [ "\0" . $raw, 'a zero in front' ],
    [ pack('C*', 0x30, 0x44, 2, 32) . substr($raw, 0, 32) . pack('C*', 2, 32)
        . substr($raw, 32), 'DER' ],
    [ substr($raw, 32) . substr($raw, 0, 32), 's and r' ])
{
    refused("$h.$c." . b64u($bad->[0]), 'bad signature', $bad->[1]);
}
for my $form ("$h.$c.", ".$c.$sig", '..', "$h.$c.$sig.x",
    "$h.$c.$sig.", "$h.$c.$sig.x.y", '{"payload":".","signatures":[.]}')
{
    refused($form, 'malformed token', 'form ' . length($form) . ' '
        . substr $form, 0, 12);
}
refused("$h..$sig", 'malformed claims', 'no claims');

# 7: one value has one text.
for my $bad ([ "$h.$c.$sig=", 'padding' ], [ "$h.$c. $sig", 'blank' ],
    [ "$h.$c." . ($sig =~ tr{-_}{+/}r) . '+', 'the other alphabet' ],
    [ "$h=.$c.$sig", 'padded header' ], [ "$h.$c=.$sig", 'padded claims' ],
    [ "$h.$c.${sig}AAA", 'length' ])
{
    my $r = call($bad->[0]);
    is($r->{status}, 401, "base64url: $bad->[1]");
}
(my $bits = $sig) =~ s/([AQgw])$/{ A => 'B', Q => 'R', g => 'h', w => 'x' }->{$1}/e;
isnt($bits, $sig, 'a twin of the signature');
refused("$h.$c.$bits", 'malformed token', 'bits behind the last byte');

# 8: what leads elsewhere is not followed, and changes nothing.
my $own = new_key('ES256');
for my $lead ({ jwk => jwk($own) }, { jku => 'http://127.0.0.1:1/keys' },
    { x5u => 'http://127.0.0.1:1/x' }, { x5c => ['MIIB'] })
{
    my ($name) = keys %$lead;
    refused(token($own, head => { %$lead, kid => $e->{kid} }),
        'bad signature', "$name of a forger");
    taken(token($e, head => $lead), "$name beside a good key");
}

# 9: kid is a name.
for my $kid ('../../etc/passwd', '/dev/null', "' OR 1=1--", "a\0b", 'x' x 256)
{
    refused(token($own, head => { kid => $kid }), 'unknown key',
        'kid ' . substr $kid =~ s/\0/NUL/r, 0, 16);
}
refused(token($own, head => { kid => 'x' x 257 }), 'malformed token header',
    'kid of 257 bytes');
refused(token($own, header => '{"alg":"ES256","typ":"at+jwt","kid":7}'),
    'malformed token header', 'kid is a number');
refused(token($e, head => { kid => undef }), 'unknown key',
    'no kid, and several keys');

# 10, 11, 12, 13.
refused(token($e, head => { crit => ['exp'] }),
    'critical extension not understood', 'crit');
refused(token($e, head => { crit => ['b64'], b64 => JSON::PP::false }),
    'critical extension not understood', 'b64');
refused(token($left_out[0]), 'unknown key', 'RSA of 1024 bits');
refused(token($left_out[1]), 'unknown key', 'a key for encryption');
refused(token($left_out[2]), 'unknown key', 'a key that may not verify');
refused(token($left_out[3]), 'unknown key', 'a point off the curve');
my $head = header($e);
for my $bad ([ $head =~ s/^\{/{"alg":"none",/r, 'alg twice' ],
    [ "\xef\xbb\xbf$head", 'BOM' ], [ "$head x", 'garbage behind' ],
    [ $head =~ s/\}$/,"x":@{[ '[' x 40 ]}@{[ ']' x 40 ]}}/r, 'deep' ],
    [ $head =~ s/\}$/,"x":"\xff"}/r, 'invalid UTF-8' ], [ '[]', 'a list' ],
    [ '', 'nothing' ])
{
    refused(token($e, header => $bad->[0]),
        $bad->[0] eq '' ? 'malformed token' : 'malformed token header',
        "header: $bad->[1]");
}
my $body = claims();
for my $bad ([ $body =~ s/^\{/{"sub":"x",/r, 'sub twice' ],
    [ "$body\0", 'NUL behind' ], [ '"x"', 'a string' ],
    [ $body =~ s/\}$/,"x":@{[ '[' x 40 ]}@{[ ']' x 40 ]}}/r, 'deep' ])
{
    refused(token($e, claims => $bad->[0]), 'malformed claims',
        "claims: $bad->[1]");
}

# 14: times.
for my $bad ([ exp => '"99999999999"', 'malformed claims' ],
    [ exp => '-1', 'malformed claims' ], [ exp => '1e400', 'malformed claims' ],
    [ exp => 'null', 'malformed claims' ], [ exp => time - 31, 'token expired' ],
    [ exp => time + 90000, 'token valid for too long' ],
    [ exp => '253402300800', 'malformed claims' ],
    [ nbf => time + 40, 'token not yet valid' ],
    [ iat => time + 40, 'token not yet valid' ],
    [ nbf => '"x"', 'malformed claims' ])
{
    my ($name, $value, $why) = @$bad;
    my $text = claims($name => undef);
    $text =~ s/^\{/{"$name":$value,/;
    refused(token($e, claims => $text), $why, "$name $value");
}
refused(token($e, claim => { exp => undef }), 'malformed claims', 'no exp');

# 15, 16, 17.
for my $aud ('https://api.test', 'https://api.test/x', 'https://API.test/', '',
    [], [ 'x', 'y' ])
{
    refused(token($e, claim => { aud => $aud }), 'wrong audience',
        'aud ' . JSON::PP->new->allow_nonref->encode($aud));
}
refused(token($e, claim => { aud => undef }), 'wrong audience', 'no aud');
refused(token($e, claim => { aud => [ 7, 'urn:api' ] }), 'malformed claims',
    'a number among the audiences');
for my $iss ('https://login.test', 'https://login.test/x', 'login',
    'https://LOGIN.test/')
{
    refused(token($e, claim => { iss => $iss }), 'wrong issuer', "iss $iss");
}
refused(token($e, claim => { iss => undef }), 'malformed claims', 'no iss');
refused(token($e, head => { typ => $_ }), 'wrong type of token',
    'typ ' . ($_ // 'missing')) for 'JWT', 'id+jwt', undef;
refused(token($foreign), 'bad signature',
    'the key of one issuer, the name of another, the same kid');
refused(token($e, claim => { iss => 'https://other.test/',
    sub => 'other-shop' }), 'bad signature', 'and the other way round');
refused(token($key{EdDSA}, claim => { iss => 'https://other.test/',
    sub => 'other-shop' }), 'unknown key', 'with a kid of its own');
refused(token($hs, claim => {}), 'unknown key', 'a secret of another issuer');

# 18, 19.
problem_is(call($good, headers => [ key($s, 'webshop') ]), 400,
    'ambiguous-credentials', 'a token and a key');
is(call($good, headers => [ [ 'Authorization', "Bearer $good" ] ])->{status},
    400, 'two Authorization headers');
problem_is(call($good, path => "/status/x?access_token=$good"), 400,
    'ambiguous-credentials', 'the token in the query too');
problem_is(asked($s, 'GET', "/status/x?access_token=$good"), 401,
    'unauthenticated', 'the token in the query alone is none');
refused(token($e, claim => { pad => 'x' x 7000 }), 'token too long',
    'a token of more than 8 KiB');
refused(b64u('{"alg":"dir","enc":"A128GCM","zip":"DEF"}') . '..x.y.z',
    'algorithm not allowed', 'a JWE');

# -- whose, and what it may --------------------------------------------------

refused(token($e, claim => { client_id => 'stranger' }), 'caller unknown',
    'a good token of nobody here');
refused(token($e, claim => { client_id => 'other-shop' }), 'caller unknown',
    'a subject of another issuer');
refused(token($e, claim => { client_id => undef }), 'caller unknown',
    'no claim that names the party');

for my $scope ('', 'edi:write', 'status:readx', 'status:read,edi:write') {
    my $t = token($e, claim => { scope => $scope });
    for my $turn ('first', 'again') {
        my $r = call($t);
        problem_is($r, 403, 'insufficient-scope', "scope \"$scope\", $turn");
        is($r->{headers}{'www-authenticate'}[0], 'Bearer realm="api",'
            . ' error="insufficient_scope", scope="status:read"',
            'its challenge');
    }
}
problem_is(asked($s, 'POST', '/v1/edi', body => edi(), headers =>
        [ [ 'Content-Type', 'application/edi-x12' ], [ 'Authorization',
            'Bearer ' . token($e, claim => { scope => 'edi:write' }) ] ]),
    403, 'insufficient-scope', 'a token cannot give what the party has not');
is(asked($s, 'POST', '/v1/sales-orders', body => order(), headers =>
        [ [ 'Content-Type', 'application/json' ], [ 'Authorization',
            "Bearer $good" ] ])->{status}, 202, 'an order by a token');

# -- where -------------------------------------------------------------------

my $key = $s->key('webshop');
is(call($good, path => '/only-tokens/')->{status}, 200, 'tokens only: a token');
refused($key, 'not taken here', 'tokens only: a key', path => '/only-tokens/');
is(call($key, path => '/only-keys/')->{status}, 200, 'keys only: a key');
refused($good, 'not taken here', 'keys only: a token', path => '/only-keys/');

# -- the cache ---------------------------------------------------------------

sub proved {
    my ($outcome) = @_;
    return metric($s,
        "xd_credentials_total{by=\"token\",outcome=\"$outcome\"}");
}

my $fresh = token($e, claim => { exp => time - 28 });
my ($new, $hits) = (proved('accepted'), proved('cached'));
taken($fresh, 'a new token');
is(proved('accepted'), $new + 1, 'was verified');
taken($fresh, 'the same again');
is(proved('cached'), $hits + 1, 'was remembered');
ok(eventually(6, sub { call($fresh)->{status} == 401 }),
    'a remembered token ends with its exp');
refused($fresh, 'token expired', 'and then is what it is');
refused("$h.$c." . b64u(scalar reverse $raw), 'bad signature',
    'a remembered token with another signature');
refused(b64u(header($e, x => 1)) . ".$c.$sig", 'bad signature',
    'or with another header');
ok(proved('refused') > 50, 'refusals are counted');

# 21: a token for one call; its name is remembered, not its text.
my %single = (claim => { iss => 'https://once.test/', jti => 'call-1' });
my $first = token($once, %single);
taken($first, 'a token for one call');
refused($first, 'token used before', 'the same again');
refused(token($once, %single), 'token used before', 'its jti in another token');
refused(token($once, claim => { iss => 'https://once.test/', jti => undef }),
    'malformed claims', 'without a jti');

# 24: nobody says for us who the caller is.
my $r = call($good, path => '/echo/', headers => [ [ 'XD-Party', 'acme' ],
    [ 'X-Consumer-Id', 'acme' ] ]);
unlike($r->{body}, qr/acme/, 'identity headers from outside are gone');

# -- reload ------------------------------------------------------------------

# 22: nothing of all this has changed what holds.
taken(token($key{$_}), "$_ is still taken") for sort keys %key;

# A key that is gone takes its remembered tokens along; used ones stay used.
taken($good, 'remembered');
my %kept = %key;
delete $kept{ES256};
keys_file('login', jwks(map { jwk($_) } values %kept));
ok(reloaded($s), 'reload without a key');
refused($good, 'unknown key', 'its tokens are gone');
taken(token($key{EdDSA}), 'those of others are not');
refused($first, 'token used before', 'what was used stays used');

# A bad file: the old configuration stays.
my %bad = (
    'a private key' => jwks(jwk($key{EdDSA}, d => b64u('x' x 32))),
    'a secret' => jwks(jwk($hs)), 'nothing' => '', 'no keys' => jwks(),
    'a kid twice' => jwks(jwk($key{EdDSA}), jwk($own, kid => $key{EdDSA}{kid})),
    'HTML' => '<html>', 'a huge file' => ' ' x 300000 . login_keys(),
);
my $n = 1;
for my $name (sort keys %bad) {
    keys_file('login', $bad{$name});
    kill 'HUP', $s->pid('gateway');
    ok(eventually(10, sub {
        slurp("$s->{dir}/nginx/logs/error.log")
            =~ /(?:cannot use the keys "[^"]+login" of the issuer "login".*){$n}/s;
    }), "keys with $name are refused, and said which");
    $n++;
}
taken(token($key{EdDSA}), 'after a reload that failed the old keys hold');
keys_file('login', login_keys());
ok(reloaded($s), 'reload with the key again');
taken($good, 'its tokens are good again');

# Tokens of before an instant are taken back, remembered ones too.
my $after = time - 50;
my @iso = gmtime $after;
my $instant = sprintf '%04d-%02d-%02dT%02d:%02d:%02dZ', $iso[5] + 1900,
    $iso[4] + 1, @iso[3, 2, 1, 0];
my $early = token($e, claim => { iat => $after - 1 });
taken($early, 'a token of a while ago');
put("$s->{dir}/conf/consumers.yaml", $yaml
    =~ s/^(  - id: login\n)/$1    issued_after: $instant\n/mr);
ok(reloaded($s), 'reload: tokens of before are taken back');
refused($early, 'token taken back', 'it is');
refused(token($e, claim => { iat => undef }), 'token taken back',
    'so is one that does not say when it was issued');
taken(token($e, claim => { iat => $after }), 'later ones are not');

stop_all(qr/cannot use the keys|xd_registry:/);
done_testing();
