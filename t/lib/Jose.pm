# SPDX-License-Identifier: BSD-2-Clause
package Jose;

# Keys and tokens for tests, good ones and bad ones, by the program openssl:
# another hand than the code under test.

use strict;
use warnings;

use Digest::SHA ();
use Exporter qw(import);
use File::Temp qw(tempdir);
use JSON::PP;
use MIME::Base64 qw(encode_base64);

our @EXPORT = qw(new_key jwk jwks b64u signed token claims header new_cert);

my %curve = (ES256 => [ 'P-256', 32 ], ES384 => [ 'P-384', 48 ],
    ES512 => [ 'P-521', 66 ]);
my $dir;
my $count = 0;


sub b64u {
    my ($bytes) = @_;
    my $text = encode_base64($bytes, '');
    $text =~ tr{+/=}{-_}d;
    return $text;
}


sub slurp {
    my ($path) = @_;
    open my $f, '<:raw', $path or die "$path: $!\n";
    local $/;
    return scalar <$f>;
}


# Runs openssl on these bytes; returns what it made.
sub openssl {
    my ($bytes, @args) = @_;
    $dir //= tempdir('crossdock-XXXXXX', TMPDIR => 1, CLEANUP => 1);
    my ($in, $out) = ("$dir/in", "$dir/out");

    open my $f, '>:raw', $in or die "$in: $!\n";
    print $f $bytes;
    close $f or die "$in: $!\n";
    unlink $out;
    my $err = qx{openssl @args -in $in -out $out 2>&1};
    $? == 0 or die "openssl @args: $err\n";
    return slurp($out);
}


# A key of that algorithm: { alg, pem (path) or secret, jwk }.
sub new_key {
    my ($alg, %o) = @_;
    $dir //= tempdir('crossdock-XXXXXX', TMPDIR => 1, CLEANUP => 1);
    my $pem = "$dir/key" . ++$count;
    my $k = { alg => $alg, pem => $pem, kid => $o{kid} // "key-$count" };

    if ($alg =~ /^HS/) {
        $k->{secret} = $o{secret} // slurp_random(64);
        $k->{jwk} = { kty => 'oct', k => b64u($k->{secret}) };
        return $k;
    }

    my $how = $alg =~ /^[RP]S/ ? 'RSA -pkeyopt rsa_keygen_bits:'
            . ($o{bits} // 2048)
        : $alg eq 'EdDSA' ? 'ED25519'
        : "EC -pkeyopt ec_paramgen_curve:$curve{$alg}[0]";
    my $err = qx{openssl genpkey -algorithm $how -out $pem 2>&1};
    $? == 0 or die "openssl genpkey: $err\n";
    my $der = qx{openssl pkey -in $pem -pubout -outform DER};

    if ($alg =~ /^[RP]S/) {
        my ($n) = qx{openssl rsa -in $pem -noout -modulus 2>&1}
            =~ /Modulus=([0-9A-F]+)/;
        $k->{jwk} = { kty => 'RSA', n => b64u(pack 'H*', $n), e => 'AQAB' };
    } elsif ($alg eq 'EdDSA') {
        $k->{jwk} = { kty => 'OKP', crv => 'Ed25519',
            x => b64u(substr $der, -32) };
    } else {
        my ($crv, $len) = @{ $curve{$alg} };
        $k->{jwk} = { kty => 'EC', crv => $crv,
            x => b64u(substr $der, -2 * $len, $len),
            y => b64u(substr $der, -$len) };
    }
    $k->{public_pem} = qx{openssl pkey -in $pem -pubout};
    $k->{der} = $der;
    return $k;
}


# A certificate: { cert, key (paths), der }.  Options: ca => another one that
# signs it (else it signs itself), san, over => its days are over.
sub new_cert {
    my ($name, %o) = @_;
    $dir //= tempdir('crossdock-XXXXXX', TMPDIR => 1, CLEANUP => 1);
    my $base = "$dir/cert" . ++$count;
    my @how = $o{ca} ? ('-CA', $o{ca}{cert}, '-CAkey', $o{ca}{key}) : ();
    push @how, '-addext', "subjectAltName=$o{san}" if $o{san};
    my @cmd = (qw(openssl req -x509 -newkey ec -pkeyopt
        ec_paramgen_curve:P-256 -nodes), '-subj', "/CN=$name", '-keyout',
        "$base.key", '-out', "$base.pem", @how);
    my $err = qx{@cmd 2>&1};
    if ($? == 0 && $o{over}) {
        $err = qx{openssl x509 -in $base.pem -signkey $base.key -days -1 -out $base.pem 2>&1};
    }
    $? == 0 or die "openssl: $err\n";
    return { cert => "$base.pem", key => "$base.key",
        der => scalar qx{openssl x509 -in $base.pem -outform DER} };
}


sub slurp_random {
    my ($n) = @_;
    open my $f, '<:raw', '/dev/urandom' or die "/dev/urandom: $!\n";
    read($f, my($bytes), $n) == $n or die "/dev/urandom: $!\n";
    return $bytes;
}


sub jwk {
    my ($k, %more) = @_;
    my %jwk = (%{ $k->{jwk} }, kid => $k->{kid}, alg => $k->{alg}, %more);
    delete $jwk{$_} for grep { !defined $jwk{$_} } keys %jwk;
    return \%jwk;
}


sub jwks {
    return JSON::PP->new->canonical->encode({ keys => [ @_ ] });
}


# r and s side by side, from the DER that openssl writes.
sub raw_ecdsa {
    my ($der, $len) = @_;
    my $at = (unpack 'C', substr $der, 1, 1) & 0x80 ? 3 : 2;
    my $out = '';
    for (1 .. 2) {
        my $n = unpack 'C', substr $der, $at + 1, 1;
        my $int = substr $der, $at + 2, $n;
        $int =~ s/^\0+//;
        $out .= ("\0" x ($len - length $int)) . $int;
        $at += 2 + $n;
    }
    return $out;
}


# The signature of a text under a key; alg may differ from the key's own.
sub signed {
    my ($k, $text, $alg) = @_;
    $alg //= $k->{alg};
    my ($kind, $bits) = $alg =~ /^(HS|RS|PS|ES)(\d+)$/;

    if ($alg eq 'EdDSA') {
        return openssl($text, 'pkeyutl', '-sign', '-rawin', '-inkey', $k->{pem});
    }
    if ($kind eq 'HS') {
        my $hmac = Digest::SHA->can("hmac_sha$bits");
        return $hmac->($text, $k->{secret});
    }
    my $digest = Digest::SHA->can("sha$bits")->($text);
    my @how = $kind eq 'PS' ? ('-pkeyopt', 'rsa_padding_mode:pss', '-pkeyopt',
        'rsa_pss_saltlen:digest') : ();
    my $sig = openssl($digest, 'pkeyutl', '-sign', '-inkey', $k->{pem},
        '-pkeyopt', "digest:sha$bits", @how);
    return $kind eq 'ES' ? raw_ecdsa($sig, $curve{$alg}[1]) : $sig;
}


sub header {
    my ($k, %more) = @_;
    my %h = (alg => $k->{alg}, kid => $k->{kid}, typ => 'at+jwt', %more);
    delete $h{$_} for grep { !defined $h{$_} } keys %h;
    return JSON::PP->new->canonical->encode(\%h);
}


sub claims {
    my (%more) = @_;
    my $now = time;
    my %c = (iss => 'https://login.test/', aud => 'https://api.test/',
        sub => 'user-1', client_id => 'shop', iat => $now, exp => $now + 600,
        jti => b64u(slurp_random(9)), %more);
    delete $c{$_} for grep { !defined $c{$_} } keys %c;
    return JSON::PP->new->canonical->encode(\%c);
}


# A token: header and claims as JSON text, or made of what differs from good.
sub token {
    my ($k, %o) = @_;
    my $head = $o{header} // header($k, %{ $o{head} || {} });
    my $body = $o{claims} // claims(%{ $o{claim} || {} });
    my $text = b64u($head) . '.' . b64u($body);
    return $text . '.' . b64u($o{signature} // signed($k, $text, $o{alg}));
}

1;
