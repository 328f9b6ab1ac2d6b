#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The room bus against a real broker: the plan of the topology is applied,
# each user can do just its own, and t/unit/bus/client_live_test.c runs
# while the broker is killed, starved of memory, stopped, and loses a queue.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";
use POSIX qw(:sys_wait_h);
use Test::More;
use Time::HiRes qw(sleep);
use XD;

my ($live) = grep { -x } map { "$_/t/unit/bus/client_live_test" }
    "$root/build/asan", $build;
$live or die "client_live_test is not built: make SAN=1 units\n";

my $s = stage();
$s->broker;
my $dir = "$s->{dir}/live";
mkdir $dir or die "$dir: $!\n";


# A url with a login in it; the broker's port stays the same over restarts.
sub url {
    my ($login) = @_;
    (my $url = $s->{amqp_url}) =~ s{//}{//$login\@};
    return $url;
}


sub admin {
    my ($login) = $s->{mgmt_url} =~ m{//([^\@]+)\@};
    return url($login);
}


# Starts one case in the background; returns its pid.
sub start_case {
    my ($case, $url) = @_;
    unlink "$dir/ready", "$dir/done";
    return $s->spawn("live-$case", { env => {
        XD_TEST_AMQP_URL => $url, XD_TEST_DIR => $dir, CK_RUN_CASE => $case,
        CK_TAP_LOG_FILE_NAME => '-', CK_VERBOSITY => 'silent' } }, $live);
}


# Waits for the case's end, and says of each of its tests how it went.
sub finish_case {
    my ($case, $pid) = @_;
    my $ended = eventually(120, sub { waitpid($pid, WNOHANG) == $pid });
    my $status = $?;
    my @tests = $s->log_of("live-$case") =~ /^((?:not )?ok .*)$/mg;

    $ended or $s->end("live-$case", 'KILL');
    $s->ended;
    for (@tests) {
        my ($bad, $name) = /^(not )?ok \d+\s*-?\s*(.*)/;
        ok(!$bad, "$case: $name");
    }
    ok($ended && $status == 0 && @tests > 0, "$case: ended well")
        or diag($s->log_of("live-$case"));
    return;
}


sub asked { return eventually(60, sub { unlink "$dir/ready" }) }
sub say_done { put("$dir/done", '') }


# The node's own tool: same epmd, same cookie.
sub rabbitmqctl {
    my (@args) = @_;
    my $broker = "$s->{dir}/broker";
    my @ports = split ' ', slurp("$broker/ports");
    local @ENV{qw(HOME ERL_EPMD_PORT RABBITMQ_NODENAME RABBITMQ_CONF_ENV_FILE
        LANG)} = ("$broker/home", $ports[4], 'xd@localhost',
        "$broker/rabbitmq-env.conf", 'C.UTF-8');
    return (run_cmd('', '/usr/lib/rabbitmq/bin/rabbitmqctl', @args))[0];
}


# -- the plan --------------------------------------------------------------------

my (undef, $plan) = run_cmd('', $live, '--plan');
my @rows = map { [split /\t/] } split /\n/, $plan;
cmp_ok(scalar @rows, '>', 90, 'the plan has its rows');

for my $time ('first', 'second') {
    my @refused = grep {
        my ($method, $path, $body) = @$_;
        $body =~ s/"password":"\@"/"password":"secret"/;
        !$s->mgmt($method, $path, $body)->{success};
    } @rows;
    is_deeply(\@refused, [], "the broker takes every row, the $time time");
}

my $v = 'crossdock';
ok($s->mgmt(@$_)->{success}, "$_->[0] $_->[1]") for (
    ['PUT', "permissions/$v/xd-admin",
        '{"configure":".*","write":".*","read":".*"}'],
    ['PUT', "exchanges/$v/xd.test", '{"type":"topic","durable":true}'],
    map { (
        ['PUT', "queues/$v/xd.test.$_",
            '{"durable":true,"arguments":{"x-queue-type":"quorum"}}'],
        ['POST', "bindings/$v/e/xd.test/q/xd.test.$_",
            qq({"routing_key":"$_.#"})],
    ) } qw(q r gone));


# -- without faults -----------------------------------------------------------------

finish_case('live', start_case('live', admin()));
finish_case('rights', start_case('rights', url('xd-gateway:secret')));


# -- with faults ------------------------------------------------------------------------

my $pid = start_case('restart', admin());
ok(asked(), 'restart: in the middle of publishing');
kill 'KILL', $s->{node_pid};
ok(eventually(30, sub { grep { $_ eq 'broker' } $s->ended }), 'node killed');
sleep 1;
$s->broker;
finish_case('restart', $pid);

$pid = start_case('alarm', admin());
ok(asked(), 'alarm: the link is up');
is(rabbitmqctl('set_vm_memory_high_watermark', '0'), 0, 'memory alarm on');
say_done();
ok(asked(), 'alarm: publishers are blocked');
is(rabbitmqctl('set_vm_memory_high_watermark', 'absolute', '512MiB'), 0,
    'memory alarm off');
finish_case('alarm', $pid);

$pid = start_case('silence', admin());
ok(asked(), 'silence: the link is up');
kill 'STOP', $s->{node_pid};
sleep 4;
kill 'CONT', $s->{node_pid};
finish_case('silence', $pid);

$pid = start_case('deleted', admin());
ok(asked(), 'deleted: a consumer is there');
ok($s->mgmt('DELETE', "queues/$v/xd.test.gone")->{success}, 'queue deleted');
finish_case('deleted', $pid);

done_testing;
