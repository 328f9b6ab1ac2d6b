# SPDX-License-Identifier: BSD-2-Clause
#
# What failed for good: a case with all that a person needs, while the key
# stays held where it was; released, mended or discarded, by one or two
# persons, one or many; once, also over a kill.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Digest::SHA qw(sha256_hex);
use Test::More;
use Time::HiRes qw(sleep);
use XD;

my $s = stage();
$s->broker;
$s->configure(settings => { tiers => '[50ms]', attempts => 2,
    deadline => '1h', two_persons => '[discard]' });
my $erp = "$s->{dir}/conf/systems/erp.yaml";
put($erp, slurp($erp) =~ s/failures: 5/failures: 1000/r);
$s->topology;
$s->sandbox;
$s->daemon($_) for qw(xd-insight xd-http xd-doc xd-hospital);
$s->gateway;

my $sandbox = "http://127.0.0.1:$s->{sandbox_port}";
my $order = slurp("$root/docs/samples/order.json");


sub order {
    my ($number, $mark) = @_;
    (my $body = $order) =~ s/WEB-1001/$number/;
    $body =~ s/pay_8812/$mark/ if $mark;
    my $r = http('POST', $s->gateway_url . '/v1/sales-orders', body => $body,
        headers => { 'x-api-key' => $s->key('webshop'),
            'content-type' => 'application/json' });
    $r->{status} == 202 or die "$r->{status} $r->{content}\n";
    return;
}


sub fault {
    my ($mode, $count) = @_;
    my $r = http('POST', "$sandbox/fault",
        body => qq({"role":"erp","mode":"$mode","count":$count}));
    $r->{success} or die "fault: $r->{status} $r->{content}\n";
    return;
}


# The marks that the ERP has got under a number, in its order.
sub got {
    my ($number) = @_;
    return join ' ', map { /"(m\d)"/ }
        map { http('GET', "$sandbox/erp/documents/$_->{id}")->{content} }
        grep { ($_->{business} // '') =~ /:\Q$number\E$/ }
        @{ (get_json("$sandbox/erp/ledger") || {})->{effects} || [] };
}


# As root, or as the second person; the tool's status, output and errors.
sub hospital {
    my (@args) = @_;
    my @as = ref $args[0] ? @{ shift @args } : ();
    my ($wait, $out, $err) = run_cmd('', @as, "$s->{build}/bin/xd",
        'hospital', '-c', "$s->{dir}/conf/crossdock.yaml", @args);
    return ($wait >> 8, $out, $err);
}

my @second = qw(setpriv --reuid=nobody --regid=nogroup --clear-groups);


sub does {
    my ($want, $name, @args) = @_;
    my ($status, $out, $err) = hospital(@args);
    is($status, $want, $name) or diag $out . $err;
    return $out . $err;
}


sub cases {
    my (@args) = @_;
    my (undef, $out) = hospital('list', '--json', @args);
    return @{ json($out)->{cases} };
}


# -- a case, and what is known of it -------------------------------------------------

fault('500', 2);
order('ONE', 'm1');
my ($case) = eventually(20, sub { (cases())[0] });
ok($case, 'a case is opened after the last attempt') or BAIL_OUT('no case');
$case = (cases())[0];
is($case->{process}, 'http', 'of the process');
is($case->{key}, 'sales-order:webshop:ONE', 'with its key');
is($case->{attempts}, 2, 'and its attempts');
ok($case->{held}, 'the message is kept');

order('ONE', 'm2');
order('TWO', 'm1');
ok(eventually(10, sub { got('TWO') eq 'm1' }), 'other keys flow');
is(got('ONE'), '', 'those behind the case do not');

my $shown = does(0, 'show', 'show', $case->{case});
like($shown, qr/^\s+\S+  http\.500  .*/m, 'tells the reasons');
my (undef, $bytes) = hospital('show', '--body', $case->{case});
like($bytes, qr/"m1"/, 'and the bytes as they are');
my (undef, $whole) = hospital('show', '--json', $case->{case});
$whole = json($whole);
is($whole->{sha256}, sha256_hex($bytes), 'whose hash is told');
is(scalar @{ $whole->{reasons} }, 2, 'every attempt has its reason');
like($whole->{config}, qr/^[0-9a-f]{64}$/, 'and the configuration its hash');

# -- release ------------------------------------------------------------------------

like(does(0, 'release', 'release', $case->{case}), qr/: released$/m, 'is told');
ok(eventually(20, sub { got('ONE') eq 'm1 m2' }), 'it goes on, in order');
like(does(1, 'a second time', 'release', $case->{case}), qr/closed already/,
    'is refused');
like(does(1, 'of a case that is none', 'release', 'florb'), qr/no case/, 'too');
(undef, $whole) = hospital('show', '--json', $case->{case});
is(json($whole)->{notes}[0]{action}, 'release', 'the case remembers it');
is(json($whole)->{notes}[0]{who}, (getpwuid $>)[0], 'and who it was');

# -- mend -----------------------------------------------------------------------------

fault('500', 2);
order('MEND', 'm1');
order('MEND', 'm2');
($case) = eventually(20, sub { cases() }) && cases();
(undef, $bytes) = hospital('show', '--body', $case->{case});
(my $broken = $bytes) =~ s/"lines"/"lime"/;
put("$s->{dir}/broken.json", $broken);
(my $mended = $bytes) =~ s/"m1"/"m7"/;
put("$s->{dir}/mended.json", $mended);

like(does(1, 'mend without a reason', 'mend', $case->{case}, "$s->{dir}/mended.json"),
    qr/"why"/, 'says what is missing');
like(does(1, 'mend with what is no order', 'mend', '--why', 'typo',
    $case->{case}, "$s->{dir}/broken.json"), qr/lime|lines/, 'says what is wrong');
does(0, 'mend', 'mend', '--why', 'wrong payment', $case->{case},
    "$s->{dir}/mended.json");
ok(eventually(20, sub { got('MEND') eq 'm7 m2' }), 'the mended bytes go on, in order');
(undef, $bytes) = hospital('show', '--mended', $case->{case});
is($bytes, $mended, 'and stay with the case');

# -- discard, by two persons ---------------------------------------------------------

SKIP: {
    $> == 0 or skip 'not root: no second person', 10;
    fault('500', 2);
    order('GONE', 'm1');
    order('GONE', 'm2');
    ($case) = eventually(20, sub { cases() }) && cases();
    like(does(0, 'discard', 'discard', '--why', 'twice', $case->{case}),
        qr/waits for a second person/, 'needs a second person');
    like(does(1, 'who is not the first', 'approve', $case->{case}),
        qr/Somebody else/, 'says why');
    my ($many) = does(0, 'discard --all', 'discard', '--all', '--why', 'twice')
        =~ /^job (\S+): 1 cases$/m;
    ok(eventually(10, sub { (hospital('job', $many))[1] !~ /waits$/m }),
        'a job of it is carried out');
    like((hospital('job', $many))[1], qr/  waits for a second person$/m,
        'and does not call done what waits');
    is(got('GONE'), '', 'nothing has happened yet');
    does(0, 'the second approves', \@second, 'approve', $case->{case});
    ok(eventually(20, sub { got('GONE') eq 'm2' }), 'it is gone, and the next goes on');
}

# -- many, and a kill in the middle -----------------------------------------------------

fault('500', 40);
order("MANY-$_", 'm1') for 1 .. 20;
ok(eventually(60, sub { cases() == 20 }), 'twenty cases');
my ($job) = does(0, 'release --all', 'release', '--all', '--process', 'http',
    '--why', 'the ERP is back') =~ /^job (\S+): 20 cases$/m;
ok($job, 'is a job of twenty');
$s->end('xd-hospital', 'KILL');
$s->daemon('xd-hospital');
ok(eventually(60, sub { 20 == grep { got("MANY-$_") eq 'm1' } 1 .. 20 }),
    'all go on, once, although xd-hospital was killed');
ok(eventually(20, sub { 20 == (() = (hospital('job', $job))[1] =~ /  done$/mg) }),
    'each has its result');
is(scalar(cases()), 0, 'the ward is empty');
like((hospital('list'))[2], qr/^no case is open$/m, 'and says so');
like((hospital('list', '--state', 'all'))[1], qr/  released  /, 'all have the released ones');
like((hospital('list', '--state', 'released'))[1], qr/  released  /, 'or these alone');

# -- deadlines ------------------------------------------------------------------------

my $conf = "$s->{dir}/conf/crossdock.yaml";
put($conf, slurp($conf) =~ s/deadline: 1h/deadline: 1s/r);
kill 'HUP', $s->pid('xd-hospital');
sleep 1;
fault('500', 2);
order('LATE', 'm1');
ok(eventually(30, sub { my ($c) = cases(); $c && $c->{escalated} }),
    'a case whose deadline passes escalates');
ok(eventually(10, sub {
    $s->control('xd-insight', '/trace?key=LATE') =~ /escalated/;
}), 'and everybody is told');
like($s->control('xd-hospital', '/metrics'), qr/^xd_hospital_depth 1$/m,
    'metrics say how many wait');
does(0, 'released', 'release', (cases())[0]{case});
ok(eventually(20, sub { got('LATE') eq 'm1' }), 'and goes on');

ok(!(grep { /Sanitizer|runtime error/ } map { slurp($_) } glob "$s->{dir}/log/*"),
    'no sanitizer has complained');
$s->stop;
done_testing;
