# SPDX-License-Identifier: BSD-2-Clause
package Limits;

# Callers that spend, and what they are told: for the tests of limits.

use strict;
use warnings;

use Exporter qw(import);
use IO::Select;
use Test::More;

use Gateway;
use XD;

our @EXPORT = qw(plans limited edi_call flood left quota_is calls
    settled hup @type);
our @type = ([ 'Content-Type', 'application/edi-x12' ]);

my $iana = 'https://iana.org/assignments/http-problem-types#';


# Replaces the plans; each policy is the text between its braces.
sub plans {
    my ($s, %plan) = @_;
    my $path = "$s->{dir}/conf/consumers.yaml";
    my $text = slurp($path);
    my $yaml = join '', map {
        ("  $_:\n    policies:\n",
            map { "      - { $_ }\n" } @{ $plan{$_} }) } sort keys %plan;
    $text =~ s/^plans:\n.*?(?=^consumers:)/plans:\n$yaml/ms
        or die "consumers.yaml has no plans\n";
    put($path, $text);
    return;
}


# A gateway whose standard plan has these policies.
sub limited {
    my ($url, $policies, %o) = @_;
    my $s = gateway($url, %o, start => 0);
    plans($s, standard => $policies);
    $o{more}->($s) if $o{more};
    Gateway::start($s);
    link_up($s) or BAIL_OUT('no link to the fake broker');
    return $s;
}


sub edi_call {
    my ($s, %o) = @_;
    return asked($s, 'POST', '/v1/edi', body => $o{body} // edi(%o),
        headers => [ key($s, 'acme'), @type, @{ $o{headers} || [] } ]);
}


# Sends $n requests over up to 64 connections at once; events happen in
# between.  Counts answers by status.
sub flood {
    my ($s, $n, @events) = @_;
    my $every = @events ? int $n / (@events + 1) : $n + 1;
    my (%open, %status);
    my $sent = 0;
    my @headers = (key($s, 'acme'), @type);

    while ($sent < $n || %open) {
        while ($sent < $n && keys %open < 64) {
            my $sock = ask($s, 'POST', '/v1/edi', body => edi(),
                headers => \@headers);
            $open{$sock} = $sock;
            (shift @events)->() if ++$sent % $every == 0 && @events;
        }
        for my $sock (IO::Select->new(values %open)->can_read(0.05)) {
            $status{ answer($sock)->{status} }++;
            delete $open{$sock};
        }
    }
    return \%status;
}


# r and t of each policy of an answer: { burst => [4, 10] }.
sub left {
    my ($r) = @_;
    return { map { /^"([^"]+)";r=(\d+)(?:;t=(\d+))?$/
            ? ($1 => [ $2, $3 ]) : ('fault' => $_) }
            split /, /, $r->{headers}{ratelimit}[0] // '' };
}


sub quota_is {
    my ($r, $type, $violated, $name) = @_;
    my $j = $r->{json} || {};
    is_deeply([ $r->{status}, $j->{type}, $j->{status},
            $j->{'violated-policies'}, $r->{headers}{'content-type'}[0] ],
        [ 429, "$iana$type", 429, $violated, 'application/problem+json' ],
        $name) or diag($r->{body});
    return;
}


sub calls {
    my ($s) = @_;
    return map { metric($s, "xd_limit_calls_total{outcome=\"$_\"}") }
        qw(admitted refused refunded);
}


# Every reload that was asked for is done, and the broker reached again.
sub settled {
    my ($s) = @_;
    return eventually(15, sub { at_rest($s) }) && link_up($s);
}


sub hup {
    my ($s) = @_;
    return reloaded($s) && link_up($s);
}

1;
