# SPDX-License-Identifier: BSD-2-Clause
#
# Limits do not follow the wall clock: days forward and back give nothing and
# take nothing.  A sunset does follow it.

use strict;
use warnings;

use Test::More;
use Time::HiRes qw(sleep time);

use Gateway;
use XD;

plan skip_all => 'the sanitizers are preloaded instead' if $ENV{XD_ASAN};

my $dir = tmp();
my ($status, undef, $err) = run_cmd('', $ENV{CC} || 'cc', '-O1', '-D_GNU_SOURCE',
    '-shared', '-fPIC', '-o', "$dir/shim.so", "$root/t/gateway/clock_shim.c",
    '-ldl');
$status == 0 or die $err;
put("$dir/shift", '0');

my $broker = fake();
my $s = gateway($broker->url, workers => 2, start => 0, edit => sub {
    s{(xd_version v1);}{$1 deprecated=2000-01-01 sunset=2096-01-01;};
});
my $conf = "$s->{dir}/conf/consumers.yaml";
put($conf, slurp($conf)
    =~ s/\{ name: second, .*\}/{ name: burst, limit: 1, window: 7d, burst: 40 }/r);
{
    local @ENV{qw(LD_PRELOAD XD_CLOCK_SHIFT)} = ("$dir/shim.so", "$dir/shift");
    Gateway::start($s);
}
link_up($s) or BAIL_OUT('no link to the fake broker');

sub call {
    return asked($s, 'POST', '/v1/edi', body => edi(), headers => [
        key($s, 'acme'), [ 'Content-Type', 'application/edi-x12' ] ]);
}

# The hour that nginx believes in.
sub believes {
    my ($seconds) = @_;
    put("$dir/shift", $seconds);
    return eventually(5, sub {
        my $r = asked($s, 'GET', '/health', port => $s->{status_port});
        my ($day) = $r->{headers}{date}[0] =~ /^\w+, (\d+ \w+ \d+)/;
        require POSIX;
        return $day eq POSIX::strftime('%d %b %Y', gmtime(time + $seconds));
    });
}

my $left = 40;
for my $days (0, 30, -30, 3650, 0) {
    ok(believes($days * 86400), "the wall clock is $days days off");
    for (1 .. 8) {
        my $r = call();
        $left--;
        like("$r->{status} $r->{headers}{ratelimit}[0]",
            qr/^202 "burst";r=$left;t=6047\d\d$|^202 "burst";r=$left;t=604800$/,
            "r=$left, and a week to wait");
    }
}
for my $days (0, 365, -365) {
    ok(believes($days * 86400), "the wall clock is $days days off");
    is(call()->{status}, 429, 'spent is spent');
}
ok(believes(80 * 365 * 86400), 'the wall clock is past the sunset');
is(call()->{status}, 410, 'a date is a date');

stop_all();
done_testing();
