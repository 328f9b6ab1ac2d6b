# SPDX-License-Identifier: BSD-2-Clause
#
# What a request may carry: media type, method, size, sender, schema; and that
# every error is a problem, nginx's own too.

use strict;
use warnings;

use Test::More;

use Gateway;
use XD;

my $broker = fake();
my $s = gateway($broker->url, settings => { body => '1MiB' });
link_up($s) or BAIL_OUT('no link to the fake broker');

my @x12 = ([ 'Content-Type', 'application/edi-x12' ]);
my @json = ([ 'Content-Type', 'application/json' ]);

sub post_edi {
    my ($body, @headers) = @_;
    return asked($s, 'POST', '/v1/edi', body => $body,
        headers => [ key($s, 'acme'), @headers ? @headers : @x12 ]);
}

sub post_order {
    my ($body, @headers) = @_;
    return asked($s, 'POST', '/v1/sales-orders', body => $body,
        headers => [ key($s, 'webshop'), @headers ? @headers : @json ]);
}

# -- method, media type, size ----------------------------------------------------

for my $method (qw(GET PUT DELETE PATCH)) {
    my $r = asked($s, $method, '/v1/edi', headers => [ key($s, 'acme') ]);
    problem_is($r, 405, 'method', "$method: 405");
    is_deeply($r->{headers}{allow}, ['POST'], 'with Allow');
}
for my $type ('text/plain', 'application/json', 'application/edi-x12x',
    'application/edifacts', ';')
{
    my $r = post_edi(edi(), [ 'Content-Type', $type ]);
    problem_is($r, 415, 'media-type', "EDI as $type: 415");
    is_deeply($r->{headers}{accept},
        ['application/edi-x12, application/edifact'], 'with Accept');
}
my $r = asked($s, 'POST', '/v1/edi', headers => [ key($s, 'acme') ],
    body => edi());
problem_is($r, 415, 'media-type', 'no type at all: 415');
$r = post_order(order(), [ 'Content-Type', 'text/json' ]);
is_deeply($r->{headers}{accept}, ['application/json'],
    'Accept of the other location');
problem_is(post_order(order(), @json, [ 'Content-Encoding', 'gzip' ]), 415,
    'media-type', 'a coded body: 415');
for my $type ('Application/EDI-X12', 'application/edi-x12; charset=us-ascii',
    'application/edi-x12 ;x')
{
    is(post_edi(edi(), [ 'Content-Type', $type ])->{status}, 202,
        "$type is the same");
}

my $fill = 'REF*XX*' . 'x' x 70;
my $over = edi(more => [ ($fill) x 14000 ]);
cmp_ok(length $over, '>', 1 << 20, 'a body over the limit');
problem_is(post_edi($over), 413, 'too-large', 'by Content-Length: 413');
my $chunked = join '', map { sprintf "%x\r\n%s\r\n", length, $_ }
    unpack('(a65536)*', $over), '';
$r = asked($s, 'POST', '/v1/edi', chunked => 1, body => $chunked,
    headers => [ key($s, 'acme'), @x12, [ 'Transfer-Encoding', 'chunked' ] ]);
problem_is($r, 413, 'too-large', 'in chunks: 413');
problem_is(asked($s, 'POST', '/v1/edi', headers => [ key($s, 'acme'), @x12,
    [ 'Content-Length', 9 << 20 ] ]), 413, 'too-large',
    "over nginx's own limit: 413");

# -- X12 ---------------------------------------------------------------------------

for my $junk ('', ' ', 'x', '{}', 'IS', 'ISA', "UNB+UNOA:1+A+B'",
    "GS*SH*A*B~", "\0" x 200, 'ISB' . 'x' x 200)
{
    problem_is(post_edi($junk), 422, 'envelope',
        'no interchange: 422 for "' . ($junk =~ s/[^ -~]/./gr) . '"');
}
for my $lead ("\xEF\xBB\xBF", "\r\n", "  \t", "\xEF\xBB\xBF\n ") {
    is(post_edi($lead . edi())->{status}, 202,
        'led by ' . unpack('H*', $lead) . ' it is one');
}
$r = post_edi(edi(sender => 'OTHER'));
problem_is($r, 403, 'sender-mismatch', "another's interchange: 403");
like($r->{json}{detail}, qr{ZZ/OTHER.*acme}, 'both are named');
problem_is(post_edi(edi(qualifier => '01')), 403, 'sender-mismatch',
    'the qualifier counts');
problem_is(post_edi(edi(sender => 'ACME2')), 403, 'sender-mismatch',
    'no beginning is enough');
problem_is(post_edi(edi() . edi(sender => 'OTHER', control => 2)), 403,
    'sender-mismatch', 'a second interchange counts');
is(post_edi(edi() . "\n" . edi(control => 2))->{status}, 202,
    'two of its own are fine');
is(post_edi(substr edi(), 0, 120)->{status}, 202,
    'what breaks off behind ISA is for the translator to grade');

# -- EDIFACT -----------------------------------------------------------------------

my @edifact = ([ 'Content-Type', 'application/edifact' ]);

sub unb {
    my (%o) = (sender => 'ACME:ZZ', una => '', control => 1, @_);
    return "$o{una}UNB+UNOC:3+$o{sender}+CROSSDOCK:ZZ+260814:0915+$o{control}'"
        . "UNH+1+DESADV:D:96A:UN'UNT+2+1'UNZ+1+$o{control}'";
}

is(post_edi(unb(), @edifact)->{status}, 202, 'an interchange of EDIFACT');
my $m = $broker->last_message;
is($m->{routing_key}, 'in.edifact.acme', 'goes where xd-edifact takes it');
is($m->{content_type}, 'application/edifact', 'as what it is');
is($m->{body}, unb(), 'the very bytes');
for my $una ("UNA:+.? '", "\xEF\xBB\xBF\r\nUNA:+.? '\n") {
    is(post_edi(unb(una => $una), @edifact)->{status}, 202, 'led by UNA');
}
is(post_edi("UNA;*.! ~UNB*UNOC;3*AC!ME;ZZ*US;ZZ*260814;0915*1~UNZ*0*1~",
    @edifact)->{status}, 202, 'its own marks, and released characters');
problem_is(post_edi(unb(sender => 'OTHER:ZZ'), @edifact), 403,
    'sender-mismatch', "another's interchange: 403");
problem_is(post_edi(unb(sender => 'ACME:14'), @edifact), 403,
    'sender-mismatch', 'the qualifier counts');
problem_is(post_edi(unb(sender => 'ACME'), @edifact), 403,
    'sender-mismatch', 'also when there is none');
problem_is(post_edi(unb() . unb(sender => 'OTHER:ZZ'), @edifact), 403,
    'sender-mismatch', 'a second interchange counts');
problem_is(post_edi($_, @edifact), 422, 'envelope',
    'no interchange: 422 for "' . ($_ =~ s/[^ -~]/./gr) . '"')
    for '', 'x', 'UNB', "UNH+1+ORDERS:D:96A:UN'", edi();
problem_is(post_edi(unb()), 422, 'envelope',
    'nor is it one of X12: the type says which it is');

# -- JSON --------------------------------------------------------------------------

for my $bad ('', '{', '{"orderNo":1,}', "\xff", '[1', "{\"a\":\n  tru}") {
    $r = post_order($bad);
    problem_is($r, 422, 'not-well-formed', 'broken: 422');
    ok(ref $r->{json}{errors} eq 'ARRAY' && $r->{json}{errors}[0]{line},
        'with its place') or diag($r->{body});
}
is($r->{json}{errors}[0]{line}, 2, 'line counts from 1');
$r = post_order('[' x 5000);
problem_is($r, 422, 'not-well-formed', 'deeper than the limit: 422');
$r = post_order('{"a":1,"a":2}');
problem_is($r, 422, 'not-well-formed', 'a member twice: 422');

$r = post_order(order(orderNo => undef));
problem_is($r, 422, 'sales-order-schema', 'a member missing: 422');
is($r->{json}{errors}[0]{rule}, 'required', 'rule');
like($r->{json}{errors}[0]{text}, qr/orderNo/, 'text names it');
$r = post_order(order(ccy => 'XXXX', channel => 7));
problem_is($r, 422, 'sales-order-schema', 'wrong values: 422');
is_deeply([ sort map { $_->{ptr} } @{ $r->{json}{errors} } ],
    [ '/ccy', '/channel' ], 'each has its pointer');
ok(!(grep { !$_->{line} || !$_->{col} || !$_->{text} }
    @{ $r->{json}{errors} }), 'line, column and a sentence');
$r = post_order(order(totals => { net => { amount => '19.95', ccy => 'EUR' },
    tax => { amount => '3.78', ccy => 'EUR' },
    gross => { amount => '23.73', ccy => 'EUR' } }));
problem_is($r, 422, 'sales-order-rules', 'lines that do not sum up: 422');
is($r->{json}{errors}[0]{rule}, 'sales-order.net', 'with the id of the rule');
is($r->{json}{errors}[0]{ptr}, '/totals/net', 'and its place');
like($r->{json}{detail}, qr/it says 19\.95; the sum is 19\.9\b/,
    'and what to change');
problem_is(post_order(order(surprise => 1)), 422, 'sales-order-schema',
    'an unknown member: 422');
problem_is(post_order(order(meta => { id => 'x' })), 422,
    'sales-order-schema', 'meta is ours to write');
is(post_order(order(meta => { ext => { shop => { a => 1 } } }))->{status}, 202,
    'but for meta.ext');
is(post_order(order())->{status}, 202, 'a whole order goes in');
my $lines = [ map { { lineNo => $_,
    item => { altIds => [ { scheme => 'sku', value => 'A-1' } ] },
    qty => { value => 'x', uom => 'EA' },
    unitPrice => { amount => '1', ccy => 'EUR' },
    fulfil => { method => 'ship' } } } 1 .. 2000 ];
$r = post_order(order(lines => $lines));
problem_is($r, 422, 'sales-order-schema', 'thousands of faults: 422');
cmp_ok(@{ $r->{json}{errors} }, '<=', 100, 'of which the first are shown');

# -- nginx's own errors --------------------------------------------------------------

my %raw = (
    "GARBAGE\r\n\r\n" => 400,
    "GET / HTTP/9.9\r\n\r\n" => 505,
    "GET / HTTP/1.1\r\n\r\n" => 400,
    'GET /' . 'x' x 40000 . " HTTP/1.1\r\nHost: a\r\n\r\n" => 414,
    "GET / HTTP/1.1\r\nHost: a\r\nX: " . 'x' x 40000 . "\r\n\r\n" => 400,
    "POST /v1/edi HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\n\r\n" => 501,
);
for my $raw (sort keys %raw) {
    $r = asked($s, '', '', raw => $raw);
    problem_is($r, $raw{$raw}, 'about:blank',
        "nginx's own $raw{$raw}: " . substr($raw =~ s/\r\n.*//sr, 0, 30));
}
problem_is(asked($s, 'GET', '/none', headers => [ key($s, 'acme') ]), 404,
    'about:blank', "nginx's own 404");
$r = asked($s, 'GET', '/status/x', headers => [ key($s, 'acme') ]);
problem_is($r, 502, 'upstream-error', 'no service behind: 502');
$r = asked($s, 'HEAD', '/v1/edi', headers => [ key($s, 'acme') ]);
is($r->{status}, 405, 'HEAD is refused as well');

my $sock = "$s->{dir}/run/xd-insight.sock";
my $old = echo_server($sock, status => '404 Not Found', type => 'text/html',
    body => '<h1>none</h1>' x 1000);
problem_is(asked($s, 'GET', '/status/x', headers => [ key($s, 'acme') ]), 404,
    'about:blank', "a service's error page becomes a problem");
my $own = '{"type":"urn:crossdock:problem:unknown-id","title":"t","status":404}';
echo_server($sock, status => '404 Not Found',
    type => 'application/problem+json', body => $own);
is(asked($s, 'GET', '/status/x', headers => [ key($s, 'acme') ])->{body}, $own,
    "a service's own problem stays as it is");

stop_all();
done_testing();
