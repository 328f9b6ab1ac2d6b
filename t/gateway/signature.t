# SPDX-License-Identifier: BSD-2-Clause
#
# Signed requests (RFC 9421) and webhooks: what is taken, and every way to
# change, stretch or repeat one.

use strict;
use warnings;

use Digest::SHA qw(hmac_sha256 hmac_sha256_hex sha256);
use MIME::Base64 qw(encode_base64);
use Test::More;

use Gateway;
use Jose;
use XD;

my $broker = fake();
my $s = gateway($broker->url, workers => 2, start => 0, edit => sub {
    s{^    xd_auth_failures.*\n}{}m;
    s{(location /status/ \{)}{location /signed/ {
            xd_auth signature;
            proxy_pass http://xd-insight;
        }
        location /either/ {
            xd_auth key signature;
            xd_scope status:read;
            proxy_pass http://xd-insight;
        }
        location /from-outside/ {
            xd_auth signature;
            xd_auth_signature origin=https://api.test age=20s tag=crossdock
                cover=\@method,\@authority,\@path,\@query;
            proxy_pass http://xd-insight;
        }
        location = /signed-orders {
            xd_auth signature;
            xd_scope edi:write;
            xd_check x12;
            xd_publish x12;
        }
        location = /hooks/shop {
            xd_auth webhook;
            xd_auth_webhook shopify webshop;
            xd_scope sales-order:write;
            xd_check json sales-order;
            xd_publish json sales-order;
        }
        location = /hooks/erp {
            xd_auth webhook key;
            xd_auth_webhook erpnext erp-out;
            proxy_pass http://xd-insight;
        }
        location = /hooks/git {
            xd_auth webhook;
            xd_auth_webhook github webshop;
            proxy_pass http://xd-insight;
        }

        $1};
});
echo_server("$s->{dir}/run/xd-insight.sock");

my %alg = (EdDSA => 'ed25519', ES256 => 'ecdsa-p256-sha256',
    ES384 => 'ecdsa-p384-sha384', PS512 => 'rsa-pss-sha512',
    RS256 => 'rsa-v1_5-sha256', HS256 => 'hmac-sha256');
my %key = map { $_ => new_key($_, secret => 'a secret of thirty-two bytes or so') }
    keys %alg;
my $yaml = "signatures:\n";
for my $name (sort keys %alg) {
    my $file = "$s->{dir}/conf/keys/$name";
    put($file, $key{$name}{secret} ? "$key{$name}{secret}\n"
        : $key{$name}{public_pem}, 0600);
    $yaml .= "  - { keyid: acme-$name, alg: $alg{$name}, file: keys/$name }\n";
}
put("$s->{dir}/conf/partners/acme.yaml",
    slurp("$s->{dir}/conf/partners/acme.yaml") . $yaml);
my %secret = (shopify => 'shop-secret', erpnext => 'erp-secret',
    github => 'git-secret');
put("$s->{dir}/conf/keys/hook-$_", "$secret{$_}\n", 0600) for keys %secret;
my $consumers = slurp("$s->{dir}/conf/consumers.yaml");
$consumers =~ s{^(  - id: webshop\n)}{$1    webhooks: [ { profile: shopify, secret: keys/hook-shopify }, { profile: github, secret: keys/hook-github } ]\n}m;
$consumers =~ s{^(  - id: erp-out\n)}{$1    webhooks: [ { profile: erpnext, secret: keys/hook-erpnext } ]\n}m;
put("$s->{dir}/conf/consumers.yaml", $consumers);
Gateway::start($s);
link_up($s) or BAIL_OUT('no link to the fake broker');

# -- signing -----------------------------------------------------------------

my $count = 0;

sub digest_of {
    return 'sha-256=:' . encode_base64(sha256($_[0]), '') . ':';
}

# The headers of a signed request.  Options: key, cover, params (what differs;
# undef leaves out), authority, scheme, digest, label, fields (name => value).
sub signature {
    my ($method, $target, %o) = @_;
    my $alg = $o{key} // 'EdDSA';
    my $authority = $o{authority} // 'localhost';
    my $scheme = $o{scheme} // 'http';
    my ($path, $query) = $target =~ /^([^?]*)(\?.*)?$/;
    my $digest = $o{digest}
        // (defined $o{body} ? digest_of($o{body}) : undef);
    my %value = ('@method' => $method, '@authority' => $authority,
        '@path' => $path, '@query' => $query // '?', '@scheme' => $scheme,
        '@target-uri' => "$scheme://$authority$target",
        'content-digest' => $digest, %{ $o{fields} || {} });
    my @cover = @{ $o{cover} || [ '@method', '@target-uri',
        defined $digest ? 'content-digest' : () ] };
    my %p = (created => time, keyid => qq{"acme-$alg"},
        nonce => '"n' . ++$count . '"', %{ $o{params} || {} });
    my $input = '(' . join(' ', map { qq{"$_"} } @cover) . ')'
        . join('', map { ";$_=$p{$_}" } grep { defined $p{$_} } sort keys %p);
    my $base = join '', map { qq{"$_": } . ($value{$_} // 'x') . "\n" } @cover;
    my $bytes = signed($key{$alg}, qq{$base"\@signature-params": $input});
    my $label = $o{label} // 'sig1';
    return ([ 'Signature-Input', "$label=$input" ],
        [ 'Signature', "$label=:" . encode_base64($bytes, '') . ':' ],
        defined $digest ? [ 'Content-Digest', $digest ] : ());
}

sub get {
    my ($target, %o) = @_;
    return asked($s, 'GET', $target, headers =>
        [ signature('GET', $target, %o), @{ $o{headers} || [] } ]);
}

sub refused {
    my ($r, $why, $name, $challenge) = @_;
    problem_is($r, 401, 'invalid-credentials', $name);
    is(($r->{json} || {})->{detail}, "Not accepted: $why.", "$name: it says why");
    return is($r->{headers}{'www-authenticate'}[0],
        $challenge // 'Signature realm="api"', 'with a challenge');
}

for my $name (sort keys %alg) {
    my $r = get('/signed/x?a=b&c', key => $name);
    is($r->{status}, 200, "$alg{$name} is taken") or diag $r->{body};
}
my $r = asked($s, 'GET', '/signed/x');
problem_is($r, 401, 'unauthenticated', 'nothing brought');
is($r->{headers}{'accept-signature'}[0],
    'sig=("@method" "@target-uri");created;keyid;nonce',
    'is told what to sign');
is(get('/signed/x', params => { alg => '"ed25519"' })->{status}, 200,
    'with its alg');
is(get('/either/x', headers => [])->{status}, 200, 'a signature or a key');
is(asked($s, 'GET', '/either/x', headers => [ key($s, 'acme') ])->{status}, 200,
    'a key or a signature');
problem_is(get('/either/x', headers => [ key($s, 'acme') ]), 400,
    'ambiguous-credentials', 'not both');
$r = get('/status/x', headers => [ key($s, 'webshop') ]);
is($r->{status}, 200, 'elsewhere a signature is nobody\'s business');

my @cover = ('@method', '@authority', '@path', '@query');
my %outside = (cover => \@cover, scheme => 'https', authority => 'api.test',
    params => { tag => '"crossdock"' });
is(get('/from-outside/x?y', %outside)->{status}, 200,
    'an address as it is outside');

# -- what is not taken -------------------------------------------------------

my @times = ([ { created => time - 310 }, 'too old' ],
    [ { created => time + 40 }, 'ahead' ], [ { created => undef }, 'no created' ],
    [ { expires => time - 1 }, 'expired' ]);
refused(get('/signed/x', params => $_->[0]),
    'signature too old, too early or expired', $_->[1]) for @times;
refused(get('/from-outside/x', %outside, params => { tag => '"crossdock"',
    created => time - 25 }), 'signature too old, too early or expired',
    'too old for this place');
refused(get('/from-outside/x', %outside, params => {}), 'no such signature',
    'of another tag');
refused(get('/signed/x', params => { nonce => undef }), 'no nonce', 'no nonce');
refused(get('/signed/x', params => { nonce => '""' }), 'no nonce',
    'an empty nonce');
refused(get('/signed/x', params => { alg => '"hmac-sha256"' }),
    'algorithm not allowed', 'another alg than the key\'s');
refused(get('/signed/x', params => { keyid => '"acme-none"' }),
    'unknown keyid', 'a stranger');
refused(get('/signed/x', params => { keyid => undef }), 'unknown keyid',
    'no keyid');
refused(get('/signed/x', params => { keyid => '"acme-ES256"' }),
    'bad signature', 'the keyid of another key');
refused(get('/signed/x', cover => [ '@method' ]),
    'does not cover a required component', 'the address is not covered');
refused(get('/signed/x', cover => [] ), 'does not cover a required component',
    'nothing is covered');
my $absent = 'covers an absent or unknown component'
    . ' (names with an underscore are dropped)';
refused(get('/signed/x', cover => [ '@method', '@target-uri', 'x-not-there' ]),
    $absent, 'a field that is not there');
refused(get('/signed/x', cover => [ '@method', '@target-uri', '@method' ]),
    $absent, 'a component twice');
refused(get('/signed/x', cover => [ '@method', '@target-uri', '@status' ]),
    $absent, 'a component of answers');
refused(get('/signed/x', cover => [ '@method', '@target-uri', 'xd-party' ],
        fields => { 'xd-party' => 'acme' }, headers => [ [ 'XD-Party', 'acme' ] ]),
    $absent, 'an identity header, which was taken away');
refused(get('/signed/x', cover => [ '@method', '@target-uri', 'x_y' ],
        fields => { 'x_y' => '1' }, headers => [ [ 'x_y', '1' ] ]), $absent,
    'a name with an underscore');
for my $other ([ 'POST', '/signed/x' ], [ 'GET', '/signed/y' ],
    [ 'GET', '/signed/x?a' ], [ 'GET', '/signed/%78' ])
{
    my ($method, $target) = @$other;
    refused(asked($s, $method, $target, headers =>
        [ signature('GET', '/signed/x') ]), 'bad signature',
        "a signature for something else: $method $target");
}
refused(get('/signed/x', authority => 'other.test'), 'bad signature',
    'a signature for somebody else');
refused(get('/signed/x', scheme => 'https'), 'bad signature',
    'for another scheme');
my @good = signature('GET', '/signed/x');
for my $form ([ $good[0] ], [ $good[1] ],
    [ [ 'Signature-Input', 'sig1=x' ], $good[1] ],
    [ $good[0], [ 'Signature', 'sig2=:AA==:' ] ],
    [ $good[0], [ 'Signature', 'sig1=AA' ] ],
    [ @good, [ 'Signature-Input', 'b=("@method");created=1' ],
        [ 'Signature', 'b=:AA==:' ] ])
{
    $r = asked($s, 'GET', '/signed/x', headers => $form);
    problem_is($r, 401, 'invalid-credentials', 'malformed or ambiguous fields');
}
is(asked($s, 'GET', '/signed/x', headers => \@good)->{status}, 200,
    'a refusal does not use a nonce up');

# Replay.
refused(asked($s, 'GET', '/signed/x', headers => \@good), 'nonce used before',
    'the same again') for 1 .. 3;
refused(get('/signed/x', params => { nonce => '"n' . $count . '"' }),
    'nonce used before', 'its nonce under a new signature');
is(get('/signed/x', key => 'ES256', params => { nonce => '"n' . $count . '"' })
    ->{status}, 200, 'which another key may use');
ok(reloaded($s), 'reload');
refused(asked($s, 'GET', '/signed/x', headers => \@good), 'nonce used before',
    'the same after a reload');

# -- bodies ------------------------------------------------------------------

my @type = ([ 'Content-Type', 'application/edi-x12' ]);
my $edi = edi();

sub post_edi {
    my ($body, %o) = @_;
    my $signed = $o{signed} // $body;
    return asked($s, 'POST', '/signed-orders', body => $o{sent} // $body, headers =>
        [ @type, signature('POST', '/signed-orders', body => $signed, %o) ]);
}

is(post_edi($edi)->{status}, 202, 'a signed interchange') or diag $r->{body};
my $long = edi(more => [ map { "REF*ZZ*$_" } 1 .. 20_000 ]);
is(post_edi($long)->{status}, 202, 'a long one, which lies in a file');
refused(post_edi($edi, sent => edi(control => 2)),
    'the body is not the one of Content-Digest', 'another body');
refused(post_edi($edi, sent => ''), 'the body is not the one of Content-Digest',
    'none');
refused(post_edi($edi, cover => [ '@method', '@target-uri' ]),
    'the signature does not cover the body: content-digest',
    'a body that is not covered');
refused(post_edi($edi, digest => 'md5=:AAAA:'),
    'the body is not the one of Content-Digest', 'an unknown digest alone');
refused(post_edi($edi, digest => digest_of('x') . ', ' . digest_of($edi)
    =~ s/256/512/r), 'the body is not the one of Content-Digest',
    'one of two digests is wrong');
problem_is(post_edi('no edi'), 422, 'envelope', 'signed nonsense is nonsense');
problem_is(asked($s, 'POST', '/signed-orders', body => $edi, headers =>
    [ [ 'Content-Type', 'text/plain' ],
      signature('POST', '/signed-orders', body => $edi) ]), 415, 'media-type',
    'of the wrong type');
my $chunked = sprintf "%x\r\n%s\r\n0\r\n\r\n", length $edi, $edi;
my $head = "POST /signed-orders HTTP/1.1\r\nHost: localhost\r\n"
    . "Connection: close\r\nTransfer-Encoding: chunked\r\n"
    . join '', map { "$_->[0]: $_->[1]\r\n" } @type,
    signature('POST', '/signed-orders', body => $edi);
is(asked($s, '', '', raw => "$head\r\n$chunked")->{status}, 202,
    'a body in chunks');
my @slow = ([ 'Content-Type', 'application/edi-x12' ],
    signature('POST', '/signed-orders', body => $edi));
my $sock = ask($s, '', '', raw => "POST /signed-orders HTTP/1.1\r\nHost: localhost"
    . "\r\nConnection: close\r\nContent-Length: " . length($edi) . "\r\n"
    . join('', map { "$_->[0]: $_->[1]\r\n" } @slow) . "\r\n"
    . substr $edi, 0, 30);
select undef, undef, undef, 0.3;
syswrite $sock, substr $edi, 30;
is(answer($sock)->{status}, 202, 'a body that comes late');
problem_is(asked($s, 'POST', '/signed-orders', raw => "POST /signed-orders"
    . " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"),
    413, 'too-large', 'a body that is too large, of nobody');

# What the documentation tells callers to do does what it says.
my ($example) = slurp("$root/docs/API.md")
    =~ /^### Signed requests\n.*?\n\n((?:    .*\n)+)/ms;
$example =~ s{https://api\.example\.com/v1/edi}{http://127.0.0.1:$s->{gateway_port}/signed-orders}g;
$example =~ s{acme-1}{acme-EdDSA};
$example =~ s{-inkey ed25519\.pem}{-inkey $key{EdDSA}{pem}};
$example =~ s{docs/samples}{$root/docs/samples};
$example =~ s{ > base$}{ > $s->{dir}/base}m;
$example =~ s{-in base\b}{-in $s->{dir}/base};
my ($status, $out, $err) = run_cmd('', 'sh', '-c', $example =~ s/curl/curl -si/r);
like($out, qr{^HTTP/1\.1 202 }, 'the example of docs/API.md works')
    or diag "$example\n$out$err";

# -- webhooks ----------------------------------------------------------------

my @json = ([ 'Content-Type', 'application/json' ]);
my $order = order();

sub hook {
    my ($path, $name, $value, %o) = @_;
    return asked($s, 'POST', $path, body => $o{body} // $order,
        headers => [ @json, defined $name ? [ $name, $value ] : (),
            @{ $o{headers} || [] } ]);
}

sub mac { return encode_base64(hmac_sha256($_[0], $_[1]), '') }

my $shop = mac($order, 'shop-secret');
is(hook('/hooks/shop', 'X-Shopify-Hmac-Sha256', $shop)->{status}, 202,
    'Shopify\'s order is taken');
is(hook('/hooks/erp', 'X-Frappe-Webhook-Signature', mac($order, 'erp-secret'))
    ->{status}, 200, 'ERPNext\'s too');
is(hook('/hooks/git', 'X-Hub-Signature-256',
    'sha256=' . hmac_sha256_hex($order, 'git-secret'))->{status}, 200,
    'and one in hex');
is(hook('/hooks/erp', 'X-API-Key', $s->key('webshop'))->{status}, 200,
    'or a key');
for my $bad ([ mac($order, 'erp-secret'), 'another secret' ],
    [ mac("$order ", 'shop-secret'), 'another body' ], [ '', 'an empty one' ],
    [ $shop =~ s/=$//r, 'without padding' ], [ "$shop=", 'more padding' ],
    [ mac($order, ''), 'an empty secret' ],
    [ hmac_sha256_hex($order, 'shop-secret'), 'in hex' ])
{
    refused(hook('/hooks/shop', 'X-Shopify-Hmac-Sha256', $bad->[0]),
        'bad signature', "webhook: $bad->[1]", 'Webhook realm="api"');
}
problem_is(hook('/hooks/shop'), 401, 'unauthenticated', 'a webhook without one');
problem_is(hook('/hooks/shop', 'X-Shopify-Hmac-Sha256', $shop, headers =>
    [ [ 'X-Shopify-Hmac-Sha256', $shop ] ]), 400, 'ambiguous-credentials',
    'or with two');
problem_is(hook('/hooks/erp', 'X-Frappe-Webhook-Signature',
    mac($order, 'erp-secret'), headers => [ key($s, 'webshop') ]), 400,
    'ambiguous-credentials', 'or with a key too');
problem_is(hook('/hooks/shop', 'X-Shopify-Hmac-Sha256', mac('{}', 'shop-secret'),
    body => '{}'), 422, 'sales-order-schema', 'a good one with a bad order');

for my $by ('signature', 'webhook') {
    ok(metric($s, "xd_credentials_total{by=\"$by\",outcome=\"accepted\"}") > 2
        && metric($s, "xd_credentials_total{by=\"$by\",outcome=\"refused\"}") > 4,
        "$by: counted");
}

# -- configuration -----------------------------------------------------------

my $conf = slurp("$s->{dir}/nginx/nginx.conf");
for my $bad ([ 'age=0', 'age' ], [ 'age=2h', 'age' ], [ 'cover=', 'cover' ],
    [ 'origin=api.test', 'origin' ], [ 'origin=https://api.test/', 'origin' ],
    [ 'what=1', 'cover=' ])
{
    put("$s->{dir}/nginx/nginx.conf",
        $conf =~ s/age=20s/$bad->[0]/r);
    my ($status, $err) = conf_test($s);
    ok($status != 0 && $err =~ /"xd_auth_signature" directive takes.*$bad->[1]/,
        "xd_auth_signature $bad->[0] is refused") or diag $err;
}
put("$s->{dir}/nginx/nginx.conf",
    $conf =~ s/xd_auth_webhook github webshop;/xd_auth_webhook github acme;/r);
like((conf_test($s))[1], qr/names no party with a secret/,
    'a webhook of a party without a secret is refused');
put("$s->{dir}/nginx/nginx.conf",
    $conf =~ s/xd_auth_webhook github webshop;//r);
like((conf_test($s))[1], qr/"xd_auth webhook" needs "xd_auth_webhook"/,
    'so is one of nobody');
put("$s->{dir}/nginx/nginx.conf", $conf);
put("$s->{dir}/conf/keys/ES384", $key{ES256}{public_pem});
like((conf_test($s))[1], qr/cannot use the key ".*ES384" of "acme"/,
    'a key of another algorithm is refused');

stop_all();
done_testing();
