#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# coverage.sh - which lines the tests reach, room by room
#
# Builds below build/coverage with gcc --coverage, runs units, cases and the
# system's tests (the daemons are the connectors' only callers), and prints a
# row for each room:
#
#   coverage-src/format 97.3 % ratio=0.973 target=0.950 met
#
# Ends with 1 when a row is short or a test failed.  Which lines were missed
# stands in build/coverage/lines.html.
#
#   XD_JOBS  how many tests at once (default: the cores)

set -eu

cd "$(dirname "$0")/.."
unset MAKEFLAGS MFLAGS

# Rooms with a floor, and the floor; every other room has a row without one.
floors='src/format=95 src/canon=95 connectors=95'

jobs=${XD_JOBS:-$(nproc)}
out=build/coverage
gcov=gcov

sh tools/packages.sh lint

mkdir -p $out

case $(sed -n 's/^CC *= *//p' build/config.mk 2> /dev/null) in
*clang*) gcov='llvm-cov gcov' ;;
esac

echo "== build"
make -s -j"$jobs" modules
make -s -j"$jobs" B=$out OPT='-O0 --coverage' LDFLAGS=--coverage \
    units programs

# nginx loads the module as it is: its tests are of the gateway, not of a room.
rm -rf $out/modules
ln -s ../modules $out/modules

# Units count as root and daemons as whom they drop to, into the same files.
find $out/obj -name '*.gcno' | sed 's/gcno$/gcda/' | while read -r f; do
    : > "$f"
    chmod 666 "$f"
done

echo "== tests"
status=0
units=$(find t/unit -name '*_test.c' | sed "s|^|$out/|; s|\.c\$||" | sort)
cases=$(find t/cases -name '*.t' | sort)
serial=$(find t/system -name '*.t' | sort)
# shellcheck disable=SC2086  # lists of files without blanks
XD_BUILD=$out perl t/lib/run.pl "$jobs" $units $cases -- $serial || status=1

echo "== lines"
find $out/obj -name '*.gcda' -size 0 -delete     # what nobody ran
gcovr --gcov-executable "$gcov" --root . \
    --filter 'src/' --filter 'connectors/' --filter 'services/' \
    --filter 'cli/' --json-summary $out/lines.json \
    --html-details $out/lines.html $out/obj > $out/gcovr.log 2>&1 ||
    { cat $out/gcovr.log >&2; exit 2; }

# shellcheck disable=SC2086  # a list
perl -MJSON::PP -e '
    my ($file, %floor) = (shift, map { split /=/ } @ARGV);
    my (%all, %hit, $short);
    open my $f, "<", $file or die "$file: $!\n";
    for (@{decode_json(join "", <$f>)->{files}}) {
        my ($room) = $_->{filename} =~ m{^(src/[^/]+|[^/]+)};
        $all{$room} += $_->{line_total};
        $hit{$room} += $_->{line_covered};
    }
    for (keys %floor) { $all{$_} or die "no lines of $_ were counted\n" }
    for (sort keys %all) {
        my $ratio = $hit{$_} / $all{$_};
        printf "coverage-%s %.1f %% ratio=%.3f", $_, 100 * $ratio, $ratio;
        if (defined(my $least = $floor{$_})) {
            my $met = 100 * $ratio >= $least;
            $short ||= !$met;
            printf " target=%.3f %s", $least / 100, $met ? "met" : "short";
        }
        print "\n";
    }
    exit($short ? 1 : 0)' $out/lines.json $floors || status=1

exit $status
