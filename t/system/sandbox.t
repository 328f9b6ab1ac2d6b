# SPDX-License-Identifier: BSD-2-Clause

# The sandbox by itself: what every other system test leans on.  One effect per
# key, whatever goes wrong in between, and all of it survives kill -9.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Digest::SHA qw(sha256_hex);
use JSON::PP;
use POSIX ();
use Test::More;
use Time::HiRes qw(time);

use XD;

my $dir = tmp();
my ($pid, $port);

sub start {
    my ($wanted) = @_;
    pipe(my $out, my $in) or die "pipe: $!\n";
    defined($pid = fork) or die "fork: $!\n";
    if ($pid == 0) {
        close $out;
        open STDOUT, '>&', $in or die;
        open STDERR, '>>', "$dir/log" or die;
        exec "$build/bin/xd-sandbox", '--port', $wanted, '--state',
            "$dir/state.db";
        die "exec: $!\n";
    }
    close $in;
    my $line = <$out> // '';
    return $line =~ /^ready (\d+)$/ ? $1 : undef;
}

sub stop {
    my ($signal) = @_;
    return unless $pid;
    kill $signal, $pid;
    waitpid $pid, 0;
    my $status = $?;
    undef $pid;
    return $status;
}

END {
    my $status = $?;
    stop('KILL');
    $? = $status;
}

sub post {
    my ($path, $body, %headers) = @_;
    return http('POST', "http://127.0.0.1:$port$path",
        body => ref $body ? encode_json($body) : $body,
        headers => { 'Content-Type' => 'application/json', %headers });
}

sub get { return http('GET', "http://127.0.0.1:$port$_[0]") }

sub id_of { return eval { json($_[0]{content})->{id} } }

sub fault {
    my ($role, $mode, $count) = @_;
    my $r = post('/fault', { role => $role, mode => $mode, count => $count });
    return $r->{status};
}

# The only effect of a key, or undef when there is not just one.
sub effect {
    my ($role, $key) = @_;
    my $ledger = json(get("/$role/ledger?key=$key")->{content});
    return $ledger->{count} == 1 ? $ledger->{effects}[0] : undef;
}

sub shipment {
    my ($no) = @_;
    return { meta => { key => "shipment:acme:$no" }, shipmentNo => $no,
        shipFrom => { gln => '4012345000016' },
        shipTo => { gln => '4012345000023' }, units => [ { contents => [] } ] };
}

$port = start(0);
ok $port, 'says where it listens';
is get('/health')->{status}, 200, 'is up';

# -- one effect per key --------------------------------------------------------

my $trace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
my $body = encode_json(shipment('A-1'));
my $r = post('/erp/shipment', $body, 'Idempotency-Key' => 'k1',
    traceparent => $trace);
is $r->{status}, 201, 'a document is taken';
my $id = id_of($r);
like $id, qr/^ERP-\d{6}$/, 'and gets a number';

$r = post('/erp/shipment', $body, 'Idempotency-Key' => 'k1');
is $r->{status}, 200, 'the same again is no second one';
is id_of($r), $id, 'and answers the first number';

$r = post('/erp/shipment', "$body ", 'Idempotency-Key' => 'k1');
is $r->{status}, 409, 'another body under that key is a conflict';
is id_of($r), undef, 'without a number';
is post('/erp/receipt', $body, 'Idempotency-Key' => 'k1')->{status}, 409,
    'another document too';
is post('/oms/shipment', $body, 'Idempotency-Key' => 'k1')->{status}, 201,
    'another role is another system';

my $e = effect('erp', 'k1');
is $e->{attempts}, 4, 'every attempt is counted';
is $e->{id}, $id, 'ledger: id';
is $e->{document}, 'shipment', 'ledger: document';
is $e->{business}, 'shipment:acme:A-1', 'ledger: business key';
is $e->{traceparent}, $trace, 'ledger: traceparent';
is $e->{sha256}, sha256_hex($body), 'ledger: hash of the body';
like $e->{at}, qr/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/, 'ledger: time';
is effect('erp', 'shipment:acme:A-1')->{id}, $id, 'found by business key';
is effect('erp', $id)->{key}, 'k1', 'found by its number';
is json(get('/erp/ledger?key=nothing')->{content})->{count}, 0,
    'or not at all';

$r = get("/erp/documents/$id");
is $r->{content}, $body, 'the body is kept as it came';
is $r->{headers}{'x-received-type'}, 'application/json', 'with its type';
is get('/erp/documents/ERP-999999')->{status}, 404, 'an unknown number';

# -- refusals --------------------------------------------------------------------

is post('/erp/shipment', $body)->{status}, 400, 'a key is needed';
is post('/erp/shipment', '{', 'Idempotency-Key' => 'j')->{status}, 400,
    'and JSON';
is post('/nobody/shipment', $body, 'Idempotency-Key' => 'n')->{status}, 404,
    'and a role';
is http('PUT', "http://127.0.0.1:$port/erp/shipment")->{status}, 404,
    'and the method';

for my $miss (['erp', 'shipmentNo'], ['erp', 'shipFrom'], ['erp', 'units'],
    ['wms', 'shipmentNo'], ['wms', 'units'])
{
    my ($role, $member) = @$miss;
    my $doc = shipment('B');
    delete $doc->{$member};
    $r = post("/$role/shipment", $doc, 'Idempotency-Key' => "b-$member");
    is $r->{status}, 422, "$role needs $member";
    like json($r->{content})->{detail}, qr{^/\Q$member\E }, 'and says so';
    is effect($role, "b-$member"), undef, 'and keeps nothing';
}
my $doc = shipment('B');
$doc->{units} = [];
is post('/erp/shipment', $doc, 'Idempotency-Key' => 'b-empty')->{status}, 422,
    'an empty list is as good as none';
is post('/erp/sales-order', { orderNo => 'O' }, 'Idempotency-Key' => 'o')
    ->{status}, 422, 'an order needs lines';

my $edi = "ISA*00*~\x00\xff";
$r = post('/partner/documents', $edi, 'Idempotency-Key' => 'p',
    'Content-Type' => 'application/edi-x12');
is $r->{status}, 201, 'a partner takes any bytes';
is get('/partner/documents/' . id_of($r))->{content}, $edi, 'as they are';

# -- faults ----------------------------------------------------------------------

# mode, status of the answer, effects behind it
my @faults = (
    ['500', 500, 0], ['429', 429, 0], ['401', 401, 0], ['422', 422, 0],
    ['reset', 599, 0], ['reset-after-work', 599, 1],
    ['504-after-work', 504, 1], ['400-means-done', 400, 1],
    ['garbage', 200, 1],
);
for my $f (@faults) {
    my ($mode, $status, $effects) = @$f;
    my $key = "f-$mode";
    my $doc = shipment($mode);

    is fault('erp', $mode, 1), 201, "$mode: is set";
    $r = post('/erp/shipment', $doc, 'Idempotency-Key' => $key);
    is $r->{status}, $status, "$mode: status";
    is !!effect('erp', $key), !!$effects, "$mode: effect";
    is $r->{headers}{'retry-after'}, 1, "$mode: says when" if $mode eq '429';
    like id_of($r), qr/^ERP-/, "$mode: names it" if $mode eq '400-means-done';
    is id_of($r), undef, "$mode: no JSON" if $mode eq 'garbage';

    $r = post('/erp/shipment', $doc, 'Idempotency-Key' => $key);
    is $r->{status}, $effects ? 200 : 201, "$mode: then it works";
    is effect('erp', $key)->{attempts}, 2, "$mode: two attempts, one effect";
}

fault('wms', 'slow', 1);
my $began = time;
is post('/wms/shipment', shipment('S'), 'Idempotency-Key' => 's')->{status},
    201, 'a slow answer comes';
cmp_ok time - $began, '>=', 2.9, 'late';

fault('erp', '500', 2);
fault('erp', '429', 1);
is join(' ', map {
    post('/erp/shipment', shipment('Q'), 'Idempotency-Key' => 'q')->{status}
} 1 .. 4), '500 500 429 201', 'faults queue up, each so many times';

fault('erp', '500', 9);
is fault('erp', '500', 0), 201, 'count 0';
is post('/erp/shipment', shipment('R'), 'Idempotency-Key' => 'r')->{status},
    201, 'ends them';
is post('/wms/shipment', shipment('R'), 'Idempotency-Key' => 'r')->{status},
    201, 'other roles were never meant';
is fault('erp', 'nonsense', 1), 400, 'an unknown mode';
is fault('nobody', '500', 1), 400, 'an unknown role';
is fault('erp', '500', -1), 400, 'a count below 0';

# -- restarts ----------------------------------------------------------------------

my $before = get('/erp/ledger')->{content};
fault('erp', '500', 1);
isnt stop('KILL'), 0, 'killed';
is start($port), $port, 'up again on the same port';
is get('/erp/ledger')->{content}, $before, 'with the same ledger';
is post('/erp/shipment', shipment('T'), 'Idempotency-Key' => 't')->{status},
    500, 'and the same faults';

# What was answered is there, at whatever moment it dies.
my (@answered, $n);
my $killer = fork // die "fork: $!\n";
if ($killer == 0) {
    select undef, undef, undef, 0.3;
    kill 'KILL', $pid;
    POSIX::_exit(0);
}
while (1) {
    my $key = 'kill-' . ++$n;
    $r = post('/erp/shipment', shipment($key), 'Idempotency-Key' => $key);
    last if $r->{status} == 599;
    push @answered, [ $key, id_of($r) ];
}
waitpid $killer, 0;
stop('KILL');
is start($port), $port, 'up again';
cmp_ok scalar @answered, '>', 3, 'documents were answered before the kill';
is_deeply [ map { my $e = effect('erp', $_->[0]); [ $e->{key}, $e->{id} ] }
    @answered ], \@answered, 'and each is in the ledger once';

my ($status, $out, $err) = run_cmd('', "$build/bin/xd-sandbox", '--port',
    $port, '--state', "$dir/other.db");
isnt $status, 0, 'a port that is taken ends it';
like $err, qr/port $port cannot be listened on/, 'with a sentence';
($status) = run_cmd('', "$build/bin/xd-sandbox", '--port', 'x');
is $status >> 8, 2, 'bad options';

is stop('TERM'), 0, 'TERM ends it well';

done_testing;
