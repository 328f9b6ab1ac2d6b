# SPDX-License-Identifier: BSD-2-Clause
#
# Bad input and refusals, through the real gateway and broker: everything is
# answered or graded, nothing is dropped, and what needs a person comes to the
# ward with its bytes and its reasons.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Digest::SHA ();
use MIME::Base64 qw(decode_base64 encode_base64);
use Test::More;
use XD;

my $s = stage();
$s->broker;
$s->configure;
$s->topology;
$s->sandbox;
$s->daemon($_) for qw(xd-insight xd-http xd-x12 xd-doc);
$s->gateway;

my $url = $s->gateway_url;
my $sandbox = "http://127.0.0.1:$s->{sandbox_port}";
my $edi = slurp("$root/docs/samples/856.edi");
my $order = slurp("$root/docs/samples/order.json");
my ($admin) = $s->{mgmt_url} =~ m{//([^:]+):};
my $serial = 0;

# The administrator of the node may not touch our virtual host by himself.
$s->mgmt('PUT', "permissions/crossdock/$admin",
    '{"configure":"","write":".*","read":".*"}')->{success}
    or die "no permission for $admin\n";


# The sample under numbers of its own; its interchange number is returned too.
sub fresh {
    my $n = ++$serial;
    my $isa = sprintf '%09d', 700000 + $n;
    my $gs = 70000 + $n;
    my $bytes = $edi;
    $bytes =~ s/\b000000905\b/$isa/g;
    $bytes =~ s/\*905\b/*$gs/g;
    $bytes =~ s/SHP-20260814-7/SHP-BAD-$n/g;
    return ($bytes, $isa, $gs, "SHP-BAD-$n");
}


sub post_edi {
    my ($bytes) = @_;
    my $r = http('POST', "$url/v1/edi", body => $bytes, headers => {
        'x-api-key' => $s->key('acme'),
        'content-type' => 'application/edi-x12' });
    is($r->{status}, 202, 'taken for grading') or diag $r->{content};
    return json($r->{content})->{id};
}


sub post_order {
    my ($number, %change) = @_;
    my $body = $order =~ s/WEB-1001/$number/gr;
    $body =~ s/\Q$_\E/$change{$_}/g for keys %change;
    my $r = http('POST', "$url/v1/sales-orders", body => $body, headers => {
        'x-api-key' => $s->key('webshop'),
        'content-type' => 'application/json' });
    is($r->{status}, 202, "$number is taken") or diag $r->{content};
    return json($r->{content})->{id};
}


# As another transport would: straight to the broker.  Returns the id.
sub publish {
    my ($exchange, $key, $bytes, %o) = @_;
    my $id = sprintf '018f6c2e-0000-7000-8000-%012d', ++$serial;
    my $r = $s->mgmt('POST', "exchanges/crossdock/$exchange/publish",
        JSON::PP->new->encode({ routing_key => $key,
            payload => encode_base64($bytes, ''), payload_encoding => 'base64',
            properties => { message_id => $id, delivery_mode => 2,
                content_type => $o{content_type} // 'application/edi-x12',
                headers => {}, $o{type} ? (type => $o{type}) : () } }));
    ok($r->{success} && json($r->{content})->{routed}, "$key: published")
        or diag $r->{content};
    return $id;
}


sub ledger {
    my ($role) = @_;
    return @{ (get_json("$sandbox/$role/ledger") || {})->{effects} || [] };
}


sub status {
    my ($id, $party) = @_;
    return get_json("$url/status/$id",
        headers => { 'x-api-key' => $s->key($party) }) || {};
}


sub becomes {
    my ($id, $party, $state) = @_;
    my $got;
    ok(eventually(30, sub {
        $got = status($id, $party);
        return ($got->{state} // '') eq $state;
    }), "the status becomes $state") or diag explain $got;
    return $got;
}


# The acknowledgement with that text, once it is with the partner.
my %ack;
sub ack_with {
    my ($want) = @_;
    my $found;
    eventually(20, sub {
        for (ledger('partner')) {
            $ack{ $_->{id} } //= http('GET',
                "$sandbox/partner/documents/$_->{id}")->{content};
        }
        ($found) = grep { /$want/ } values %ack;
        return $found;
    });
    return $found // '';
}


# All cases of the ward; they stay there.
sub ward {
    my $r = $s->mgmt('POST', 'queues/crossdock/xd.q.hospital.ward/get',
        '{"count":200,"ackmode":"ack_requeue_true","encoding":"base64"}');
    return map { json(decode_base64($_->{payload})) }
        @{ json($r->{content}) };
}


sub case_of {
    my ($id) = @_;
    my $case;
    eventually(20, sub {
        ($case) = grep { $_->{messageId} eq $id } ward();
        return $case;
    });
    return $case // {};
}


sub exception_in_trace {
    my ($key, $code) = @_;
    return eventually(20, sub {
        my (undef, $out) = $s->xd('trace', $key);
        return $out =~ /exception\.opened .* code=\Q$code\E/;
    });
}


sub fault {
    my ($role, $mode, $count) = @_;
    http('POST', "$sandbox/fault", headers =>
        { 'content-type' => 'application/json' },
        body => qq({"role":"$role","mode":"$mode","count":$count}));
    return;
}


# -- interchanges that are wrong -----------------------------------------------------

for (['a wrong count', sub { s/SE\*33\*/SE*30*/ }, 'AK5\*R\*4~AK9\*R\*1\*1\*0'],
    ['an unknown segment', sub { s/HL\*1\*\*S/ZZZ*1~$&/; s/SE\*33/SE*34/ },
        'AK3\*ZZZ\*3\*\*1~.*AK5\*R\*5~AK9\*R'],
    ['an unknown set', sub { s/ST\*856/ST*000/ }, 'AK2\*000\*0001~AK5\*R\*1~'],
    ['an orphan HL', sub { s/HL\*5\*4\*I/HL*5*99*I/ }, 'AK3\*HL\*21\*.*AK5\*R'],
    ['a circle of HL', sub { s/HL\*3\*2\*T/HL*3*5*T/ }, 'AK3\*HL\*17\*.*AK5\*R'],
    ['wrong group numbers', sub { s/GE\*1\*\d+/GE*1*1/ }, 'AK9\*R\*1\*1\*0\*4'])
{
    my ($name, $break, $want) = @$_;
    note $name;
    my ($bytes, $isa, $gs) = fresh();
    $break->() for $bytes;
    my $id = post_edi($bytes);
    my $ack = ack_with(qr/AK1\*SH\*$gs~/);
    like($ack, qr/$want/, "$name: the 997 says what");
    my $st = becomes($id, 'acme', 'exception');
    my ($e) = grep { $_->{document} eq 'exception' } @{ $st->{documents} };
    is($e->{code}, 'x12.set.rejected', 'an exception stands beside it');
    isnt($e->{text}, 'the set was rejected in its acknowledgement',
        "with its own reason: $e->{text}");
}

for (['numbers that differ', sub { s/IEA\*1\*\d+/IEA*1*000000001/ }, 'R\*001'],
    ['an interchange that ends early', sub { $_ = substr $_, 0, index $_, 'CTT*' },
        '[ER]\*023'])
{
    my ($name, $break, $want) = @$_;
    note $name;
    my ($bytes, $isa) = fresh();
    $break->() for $bytes;
    my $id = post_edi($bytes);
    like(ack_with(qr/TA1\*$isa\*/), qr/TA1\*$isa\*\d{6}\*\d{4}\*$want~/,
        "$name: the TA1 says what");
    becomes($id, 'acme', 'exception');
}

# Dirt alone is forgiven.
for (['a byte order mark', sub { substr $_, 0, 0, "\xEF\xBB\xBF" }],
    ['no final terminator', sub { s/~\n?$// }],
    ['one line', sub { s/\n//g }])
{
    my ($name, $change) = @$_;
    note $name;
    my ($bytes, undef, $gs) = fresh();
    $change->() for $bytes;
    my $id = post_edi($bytes);
    like(ack_with(qr/AK1\*SH\*$gs~/), qr/AK9\*A\*1\*1\*1/, "$name: accepted");
    becomes($id, 'acme', 'done');
}

is(scalar(grep { $_->{business} =~ /SHP-BAD-/ } ledger('erp')), 3,
    'the ERP saw the good ones and no other');

# -- by another transport -------------------------------------------------------------------

my ($foreign) = fresh();
$foreign =~ s/\*ZZ\*ACME  /*ZZ*ROGUE /;
my $id = publish('xd.raw', 'in.x12.acme', $foreign);
my $case = case_of($id);
is($case->{process}, 'x12', 'a foreign sender is a case');
is($case->{reasons}[0]{code}, 'x12.sender', 'with the reason');
like($case->{reasons}[0]{text}, qr/ZZ:ROGUE.* not acme/, 'in words');
is(decode_base64($case->{body} // ''), $foreign, 'and its bytes');
is($case->{queue}, 'xd.q.x12.raw', 'and where it came from');
ok(exception_in_trace($id, 'x12.sender'), 'and an exception fact');

$id = publish('xd.raw', 'in.x12.acme', "hello\n");
is(case_of($id)->{reasons}[0]{code}, 'x12.not-edi', 'no EDI is a case');
$id = publish('xd.raw', 'in.x12.florb', $edi);
is(case_of($id)->{reasons}[0]{code}, 'x12.party', 'no partner is a case');

my ($bytes, $isa, $gs, $number) = fresh();
my $first = post_edi($bytes);
becomes($first, 'acme', 'done');
my @before = ledger('partner');
$id = publish('xd.raw', 'in.x12.acme', $bytes);
ok(eventually(20, sub { ledger('partner') == @before + 1 }),
    'the same interchange by another way is answered');
my ($one, $two) = (ledger('partner'))[-2, -1];
is($two->{sha256}, $one->{sha256}, 'with the same bytes');
is(scalar(grep { $_->{business} =~ /:\Q$number\E$/ } ledger('erp')), 1,
    'and is not doubled');

my $bad = $order =~ s/"lineNo":\s*1,//r;
$id = publish('xd.raw', 'in.json.webshop', $bad, type => 'sales-order',
    content_type => 'application/json');
$case = case_of($id);
is($case->{reasons}[0]{code}, 'doc.invalid', 'an incomplete order is a case');
like($case->{reasons}[0]{text}, qr{^\d+:\d+ /lines/0: .*lineNo},
    'with line, column and pointer');
is(decode_base64($case->{body} // ''), $bad, 'and its bytes');
ok(exception_in_trace($id, 'doc.invalid'), 'and an exception fact');

# Lines that do not sum up: told at the edge, and behind it for who does not
# come through the gateway.
($bad = $order) =~ s/"net": \{\s*"amount": "39.80"/"net": {"amount": "39.85"/
    or die;
my $unsummed = http('POST', "$url/v1/sales-orders", body => $bad, headers => {
    'x-api-key' => $s->key('webshop'), 'content-type' => 'application/json' });
is($unsummed->{status}, 422, 'an order whose lines do not sum up is refused');
my $told = json($unsummed->{content})->{errors}[0];
is($told->{rule}, 'sales-order.net', 'with the id of the rule');
is($told->{ptr}, '/totals/net', 'and its place');
$id = publish('xd.raw', 'in.json.webshop', $bad, type => 'sales-order',
    content_type => 'application/json');
$case = case_of($id);
is($case->{reasons}[0]{code}, 'doc.invalid', 'behind the gateway it is a case');
like($case->{reasons}[0]{text},
    qr{^\d+:\d+ /totals/net: .* it says 39\.85; .* 39\.8 \[sales-order\.net\]$},
    'with place, sentence and the id of the rule');
ok(exception_in_trace($id, 'doc.invalid'), 'and an exception fact');

$id = publish('xd.raw', 'in.json.webshop', $order, type => 'florb',
    content_type => 'application/json');
is(case_of($id)->{reasons}[0]{code}, 'doc.unknown', 'an unknown document too');

# -- an order again -------------------------------------------------------------------------

my $v1 = post_order('WEB-2001');
my $v2 = post_order('WEB-2001', '"T-shirt, red, M"' => '"T-shirt, blue, M"');
becomes($_, 'webshop', 'done') for $v1, $v2;
my @erp = grep { $_->{business} =~ /:WEB-2001$/ } ledger('erp');
is(scalar @erp, 2, 'an order that comes again is another effect');
my @docs = map { json(http('GET', "$sandbox/erp/documents/$_->{id}")->{content}) }
    @erp;
is_deeply([ map { $_->{meta}{keyVersion} } @docs ], [ 1, 2 ],
    'its versions come in order');
is_deeply([ map { $_->{lines}[0]{item}{description} =~ /, (\w+),/ } @docs ],
    [qw(red blue)], 'each with its content');

# -- an ERP that refuses for good ------------------------------------------------------------

fault('erp', '422', 1);
my $refused = post_order('WEB-3001');
my $st = becomes($refused, 'webshop', 'refused');
my ($delivery) = @{ $st->{deliveries} };
is($delivery->{status}, 'refused', 'the delivery is refused');
like($delivery->{reason}, qr/422/, 'with the answer of the ERP');
my ($fact) = grep { $_->{document} eq 'sales-order' } @{ $st->{documents} };

($case) = ();
ok(eventually(20, sub {
    ($case) = grep { ($_->{key} // '') eq 'sales-order:webshop:WEB-3001' } ward();
}), 'the ward has its case');
is($case->{process}, 'http', 'of xd-http');
like($case->{queue}, qr/^xd\.q\.http\.erp\.p0\d$/, 'from the ERP\'s queue');
is($case->{held}, JSON::PP::true, 'its lane stands still');
is($case->{attempts}, 1, 'after one attempt');
is($case->{reasons}[0]{code}, 'http.422', 'with its reason');
my $body = json(decode_base64($case->{body}));
is($body->{meta}{id}, $fact->{id}, 'and the document that was refused');
is($body->{orderNo}, 'WEB-3001', 'whole');
is(Digest::SHA::sha256_hex(decode_base64($case->{body})), $case->{sha256},
    'by its hash');

my $behind = post_order('WEB-3001', '"T-shirt, red, M"' => '"T-shirt, blue, M"');
my $aside = post_order('WEB-3002');
becomes($aside, 'webshop', 'done');
is(status($behind, 'webshop')->{state}, 'processing',
    'a later order of that key waits');
is(scalar(grep { $_->{business} =~ /:WEB-3001$/ } ledger('erp')), 0,
    'nothing of it reached the ERP');
is(scalar(grep { $_->{business} =~ /:WEB-3002$/ } ledger('erp')), 1,
    'another key flowed past it');

# A person lets it go: both follow, in order.
publish('xd.cmd', 'http.held.case.release.v1.p00',
    JSON::PP->new->encode({ messageId => $case->{messageId},
        action => 'as-is' }), content_type => 'application/json');
becomes($behind, 'webshop', 'done');
@docs = map { json(http('GET', "$sandbox/erp/documents/$_->{id}")->{content}) }
    grep { $_->{business} =~ /:WEB-3001$/ } ledger('erp');
is_deeply([ map { $_->{meta}{keyVersion} } @docs ], [ 1, 2 ],
    'released, both come in order');
$st = status($refused, 'webshop');
is($st->{state}, 'exception', 'the first has its case still, but no refusal');
is($st->{deliveries}[-1]{status}, 'confirmed', 'since it was confirmed at last');

# -- and nobody died --------------------------------------------------------------------------

is_deeply([ $s->ended ], [], 'every process is still there');
for my $name (qw(xd-x12 xd-doc xd-http xd-insight)) {
    unlike($s->log_of($name), qr/Sanitizer|runtime error|assert/i,
        "$name: nothing in its log that should not be");
}

$s->stop;
done_testing;
