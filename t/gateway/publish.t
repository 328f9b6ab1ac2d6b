# SPDX-License-Identifier: BSD-2-Clause
#
# 202 only behind a confirm; every other outcome of the broker its own answer;
# and no outcome, or none at all, keeps another request waiting.

use strict;
use warnings;

use Test::More;
use Time::HiRes qw(sleep time);

use Gateway;
use XD;

my $broker = fake();
my $s = gateway($broker->url, settings => { window => 16 }, edit => sub {
    s{xd_publish_timeout .*;}{xd_publish_timeout 1s;};
    s{xd_publish_queue .*;}{xd_publish_queue 8;};
});
link_up($s) or BAIL_OUT('no link to the fake broker');

my @x12 = (key($s, 'acme'), [ 'Content-Type', 'application/edi-x12' ]);

sub start_edi {
    my (%o) = @_;
    return ask($s, 'POST', '/v1/edi', body => $o{body} // edi(),
        headers => [ @x12, @{ $o{headers} || [] } ]);
}

sub post_edi { return answer(start_edi(@_)) }
sub last_message { return $broker->last_message }

sub mode {
    $broker->mode($_[0]);
    link_up($s) or diag("no link in mode $_[0]") if $_[1] // 1;
    return;
}

# -- the message -------------------------------------------------------------------

my $r = post_edi();
is($r->{status}, 202, 'confirmed: 202');
my $id = $r->{json}{id};
like($id, qr/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/, 'a UUIDv7');
is_deeply($r->{json}, { id => $id, state => 'accepted' }, 'the body');
is_deeply($r->{headers}{location}, ["/status/$id"], 'Location');

my $m = last_message();
is($m->{exchange}, 'xd.raw', 'exchange');
is($m->{routing_key}, 'in.x12.acme', 'key');
is($m->{body}, edi(), 'the very bytes');
is($m->{message_id}, $id, 'message-id');
is($m->{mandatory}, 1, 'mandatory');
is($m->{delivery_mode}, 2, 'persistent');
is($m->{content_type}, 'application/edi-x12', 'content type');
is($m->{user_id}, 'xd-gateway', 'user-id');
is($m->{user}, 'xd-gateway', 'logged in as the same');
is($m->{app_id}, 'xd-gateway', 'app-id');
is($m->{headers}{'xd-party'}, 'acme', 'xd-party');
like($m->{headers}{'xd-received'}, qr/^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
    'xd-received');
like($m->{headers}{'xd-config'}, qr/^[0-9a-f]{64}$/, 'xd-config');
is($m->{headers}{traceparent}, $r->{headers}{traceparent}[0],
    'the trace of the answer');

$r = asked($s, 'POST', '/v1/sales-orders', body => order(), headers => [
    key($s, 'webshop'), [ 'Content-Type', 'application/json' ] ]);
is($r->{status}, 202, 'an order: 202');
$m = last_message();
is($m->{routing_key}, 'in.json.webshop', 'its key');
is($m->{type}, 'sales-order', 'its type');
is($m->{body}, order(), 'its bytes');

# -- trace -------------------------------------------------------------------------

my $trace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
$r = post_edi(headers => [ [ 'traceparent', $trace ] ]);
like(last_message()->{headers}{traceparent}, qr/^00-4bf92f35\w{24}-\w{16}-01$/,
    'a good traceparent is carried on');
for my $bad ('x', '00-' . '0' x 32 . '-00f067aa0ba902b7-01', uc $trace,
    "ff" . substr($trace, 2), "$trace-x", substr($trace, 0, 54))
{
    post_edi(headers => [ [ 'traceparent', $bad ] ]);
    like(last_message()->{headers}{traceparent},
        qr/^00-(?!4bf92f35)[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/,
        "a bad one starts a new trace: $bad");
}
post_edi(headers => [ [ 'traceparent', $trace ], [ 'traceparent', $trace ] ]);
unlike(last_message()->{headers}{traceparent}, qr/4bf92f35/, 'so do two');

# -- Idempotency-Key -----------------------------------------------------------------

sub id_for {
    my ($key) = @_;
    return post_edi(headers => [ [ 'Idempotency-Key', $key ] ])->{json}{id};
}

$id = id_for('"8e03978e-40d5-43e8-bc93-6894a57f9324"');
like($id, qr/^[0-9a-f]{8}-[0-9a-f]{4}-5/, 'with a key a UUIDv5');
is(id_for('"8e03978e-40d5-43e8-bc93-6894a57f9324"'), $id, 'the same again');
is(last_message()->{message_id}, $id, 'and on the broker');
isnt(id_for('"8e03978e-40d5-43e8-bc93-6894a57f9325"'), $id, 'another key');
$r = asked($s, 'POST', '/v1/sales-orders', body => order(), headers => [
    key($s, 'webshop'), [ 'Content-Type', 'application/json' ],
    [ 'Idempotency-Key', '"8e03978e-40d5-43e8-bc93-6894a57f9324"' ] ]);
isnt($r->{json}{id}, $id, "another party's same key is another id");
ok(id_for('"' . 'x' x 255 . '"'), '255 characters are fine');
for my $bad ('plain', '""', '"', '"a', 'a"', '"a"b"', "\"a\tb\"", '"\\x"',
    '"a\\"', '"' . 'x' x 256 . '"', '"ä"')
{
    problem_is(post_edi(headers => [ [ 'Idempotency-Key', $bad ] ]), 400,
        'idempotency-key-invalid', "bad form: " . substr $bad, 0, 10);
}
problem_is(post_edi(headers => [ ([ 'Idempotency-Key', '"a"' ]) x 2 ]), 400,
    'idempotency-key-invalid', 'two of them');

# -- bodies from everywhere ------------------------------------------------------------

my $big = edi(more => [ ('REF*XX*' . 'y' x 70) x 12000 ]);
$r = post_edi(body => $big);
is($r->{status}, 202, 'a body in a temporary file');
is(last_message()->{size}, length $big, 'arrives whole');
my $slow = ask($s, '', '', raw => "POST /v1/edi HTTP/1.1\r\nHost: a\r\n"
    . "Connection: close\r\n"
    . join('', map { "$_->[0]: $_->[1]\r\n" } @x12)
    . 'Content-Length: ' . length(edi()) . "\r\n\r\n");
for my $part (unpack '(a90)*', edi()) {
    syswrite $slow, $part;
    sleep 0.02;
}
is(answer($slow)->{status}, 202, 'a body in pieces');
my $keep = start_keep();
sub start_keep {
    my $sock;
    for (1 .. 3) {
        $sock = ask($s, 'POST', '/v1/edi', body => edi(), headers => \@x12,
            keep => 1, sock => $sock);
        is(answer($sock)->{status}, 202, "kept alive, request $_");
    }
    return $sock;
}
close $keep;

# -- outcomes --------------------------------------------------------------------------

sub retry_is {
    my ($got) = @_;
    return like($got->{headers}{'retry-after'}[0], qr/^[1-9]\d*$/,
        'with Retry-After');
}

mode('nack');
$r = post_edi();
problem_is($r, 503, 'broker-unavailable', 'nack: 503');
retry_is($r);
like($r->{json}{instance}, qr/^urn:uuid:[0-9a-f-]{36}$/, 'and its instance');

mode('return');
$r = post_edi();
problem_is($r, 503, 'unroutable', 'returned: 503');
retry_is($r);
my @mixed = map { start_edi() } 1 .. 4;
is_deeply([ map { answer($_)->{json}{type} } @mixed ],
    [ ('urn:crossdock:problem:unroutable') x 4 ], 'each of several');

mode('close-404');
$r = post_edi();
problem_is($r, 503, 'broker-misconfigured', 'exchange missing: 503');
retry_is($r);
mode('close-403');
problem_is(post_edi(), 503, 'broker-misconfigured', 'access refused: 503');

mode('ack');
is(post_edi()->{status}, 202, 'and good again');

mode('reset');
$r = post_edi();
problem_is($r, 504, 'publish-unconfirmed', 'the link died in between: 504');
like($r->{json}{detail}, qr/Idempotency-Key/, 'says how to repeat');

mode('ack');
mode('blocked', 0);
my $t = time;
$r = post_edi();
problem_is($r, 503, 'broker-unavailable', 'blocked: 503');
retry_is($r);
cmp_ok(time - $t, '<', 0.5, 'at once');
is(health($s)->{workers}[0]{blocked}, JSON::PP::true, 'health says blocked');
is(metric($s, 'xd_broker_blocked'), 1, 'metrics too');
mode('ack');
is(post_edi()->{status}, 202, 'unblocked: 202');

# A broker that takes and never answers.
mode('silent');
$t = time;
my @waiting = map { start_edi() } 1 .. 3;
my $other = time;
problem_is(asked($s, 'GET', '/none', headers => [ $x12[0] ]), 404,
    'about:blank', 'another request is served meanwhile');
cmp_ok(time - $other, '<', 0.3, 'at once');
for (@waiting) {
    problem_is(answer($_), 504, 'publish-unconfirmed', 'silent: 504');
}
cmp_ok(time - $t, '<', 2.5, 'at the deadline');
cmp_ok(time - $t, '>', 0.9, 'not before');

# A window of 16, of which the three above still hold their places, and a
# queue of 8: whoever finds room in neither is refused at once.
$t = time;
my @flood = map { start_edi() } 1 .. 40;
my @got = map { answer($_) } @flood;
my %count;
$count{ $_->{json}{type} }++ for @got;
is_deeply(\%count, { 'urn:crossdock:problem:publish-unconfirmed' => 13,
    'urn:crossdock:problem:broker-unavailable' => 27 },
    'window and queue full: 504 for what was written, 503 for the rest');
cmp_ok(time - $t, '<', 3, 'none waits longer than its deadline');

# New link, clean window: hold what comes, then one ack for all.
$broker->stop;
mode('hold', 0);
$broker->start;
ok(link_up($s), 'linked again by itself');
my @held = map { start_edi() } 1 .. 20;
sleep 0.3;
is(health($s)->{inflight}, 16, 'the window is full');
is(health($s)->{waiting}, 4, 'four wait for it');
is(metric($s, 'xd_publish_inflight'), 16, 'as the metrics say');
mode('ack-all');
is(scalar(grep { answer($_)->{status} == 202 } @held), 20,
    'one multiple ack settles all, those behind the window too');

# -- clients that leave ------------------------------------------------------------------

mode('hold');
my $before = fds((workers($s))[0]);
my @left = map { start_edi() } 1 .. 20;
sleep 0.2;
close $_ for @left;
sleep 0.3;
is(fds((workers($s))[0]), $before, 'their sockets are closed');
mode('ack-all');
is(post_edi()->{status}, 202, 'their outcomes hurt nobody');
ok(eventually(5, sub { (health($s)->{inflight} // 1) == 0 }),
    'and their slots come back');
mode('hold');
@left = map { start_edi() } 1 .. 3;
sleep 0.2;
close $_ for @left;
$broker->stop;
sleep 0.3;

# -- no broker -----------------------------------------------------------------------------

$r = post_edi();
problem_is($r, 503, 'broker-unavailable', 'down: 503');
retry_is($r);
is(asked($s, 'GET', '/health', port => $s->{status_port})->{status}, 503,
    'health: 503');
is(health($s)->{status}, 'fail', 'with its numbers');
mode('refuse', 0);
$broker->start;
ok(eventually(10, sub {
    (post_edi()->{json}{type} // '') =~ /broker-misconfigured/ }),
    'a refused login is a misconfiguration');
$broker->stop;
mode('ack', 0);
$broker->start;
ok(link_up($s), 'back by itself');
is(post_edi()->{status}, 202, 'and good again');

mode('hold');
my $cut = start_edi();
sleep 0.2;
$broker->stop;
problem_is(answer($cut), 504, 'publish-unconfirmed',
    'killed in the middle of a confirm: 504');
mode('ack', 0);
$broker->start;
link_up($s);

# -- what was counted ------------------------------------------------------------------------

my $x12 = 'xd_messages_published_total{exchange="xd.raw",doc="edi",result=';
for my $result (qw(confirmed returned refused unavailable misconfigured
    unknown))
{
    cmp_ok(metric($s, qq($x12"$result"})), '>', 0, "counted: $result");
}
cmp_ok(metric($s, 'xd_messages_published_total{exchange="xd.raw",'
    . 'doc="sales-order",result="confirmed"}'), '==', 2, 'by document');
is(metric($s, 'xd_publish_confirm_seconds_bucket{le="+Inf"}'),
    metric($s, 'xd_publish_confirm_seconds_count'), 'the histogram adds up');
cmp_ok(metric($s, 'xd_requests_total{outcome="publish-unconfirmed"}'), '>=',
    18, 'requests by outcome');
cmp_ok(metric($s, 'xd_requests_total{outcome="accepted"}'), '>=', 20,
    'accepted ones');

# -- descriptors ---------------------------------------------------------------------------------

my ($worker) = workers($s);
post_edi();
sleep 0.3;
$before = fds($worker);
for (1 .. 100) {
    my @ten = map { start_edi() } 1 .. 4;
    push @ten, ask($s, 'POST', '/v1/edi', body => 'x', headers => \@x12),
        ask($s, 'GET', '/none'), ask($s, 'POST', '/v1/edi', body => edi()),
        ask($s, '', '', raw => "BAD\r\n\r\n"),
        ask($s, 'GET', '/metrics', port => $s->{status_port}),
        ask($s, 'GET', '/health', port => $s->{status_port});
    answer($_) for @ten;
}
sleep 0.3;
is(fds($worker), $before, 'descriptors are level after 1,000 requests');

stop_all();
done_testing();
