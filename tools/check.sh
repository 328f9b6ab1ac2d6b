#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# check.sh - every test: style, units and cases under sanitizers, gateway,
# system, faults (short form), meta; the last line counts them
#
# XD_JOBS: how many at once (default: the cores).

set -eu

cd "$(dirname "$0")/.."

jobs=${XD_JOBS:-$(nproc)}

sh tools/packages.sh

echo "== build"
make -s --no-print-directory -j"$jobs" all
echo "== build with sanitizers"
make -s --no-print-directory -j"$jobs" SAN=1 programs units modules

echo "== tests"
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:exitcode=99
export UBSAN_OPTIONS=print_stacktrace=1

# By their sources: a program that was not built must be missed.
units=$(find t/unit -name '*_test.c' | sed 's|^|build/asan/|; s|\.c$||' | sort)

# Files that start servers run one after the other: two cores carry one
# broker, one gateway and its daemons, not two.
serial=$(find t/gateway t/system t/faults -name '*.t' | sort)
parallel=$(find t/meta t/cases -name '*.t' | sort)

# shellcheck disable=SC2086  # lists of files without blanks
exec perl t/lib/run.pl "$jobs" $units $parallel -- $serial
