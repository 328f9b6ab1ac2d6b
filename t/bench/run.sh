#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh [PART...] - what `make bench` and `make bench-PART` do; README.md has
# the method.  One row a line on standard output; 0 when everything ran,
# whatever the rows say.

set -eu

cd "$(dirname "$0")"

[ $# -gt 0 ] || set -- gateway edi json bus

for part; do
    [ -f "$part.pl" ] || {
        echo "bench: no part $part; there are:" *.pl >&2
        exit 2
    }
done

status=0
for part; do
    perl "$part.pl" || { echo "bench: $part did not run" >&2; status=2; }
done

exit $status
