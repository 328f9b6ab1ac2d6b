# SPDX-License-Identifier: BSD-2-Clause
#
# Certificates: a partner's instead of a key, and tokens that are bound to one.

use strict;
use warnings;

use Digest::SHA qw(sha256 sha256_hex);
use MIME::Base64 qw(encode_base64);
use Test::More;

use Gateway;
use Jose;
use XD;

my ($acme, $shop, $nobody) = map { new_cert($_) } qw(acme shop nobody);
my $over = new_cert('acme', over => 1);
my $server = new_cert('localhost');
my $key = new_key('ES256');

my $broker = fake();
my $port = XD::Stage::free_port();
my $s = gateway($broker->url, workers => 2, start => 0, edit => sub {
    s{^    xd_auth_failures.*\n}{}m;
    s{^(        listen 127\.0\.0\.1:\d+;\n)}{$1        listen 127.0.0.1:$port ssl;
        ssl_certificate server.pem;
        ssl_certificate_key server.key;
        ssl_verify_client optional_no_ca;
}m;
    s{(location /status/ \{)}{location /cert/ {
            xd_auth certificate;
            proxy_pass http://xd-insight;
            proxy_set_header XD-Party \$xd_party;
            proxy_set_header Client-Cert \$xd_client_cert;
        }
        location /any/ {
            xd_auth key token certificate;
            xd_scope status:read;
            proxy_pass http://xd-insight;
            proxy_set_header XD-Party \$xd_party;
            proxy_set_header Client-Cert \$xd_client_cert;
        }

        $1};
});
echo_server("$s->{dir}/run/xd-insight.sock");
put("$s->{dir}/nginx/server.pem", slurp($server->{cert}));
put("$s->{dir}/nginx/server.key", slurp($server->{key}));
put("$s->{dir}/conf/keys/login", jwks(jwk($key)));

my $partner = slurp("$s->{dir}/conf/partners/acme.yaml");
put("$s->{dir}/conf/partners/acme.yaml", $partner . 'certificates: [ { sha256: "'
    . sha256_hex($acme->{der}) . '" }, { sha256: "' . sha256_hex($over->{der})
    . "\" } ]\n");
my $yaml = slurp("$s->{dir}/conf/consumers.yaml");
$yaml =~ s{^(  - id: webshop\n)}{$1    tokens: [ { issuer: login, subject: shop } ]\n}m;
$yaml .= <<X;
issuers:
  - id: login
    issuer: https://login.test/
    audiences: [https://api.test/]
    keys: { file: keys/login }
X
put("$s->{dir}/conf/consumers.yaml", $yaml);
Gateway::start($s);
link_up($s) or BAIL_OUT('no link to the fake broker');

# By curl: no module of Perl's own speaks TLS.
sub call {
    my ($path, $cert, @headers) = @_;
    my ($status, $out, $err) = run_cmd('', qw(curl -sik --max-time 10),
        ($cert ? ('--cert', $cert->{cert}, '--key', $cert->{key}) : ()),
        (map { ('-H', "$_->[0]: $_->[1]") } @headers),
        "https://127.0.0.1:$port$path");
    return Gateway::parse($out, 1) // { status => 0, body => $err };
}

sub is_party {
    my ($r, $party, $name) = @_;
    return ok($r->{status} == 200 && $r->{body} =~ /^XD-Party: $party\r$/m, $name)
        || diag "$r->{status} $r->{body}";
}

sub refused {
    my ($r, $why, $name) = @_;
    problem_is($r, 401, 'invalid-credentials', $name);
    return is(($r->{json} || {})->{detail}, "Not accepted: $why.", 'and why');
}

sub bearer { return [ 'Authorization', "Bearer $_[0]" ] }

# -- instead of a key --------------------------------------------------------

my $r = call('/cert/x', $acme);
is_party($r, 'acme', 'a certificate that the registry has');
my ($field) = $r->{body} =~ /^Client-Cert: (.*)\r$/m;
is($field, ':' . encode_base64($acme->{der}, '') . ':',
    'is handed on, as RFC 9440 has it');
refused(call('/cert/x', $shop), 'certificate unknown', 'one of nobody');
$r = call('/cert/x');
problem_is($r, 401, 'unauthenticated', 'none');
is($r->{headers}{'www-authenticate'}[0], 'Certificate realm="api"',
    'with a challenge');
is(call('/cert/x', $over)->{status}, 400, 'one whose days are over');
problem_is(asked($s, 'GET', '/cert/x', headers => [ [ 'Client-Cert', $field ],
    [ 'X-SSL-Client-Cert', $field ] ]), 401, 'unauthenticated',
    'a header is no certificate');
refused(call('/cert/x', $acme, key($s, 'acme')), 'not taken here',
    'a key beside it, where none is taken');

is_party(call('/any/x', $acme), 'acme', 'where a key would do too');
is_party(call('/any/x', undef, key($s, 'webshop')), 'webshop', 'a key alone');
is_party(call('/any/x', $acme, key($s, 'acme')), 'acme',
    'a key and the certificate of its owner');
refused(call('/any/x', $acme, key($s, 'webshop')),
    'the certificate is another party\'s', 'a key, and the certificate of another');
refused(call('/any/x', $acme, [ 'X-API-Key', 'demo.guess' ]),
    'key unknown, not yet valid, or expired',
    'a good certificate makes no bad key good');
$r = call('/any/x', $nobody, key($s, 'webshop'));
is_party($r, 'webshop', 'a key, and a certificate of nobody');
unlike($r->{body}, qr/^Client-Cert: :/m, 'which is not handed on');
unlike(call('/any/x', undef, key($s, 'webshop'), [ 'Client-Cert', $field ])
    ->{body}, qr/^Client-Cert: :/m, 'nor is what a header says');

# -- bound tokens ------------------------------------------------------------

sub bound { return { cnf => { 'x5t#S256' => b64u(sha256($_[0]{der})) } } }

my $token = token($key, claim => bound($shop));
for my $turn ('first', 'again') {
    is_party(call('/any/x', $shop, bearer($token)), 'webshop',
        "a bound token with its certificate, $turn");
    refused(call('/any/x', $nobody, bearer($token)),
        'token bound to another certificate', "with another, $turn");
    refused(call('/any/x', undef, bearer($token)),
        'token bound to another certificate', "with none, $turn");
    problem_is(asked($s, 'GET', '/any/x', headers => [ bearer($token) ]), 401,
        'invalid-credentials', "without TLS, $turn");
}
ok(metric($s, 'xd_credentials_total{by="token",outcome="cached"}') >= 1,
    'it was remembered, and held against the certificate all the same');
is_party(call('/any/x', $shop, bearer(token($key))), 'webshop',
    'a token that is not bound');
for my $cnf ({ 'x5t#S256' => 'short' }, { jkt => 'x' x 43 }, {},
    { 'x5t#S256' => b64u(sha256($shop->{der})), jkt => 'x' }, 'x')
{
    problem_is(call('/any/x', $shop, bearer(token($key, claim => { cnf => $cnf }))),
        401, 'invalid-credentials', 'a binding that is not understood');
}
refused(call('/any/x', $acme, bearer(token($key, claim => bound($acme)))),
    'the certificate is another party\'s',
    'a token bound to the certificate of another party');

# -- it is gone --------------------------------------------------------------

put("$s->{dir}/conf/partners/acme.yaml", $partner);
ok(reloaded($s), 'reload without the certificate');
refused(call('/cert/x', $acme), 'certificate unknown', 'it is gone');

stop_all();
done_testing();
