# SPDX-License-Identifier: BSD-2-Clause
#
# Hot folders with real parts: a supplier's 856 dropped into its folder reaches
# ERP and WMS, and its 997 lies in the other folder; once, whatever dies.
#
# XD_DOCUMENTS (150) and XD_SEED (printed) repeat a run of the last part;
# XD_LONG dies at more places.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Test::More;
use Time::HiRes qw(sleep time);
use XD;

my $documents = $ENV{XD_DOCUMENTS} // 150;
my $seed = $ENV{XD_SEED} // int(time) % 100_000;
srand $seed;
diag "XD_SEED=$seed XD_DOCUMENTS=$documents";

my $s = stage();
$s->broker;
$s->configure;

# acme takes and gives files now; globex says with a marker what is whole.
my $hot = "$s->{dir}/hot";
mkdir $_ or die "$_: $!\n"
    for $hot, map { ($_, "$_/in", "$_/out") } "$hot/acme", "$hot/globex";
$s->give($_) for $hot, glob("$hot/* $hot/*/*");

my $acme = slurp("$s->{dir}/conf/partners/acme.yaml");

sub partner {
    my ($id, $in) = @_;
    my $yaml = $acme;
    $yaml =~ s/^id: acme/id: $id/m;
    $yaml =~ s/ZZ, id: ACME/ZZ, id: \U$id/;
    $yaml =~ s/^keys:\n(?:  .*\n)+//m if $id ne 'acme';
    $yaml =~ s/^transport: http\n/transport: file\n/m;
    $yaml .= "file:\n  in: { folder: $hot/$id/in, done: $hot/$id/done, $in }\n"
        . "  out: { folder: $hot/$id/out, "
        . "name: \"{document}-{control}-{seq}.edi\" }\n";
    put("$s->{dir}/conf/partners/$id.yaml", $yaml);
    return;
}
partner('acme', 'match: ["*.edi"], stable: 400ms, largest: 1MiB');
partner('globex', 'ready: marker');
my ($status, $out) = $s->xd('conf', 'check');
is($status, 0, 'the configuration is good') or diag $out;

$s->topology;
$s->sandbox;
$s->daemon($_) for qw(xd-insight xd-http xd-x12 xd-file);

my $sandbox = "http://127.0.0.1:$s->{sandbox_port}";
my $sample = slurp("$root/docs/samples/856.edi");


# Another interchange with another shipment in it.
sub asn {
    my ($n, $partner) = @_;
    my $control = sprintf '%09d', 100_000 + $n;
    (my $edi = $sample) =~ s/\b000000905\b/$control/g;
    $edi =~ s/SHP-20260814-7/FILE-$n/;
    $edi =~ s/\*ACME           \*/sprintf '*%-15s*', uc $partner/e if $partner;
    return $edi;
}


# As partners do: under a name that is not taken, then renamed.
sub drop {
    my ($name, $bytes, $partner) = @_;
    my $in = "$hot/" . ($partner // 'acme') . '/in';
    put("$in/.$name.part", $bytes);
    rename "$in/.$name.part", "$in/$name" or die "$name: $!\n";
    return;
}


sub files {
    my ($dir) = @_;
    opendir my $d, "$hot/$dir" or return;
    my @names = sort grep { !/^\.\.?$/ } readdir $d;
    return @names;
}


# Effects by number of the shipment: {number}{role} = how many.
sub effects {
    my %count;
    for my $role (qw(erp wms)) {
        my $ledger = get_json("$sandbox/$role/ledger") || {};
        for my $e (@{ $ledger->{effects} || [] }) {
            $e->{business} =~ /:FILE-(\w+)$/ and $count{$1}{$role}++;
        }
    }
    return \%count;
}


sub arrived {
    my ($n) = @_;
    return eventually(30, sub {
        my $e = effects();
        return $e->{$n}{erp} && $e->{$n}{wms};
    });
}

# -- the whole way --------------------------------------------------------------

drop('first.edi', asn(1));
ok(arrived(1), 'an 856 in the folder reaches ERP and WMS');
is_deeply([ files('acme/in') ], [], 'the folder is empty');
my ($done) = files('acme/done');
like($done, qr/^[0-9a-f-]{36}\.first\.edi$/, 'and the file is done');
is(slurp("$hot/acme/done/$done"), asn(1), 'as it was');

ok(eventually(20, sub { files('acme/out') }), 'its acknowledgement lies out');
my ($ack) = files('acme/out');
is($ack, 'functional-ack-000100001-000001.edi', 'under the name of the template');
my $bytes = slurp("$hot/acme/out/$ack");
like($bytes, qr/^ISA\*.*AK1\*SH\*905.*AK9\*A\*1\*1\*1/s, 'a 997 that accepts');
my ($lint) = run_cmd($bytes, "$build/bin/xd", 'lint', '/dev/stdin');
is($lint, 0, 'that grades clean itself');

my $id = substr $done, 0, 36;
my $trace;
ok(eventually(15, sub {
    (undef, $trace) = $s->xd('trace', 'FILE-1');
    return $trace =~ /delivery\.confirmed .*system=acme/;
}), 'xd trace knows that the partner has it') or diag $trace;
like($trace, qr/\Q$id\E/, 'and the id in the name of the file');

# -- twice on purpose, and long ----------------------------------------------------

drop('first.edi', asn(1));
ok(eventually(20, sub { files('acme/out') == 2 }),
    'the same file again is answered again');
my @acks = map { slurp("$hot/acme/out/$_") } files('acme/out');
is($acks[0], $acks[1], 'with the same bytes');
is(effects()->{1}{erp}, 1, 'and has no second effect');

drop('long.edi', asn(2) . "\n" x 300_000);
ok(arrived(2), 'more than 256 KiB go by way of the archive');

# -- what is not whole ----------------------------------------------------------------

my $whole = asn(3);
open my $slow, '>', "$hot/acme/in/slow.edi" or die "slow.edi: $!\n";
$slow->autoflush(1);
my $part = 0;
for (1 .. 8) {
    my $step = int(length($whole) / 8) + 1;
    print $slow substr $whole, $part, $step;
    $part += $step;
    sleep 0.2;
    $part < length $whole
        and $part && !-e "$hot/acme/in/slow.edi"
        and fail('a file that grows was taken');
}
close $slow or die "slow.edi: $!\n";
ok(arrived(3), 'a file written slowly is taken when it is whole');
is(effects()->{3}{erp}, 1, 'once');

put("$hot/acme/in/notes.txt", 'not for you');
put("$hot/acme/in/.hidden.edi", asn(4));
drop('marked.edi', asn(5, 'globex'), 'globex');
sleep 1.5;
is_deeply([ files('acme/in') ], [ '.hidden.edi', 'notes.txt' ],
    'what does not match stays');
is_deeply([ files('globex/in') ], ['marked.edi'], 'and what has no marker');
put("$hot/globex/in/marked.edi.done", '');
ok(arrived(5), 'until there is one');
is_deeply([ files('globex/in') ], [], 'both are gone then');
unlink "$hot/acme/in/notes.txt", "$hot/acme/in/.hidden.edi";

# -- what nobody should take -----------------------------------------------------------

my $secret = "$s->{dir}/secret.edi";
put($secret, asn(6));
my $in = "$hot/acme/in";
symlink $secret, "$in/link.edi" or die "link.edi: $!\n";
link $secret, "$in/hard.edi" or die "hard.edi: $!\n";
POSIX::mkfifo("$in/pipe.edi", 0600) or die "pipe.edi: $!\n";
put("$in/empty.edi", '');
put("$in/large.edi", 'x' x 1_048_577);
ok(eventually(20, sub { files('acme/quarantine') == 10 }),
    'links, pipes, empty and large files are in quarantine, with reasons')
    or diag join "\n", files('acme/quarantine');
is_deeply([ files('acme/in') ], [], 'and no longer in the folder');
my %code;
for my $name (grep { /\.reason$/ } files('acme/quarantine')) {
    my $text = slurp("$hot/acme/quarantine/$name");
    my ($file) = $text =~ /^file: (\S+)$/m;
    ($code{$file}) = $text =~ /^code: (\S+)$/m;
}
is_deeply(\%code, { 'link.edi' => 'file.type', 'hard.edi' => 'file.links',
    'pipe.edi' => 'file.type', 'empty.edi' => 'file.empty',
    'large.edi' => 'file.large' }, 'each for its own reason');
is(slurp($secret), asn(6), 'what they led to was not touched');
is(effects()->{6}, undef, 'nor read');
like($s->control('xd-file', '/metrics'),
    qr/^xd_file_taken_total\{party="acme",outcome="links"\} 1$/m,
    'it is counted');

# -- somebody else's interchange ---------------------------------------------------------

drop('other.edi', asn(7, 'globex'));
sleep 2;
is(effects()->{7}, undef, 'an interchange of another sender goes no further');

# -- kill -9 -------------------------------------------------------------------------------

my @times = $ENV{XD_LONG} ? (1, 2, 4, 7, 15) : (1, 4);
my @points = map { my $p = $_; map { "$p:$_" } @times } qw(file.claimed file.archived
    file.synced file.committed file.finished file.staged file.named file.placed
    before-commit after-commit after-ack before-publish after-publish
    after-confirm after-delete);
my (%names, %acked);
my $base = 1000;


# The partner's side: takes its files away as they come.
sub collect {
    for my $name (files('acme/out')) {
        my $text = slurp("$hot/acme/out/$name");
        my ($control) = $name =~ /^functional-ack-(\d{9})-/;
        $acked{$control}++ if $names{$name}++ == 0;
        unlink "$hot/acme/out/$name" or die "$name: $!\n";
        fail("$name is not whole") unless $text =~ /^ISA.*IEA\*[^~]*~\s*$/s;
    }
    return;
}

collect();
%acked = ();

defined(my $dropper = fork) or die "fork: $!\n";
if ($dropper == 0) {
    for my $n (1 .. $documents) {
        drop("k$n.edi", asn($base + $n));
        sleep rand 0.08;
    }
    POSIX::_exit(0);
}

my ($kills, $deaths) = (0, 0);
my $dropping = 1;
while ($dropping || @points) {
    $dropping = 0 if $dropping && waitpid($dropper, POSIX::WNOHANG()) != 0;
    $s->end('xd-file', 'KILL');
    $kills++;
    if (my $point = shift @points) {
        $s->spawn('xd-file', { env => { %{ $s->env }, XD_CRASH_AT => $point } },
            "$build/bin/xd-file", '-c', "$s->{dir}/conf/crossdock.yaml");
        drop("p$kills.edi", asn($base + $documents + $kills)) if !$dropping;
        for (1 .. 60) {
            collect();
            my $gone = grep { $_ eq 'xd-file' } $s->ended;
            $deaths += $gone;
            last if $gone;
            sleep 0.05;
        }
    } else {
        $s->daemon('xd-file');
        sleep 0.3 + rand 0.5;
    }
    collect();
    if ($kills % 5 == 0) {
        $s->end('xd-x12', 'KILL');
        $s->daemon('xd-x12');
    }
}
$s->end('xd-file', 'KILL');
$s->daemon('xd-file');
diag "kills: $kills, of them at a crash point: $deaths";
cmp_ok($deaths, '>=', 20, 'crash points were passed');

my @wanted = (1 .. $documents);
ok(eventually(90, sub {
    collect();
    my $e = effects();
    !files('acme/in')
        && !grep { !$e->{ $base + $_ }{erp} || !$e->{ $base + $_ }{wms} } @wanted;
}), 'every document has its effects');
sleep 2;     # whatever would come twice has its chance
collect();

my $e = effects();
my (@lost, @doubled);
for my $n (@wanted) {
    for my $role (qw(erp wms)) {
        my $have = $e->{ $base + $n }{$role} // 0;
        push @lost, "$n in $role" if $have < 1;
        push @doubled, "$n in $role: $have" if $have > 1;
    }
    my $have = $acked{ sprintf '%09d', 100_000 + $base + $n } // 0;
    push @lost, "acknowledgement of $n" if $have < 1;
    push @doubled, "acknowledgement of $n: $have" if $have > 1;
}
is_deeply(\@lost, [], 'nothing is lost');
is_deeply(\@doubled, [], 'nothing is doubled');
my @again = grep { $names{$_} > 1 } sort keys %names;
is_deeply(\@again, [], 'no name was used twice');
my @left = grep { !/\.name$/ } files('acme/work');
is_deeply(\@left, [], 'nothing is left in the work folder');

is($s->end('xd-file'), 0, 'TERM ends it well');
$s->stop;
done_testing;
