# SPDX-License-Identifier: BSD-2-Clause
#
# The units of systemd: they can be loaded, there is an instance for each
# daemon, and what they allow stays little.

use strict;
use warnings;

use Test::More;
use XD;

chdir $root or die "$root: $!\n";

my ($found) = grep { -x "$_/systemd-analyze" } split /:/, $ENV{PATH};
$found or plan skip_all => 'systemd-analyze is not installed';

# The same units, with the programs that were built here.
my $dir = tmp();
for my $from (glob 'conf/systemd/* conf/systemd/*/*') {
    next if -d $from;
    (my $to = $from) =~ s{^conf/systemd}{$dir};
    my $text = slurp($from);
    $text =~ s{/usr/bin/xd-}{$build/bin/xd-}g;
    $text =~ s{/usr/sbin/nginx}{/bin/true}g unless -x '/usr/sbin/nginx';
    # Who is not known here would be a fault of this machine.
    $text =~ s{^(User|Group)=.*}{$1=root}mg;
    put($to, $text);
}

my @daemons = map { m{([^/]+)/main\.c$} } glob
    'connectors/*/main.c services/*/main.c';
cmp_ok(scalar @daemons, '>=', 5, 'there are daemons');

my $template = slurp("$dir/crossdock\@.service");
my @units = ('crossdock.target', 'crossdock-gateway.service');
for my $name (@daemons) {
    put("$dir/crossdock\@$name.service", $template);
    push @units, "crossdock\@$name.service";
}

# What a unit is worth as a whole (of 100, less is better), as systemd counts.
my $most = 20;

for my $unit (@units) {
    local $ENV{SYSTEMD_UNIT_PATH} = "$dir:";
    my ($status, $out, $err) =
        run_cmd('', 'systemd-analyze', 'verify', '--man=no', "$dir/$unit");
    my @faults = grep { /\Q$dir\E|crossdock/ } split /\n/, "$out$err";
    is($status, 0, "$unit can be loaded") or diag $out, $err;
    is_deeply(\@faults, [], "$unit has no faults");

    next unless $unit =~ /\.service$/;
    ($status, $out, $err) = run_cmd('', 'systemd-analyze', 'security',
        '--offline=yes', "--threshold=$most", '--no-pager', "$dir/$unit");
    is($status, 0, "$unit allows little")
        or diag join "\n", grep { !/^.\[0;1;32|^\s*$|✓/ } split /\n/, "$out$err";
}

# What the brief of a unit must say, whatever the sum is.
for my $file ('crossdock@.service', 'crossdock-gateway.service') {
    my $text = slurp("conf/systemd/$file");
    like($text, qr/^\Q$_\E$/m, "$file has $_")
        for 'NoNewPrivileges=yes', 'ProtectSystem=strict', 'PrivateTmp=yes',
        'CapabilityBoundingSet=', 'MemoryDenyWriteExecute=yes',
        'SystemCallFilter=@system-service',
        'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6';
    unlike($text, qr/^User=(?:root)?$/m, "$file does not run as root");
}

done_testing;
