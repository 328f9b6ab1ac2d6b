#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# lint.sh [STEP...] - a second compiler, the formatter, static analysis
#
# What takes seconds is also held by t/meta in make check; this is all of it.
# Steps: clang modules format shellcheck cppcheck analyzer tidy.  Ends with 1
# when one of them found something, 2 when it could not look.

# shellcheck disable=SC2086  # lists of files and flags, without blanks in them
# shellcheck disable=SC2016  # what stands in single quotes is for make
# shellcheck disable=SC2317  # steps are called by their names

set -eu

cd "$(dirname "$0")/.."
unset MAKEFLAGS MFLAGS

sh tools/packages.sh lint

# The modules include headers that nginx's configure writes.
[ -f build/modules/nginx/objs/ngx_auto_config.h ] ||
    make -s -j"$(nproc)" modules

sources=$(find src connectors services cli modules t -name '*.c' | sort)
ours=$(printf '%s\n' "$sources" | grep -v '^modules/')
shipped=$(printf '%s\n' "$ours" | grep -v '^t/')

# Words of build/config.mk.
setting() {
    printf 'include build/config.mk\nall: ; @echo $%s\n' "($1)" | make -s -f -
}

flags="-std=c11 -D_GNU_SOURCE -Isrc -I. $(setting LIB_CFLAGS)"
warn='-Wall -Wextra -Wshadow -Wconversion -Wcast-qual -Wstrict-prototypes
    -Wmissing-prototypes -Wvla -Wformat=2 -Werror'
nginx=$(setting NGINX_SRC)
nginx_flags="-isystem build/modules/nginx/objs -Imodules"
# shellcheck disable=SC2044  # folders without blanks
for d in $(find "$nginx/src/" -type d); do
    nginx_flags="$nginx_flags -isystem $d"
done

# A command for each file of a list, as {}; as many at once as there are cores.
each() {
    list=$1
    shift
    printf '%s\n' $list | xargs -P "$(nproc)" -I {} "$@"
}


step_clang() {
    each "$ours" clang $flags -fsyntax-only $warn {}
}

step_modules() {
    each "$(echo modules/*.c)" clang $flags $nginx_flags -fsyntax-only $warn \
        -Wno-unused-parameter {}
}

step_format() {
    printf '%s\n' "$sources" | grep -v '_table\.c$' |
        xargs clang-format --dry-run -Werror
}

step_shellcheck() {
    shellcheck configure tools/*.sh .ci/run t/bench/run.sh
}

step_cppcheck() {
    cppcheck --quiet -j "$(nproc)" --std=c11 --error-exitcode=1 \
        --inline-suppr --suppress=missingIncludeSystem \
        --enable=warning,performance,portability -Isrc -I. \
        src connectors services cli
}

step_analyzer() {
    each "$shipped" gcc $flags -O1 -fanalyzer -Werror -c -o /dev/null {}
}

# One file a call: with more, clang-tidy 14 loses va_start.  It counts the
# warnings of headers on standard error.
step_tidy() {
    each "$shipped" clang-tidy --quiet {} -- $flags 2> /dev/null
}


[ $# -gt 0 ] || set -- clang modules format shellcheck cppcheck analyzer tidy

status=0
for step; do
    echo "== $step"
    "step_$step" || status=1
done

exit $status
