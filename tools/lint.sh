#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# lint.sh - a second compiler, the formatter, static analysis, shellcheck
#
# What takes seconds is also held by t/meta in make check; this is all of it.

set -eu

cd "$(dirname "$0")/.."

sh tools/packages.sh lint

status=0
step() { echo "== $1"; shift; "$@" || status=1; }

sources=$(find src connectors services cli modules t -name '*.c' | sort)
ours=$(find src connectors services cli t -name '*.c' | sort)
flags=$(make -s -f - <<'X'
include build/config.mk
all: ; @echo $(LIB_CFLAGS) $(CHECK_CFLAGS)
X
)

clang_all() {
    # shellcheck disable=SC2086  # lists
    printf '%s\n' $ours | xargs -P "$(nproc)" -I F clang -std=c11 \
        -D_GNU_SOURCE -fsyntax-only -Wall -Wextra -Wshadow -Wconversion \
        -Wcast-qual -Wstrict-prototypes -Wmissing-prototypes -Wvla \
        -Wformat=2 -Werror -Isrc -I. $flags F
}

analyze() {
    # shellcheck disable=SC2086
    printf '%s\n' $ours | grep -v '^t/' | xargs -P "$(nproc)" -I F gcc -std=c11 \
        -D_GNU_SOURCE -O1 -fanalyzer -Werror -Isrc -I. $flags -c -o /dev/null F
}

format() {
    # shellcheck disable=SC2086
    printf '%s\n' $sources | grep -v '_table\.c$' |
        xargs clang-format --dry-run -Werror
}

step "clang -Werror" clang_all
step "clang-format" format
step "shellcheck" shellcheck configure tools/*.sh .ci/run t/bench/run.sh
step "cppcheck" cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr \
    --suppress=missingIncludeSystem --enable=warning,performance,portability \
    -Isrc -I. src connectors services cli
step "gcc -fanalyzer" analyze

exit $status
