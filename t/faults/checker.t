# SPDX-License-Identifier: BSD-2-Clause
#
# The judge is judged: a planted loss, double and reorder are each found, and
# nothing is found where nothing is.  First in histories that were made up,
# then with real parts, where messages are stolen and effects are forged.

use strict;
use warnings;

use FindBin qw($Bin);
use lib "$Bin/../lib";

use Compress::Raw::Zlib qw(crc32);
use HTTP::Tiny;
use Test::More;

use Proof;
use Proof::Checker;
use Proof::Plan;
use XD;


# A history in which everything went well: documents of a plan and their
# effects, in order.
sub history {
    my (%o) = @_;
    my $plan = Proof::Plan::plan(7, 'checker', 400, 4, 1);
    my (%documents, @effects);

    for my $d (map { @$_ } @$plan) {
        $documents{ $d->{n} } = { %$d,
            accepted => $d->{gives_up} ? 0 : $d->{times} };
        next if $d->{gives_up};
        for my $role (@{ $Proof::Checker::wants{ $d->{kind} } }) {
            push @effects, { role => $role, n => $d->{n},
                $role =~ /^(?:erp|wms)$/
                    ? (business => $d->{key}, keyversion => $d->{version})
                    : () } for 1 .. ($role eq 'ack' ? $d->{times} : 1);
        }
    }
    return (documents => \%documents, effects => \@effects, parked => []);
}


sub found {
    my ($v) = @_;
    return { map { @{ $v->{$_} } ? ($_ => scalar @{ $v->{$_} }) : () }
        qw(lost parked duplicated recovered unexpected reordered) };
}


# The places of the effects of $n in $role.
sub places {
    my ($h, $role, $n) = @_;
    my $e = $h->{effects};
    return grep { $e->[$_]{role} eq $role && $e->[$_]{n} == $n } 0 .. $#$e;
}


# A key of several versions, and two of its documents in a row.
sub versions {
    my ($h) = @_;
    my %by;
    push @{ $by{ $_->{key} } }, $_ for values %{ $h->{documents} };
    my ($key) = sort grep { @{ $by{$_} } >= 3 } keys %by;
    my @d = sort { $a->{version} <=> $b->{version} } @{ $by{$key} };
    return @d[1, 2];
}


my %h = history();
my $v = Proof::Checker::check(%h);
is_deeply(found($v), {}, 'a good history is good');
ok(Proof::Checker::good($v) && Proof::Checker::complete($v), 'and complete');
cmp_ok(scalar @{ $v->{ok} }, '>', 380, 'every accepted document is ok');
like(Proof::Checker::row('none', $v), qr/^none documents=\d+ lost=0 duplicated=0 order=kept met$/,
    'its row says met');

for my $role (qw(erp wms ack journal told-wms)) {
    my %p = history();
    my ($n) = grep { $p{documents}{$_}{kind} eq 'edi'
        && $p{documents}{$_}{times} == 1 } sort keys %{ $p{documents} };
    my ($at) = places(\%p, $role, $n);
    my ($e) = splice @{ $p{effects} }, $at, 1;
    $v = Proof::Checker::check(%p);
    is_deeply(found($v), { lost => 1 }, "a planted loss in $role is found");
    like($v->{lost}[0], qr/^document $n .* in $role: 0/, 'and named');
    like(Proof::Checker::row('x', $v), qr/lost=1 .* short$/, 'its row says short');

    %p = history();
    push @{ $p{effects} }, { %$e };
    $v = Proof::Checker::check(%p);
    is_deeply(found($v), { duplicated => 1 },
        "a planted double in $role is found");
    like($v->{duplicated}[0], qr/^document $n .* in $role: 2/, 'and named');
    like(Proof::Checker::row('x', $v), qr/duplicated=1 .* short$/, 'its row says short');
}

# Two versions of a key change places.
{
    my %p = history();
    my ($early, $late) = versions(\%p);
    my ($a) = places(\%p, 'erp', $early->{n});
    my ($b) = places(\%p, 'erp', $late->{n});
    @{ $p{effects} }[$a, $b] = @{ $p{effects} }[$b, $a];
    $v = Proof::Checker::check(%p);
    is_deeply(found($v), { reordered => 1 }, 'a planted reorder is found');
    like($v->{reordered}[0],
        qr/document $early->{n} in erp .*version 2 after 3/, 'and named');
    like(Proof::Checker::row('x', $v), qr/order=broken short$/, 'its row says short');
}

# Somebody upstream turned them round before they were numbered: the system
# sees its numbers in order, the contents not.
{
    my %p = history();
    my ($early, $late) = versions(\%p);
    my ($a) = places(\%p, 'erp', $early->{n});
    my ($b) = places(\%p, 'erp', $late->{n});
    my $e = $p{effects};
    ($e->[$a]{n}, $e->[$b]{n}) = ($e->[$b]{n}, $e->[$a]{n});
    $v = Proof::Checker::check(%p);
    is(found($v)->{reordered}, 2, 'so is one that the numbers hide');
}

# A double of an earlier version after the later one is one double, and no
# reorder.
{
    my %p = history();
    my ($early) = versions(\%p);
    my ($at) = places(\%p, 'erp', $early->{n});
    push @{ $p{effects} }, { %{ $p{effects}[$at] } };
    is_deeply(found(Proof::Checker::check(%p)), { duplicated => 1 },
        'a late double is only a double');
}

# Held with a reason is not lost; without one it is.
{
    my %p = history();
    my ($n) = grep { $p{documents}{$_}{kind} eq 'json' }
        sort keys %{ $p{documents} };
    for my $role (qw(erp told-erp)) {
        my ($at) = places(\%p, $role, $n);
        splice @{ $p{effects} }, $at, 1;
    }
    is_deeply(found(Proof::Checker::check(%p)), { lost => 2 },
        'what nobody holds is lost');
    $p{parked} = [ { role => 'erp', n => $n, why => '' } ];
    is_deeply(found(Proof::Checker::check(%p)), { lost => 2 },
        'what is held without a reason is lost too');
    $p{parked} = [ { role => 'erp', n => $n, why => 'http.422' } ];
    $v = Proof::Checker::check(%p);
    is_deeply(found($v), { parked => 2 }, 'what is held with one is parked');
    ok(Proof::Checker::good($v) && !Proof::Checker::complete($v),
        'which is good, and not complete');
}

# Nobody was promised anything for what was not answered 202.
{
    my %p = history();
    my ($d) = grep { $_->{gives_up} && $_->{kind} eq 'json' }
        map { $p{documents}{$_} } sort keys %{ $p{documents} };
    push @{ $p{effects} }, map { +{ role => $_, n => $d->{n} } }
        @{ $Proof::Checker::wants{json} };
    is_deeply(found(Proof::Checker::check(%p)), { recovered => 1 },
        'an effect without a 202 is a recovery');
    pop @{ $p{effects} };
    is_deeply(found(Proof::Checker::check(%p)), { lost => 1 },
        'half of one is a loss');
}

# Out of nowhere.
for my $wrong ([ { role => 'erp', n => 999_999 }, 'of nothing that was sent' ],
    [ { role => 'erp', n => undef, what => '?' }, 'without a mark' ],
    [ { role => 'wms', kind => 'json' }, 'in a wrong place' ],
    [ { role => 'erp', kind => 'json', business => 'shipment:x:y' },
        'under a wrong key' ])
{
    my %p = history();
    my ($e, $what) = @$wrong;
    if (my $kind = $e->{kind}) {
        ($e->{n}) = grep { $p{documents}{$_}{kind} eq $kind }
            sort keys %{ $p{documents} };
    }
    push @{ $p{effects} }, $e;
    is(found(Proof::Checker::check(%p))->{unexpected}, 1,
        "an effect $what is unexpected");
}

# An interchange that was sent twice is answered twice, and done once.
{
    my %p = history();
    my ($d) = grep { $_->{times} == 2 } map { $p{documents}{$_} }
        sort keys %{ $p{documents} };
    my @at = places(\%p, 'ack', $d->{n});
    is(scalar @at, 2, 'an interchange sent again is answered again');
    splice @{ $p{effects} }, $at[0], 1;
    is_deeply(found(Proof::Checker::check(%p)), { lost => 1 },
        'and one answer for both is a loss');
}

# The same seed, the same documents; another seed, others.
is_deeply(Proof::Plan::plan(7, 'a', 50, 3, 1),
    Proof::Plan::plan(7, 'a', 50, 3, 1), 'a seed repeats its documents');
isnt(join(',', map { $_->{key} } map { @$_ } @{ Proof::Plan::plan(8, 'a', 50, 3, 1) }),
    join(',', map { $_->{key} } map { @$_ } @{ Proof::Plan::plan(7, 'a', 50, 3, 1) }),
    'and another has others');

# -- with real parts ---------------------------------------------------------

my $proof = Proof->new(seed => 7);
my $site = $proof->{site};
my $calm = { name => 'calm', every => [9, 9], act => sub { return } };
$v = $proof->phase($calm, documents => 30, seconds => 1);
is_deeply(found($v), {}, 'nothing is found where nothing was done');
my @sent = values %{ $proof->{documents} };
is(grep({ $_->{kind} ne 'answer' } @sent), 30, 'as many as were asked for');
is(scalar @{ $v->{ok} } + grep({ $_->{gives_up} } @sent), scalar @sent,
    'and all is found');

# Commands lie in their queues while nobody takes them.
$site->{s}->end('xd-http');
$v = $proof->phase({ %$calm, name => 'stolen' }, documents => 120,
    seconds => 1, patience => 8, order_wait => 1);
ok(!Proof::Checker::good($v), 'what lies in a queue is not there yet');


# All commands of a partition are gone.
sub steal {
    my ($role, $partition) = @_;
    $site->mgmt('DELETE', "queues/crossdock/xd.q.http.$role.p0$partition/contents");
    return;
}


sub partition { return crc32($_[0]) % 8 }


# What a system got if somebody sent it past everything.
sub forge {
    my ($role, $document) = @_;
    my $mark = Proof::Plan::marker($document->{n});
    my ($fact) = $site->peek($site->store('xd-insight'), 'SELECT body, document'
        . " FROM fact WHERE event = 'created' AND CAST(body AS TEXT)"
        . " LIKE '%$mark%'");
    my $r = HTTP::Tiny->new->post(
        "http://127.0.0.1:$site->{s}{sandbox_port}/$role/$fact->[1]",
        { content => $fact->[0], headers => {
            'content-type' => 'application/json',
            'idempotency-key' => "forged-$mark-" . rand } });
    return $r->{status};
}


# Of those that were accepted.
my @taken = sort { $a->{n} <=> $b->{n} } grep { $_->{accepted} && $_->{n} > 30
    && $_->{kind} ne 'answer' }
    values %{ $proof->{documents} };
my ($third) = grep { $_->{version} == 3 } @taken;
my $turned = partition($third->{key});
my @turned = grep { $_->{kind} =~ /^(?:edi|json)$/
    && partition($_->{key}) == $turned } @taken;
my @stolen = grep { $_->{kind} eq 'edi' && partition($_->{key}) == 5 } @taken;
cmp_ok(scalar @stolen, '>', 0, 'some are stolen');
steal('wms', 5);
steal('erp', $turned);
is(forge('erp', $_), 201, "document $_->{n} is forged") for reverse @turned;
is(forge('erp', $third), 201, 'and one of them twice');

$site->launch('xd-http');
my $told = qr/ in told-/;     # xd-http did not do it, so it does not tell
my @lost;
eventually(30, sub {
    $v = $proof->judge;
    @lost = grep { !/$told/ } @{ $v->{lost} };
    return @lost == @stolen;
});
is_deeply([ map { /^document (\d+) .* in wms: 0/ } @lost ],
    [ map { $_->{n} } @stolen ], 'each planted loss is found')
    or diag explain \@lost;
is(scalar @{ $v->{duplicated} }, 1, 'the planted double is found');
like($v->{duplicated}[0], qr/^document $third->{n} .* in erp: 2/,
    'it is the one that was forged');
my @late = grep { my $d = $_; grep { $_->{key} eq $d->{key}
    && $_->{version} > $d->{version} } @turned } @turned;
is_deeply([ sort map { /^document (\d+) in erp/ } @{ $v->{reordered} } ],
    [ sort map { $_->{n} } @late ], 'each planted reorder is found')
    or diag explain $v->{reordered};
is_deeply($v->{unexpected}, [], 'and nothing else');
$proof->stop;

done_testing;
