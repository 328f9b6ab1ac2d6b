#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# fuzz.sh [short] [TARGET...] - every reader of foreign bytes under libFuzzer
#
# Builds t/fuzz/TARGET.c and the rooms below it with clang, ASan and UBSan,
# runs as many at once as there are cores, and prints a row for each:
#
#   fuzz-json runs=41210 seconds=60 corpus=377 met
#
# What was found stays below build/fuzz: inputs that reach new code in corpus,
# the bytes of a crash in crashes (its row ends with "short", and the status
# is 1), what libFuzzer printed in log.
#
# short is for make check: it installs nothing, ends with 77 where there is
# no clang that can fuzz, and plays the same from the seeds alone each time,
# so that it fails for what was changed and not by luck.
#
#   XD_FUZZ_SECONDS  of each target (default 60; short: 10)
#   XD_JOBS          how many at once (default: the cores)

set -eu

cd "$(dirname "$0")/.."
unset MAKEFLAGS MFLAGS

# Target, its words (t/fuzz/WORDS.dict), longest input, and folders with
# samples beside t/fuzz/seeds/TARGET; the public corpus only where it is.
corpus=${CROSSDOCK_CORPUS:-../shared/corpus}
targets="
json    json  4096   canonical-schemas/*/examples $corpus/json/*
yaml    yaml  4096   conf conf/partners conf/systems conf/guides
xml     xml   4096   t/fuzz/seeds/json canonical-schemas/*/examples
x12     x12   8192   t/cases/x12 t/cases/x12/sets $corpus/x12/*
grade   x12   8192   t/cases/x12 t/cases/x12/sets $corpus/x12/*
edifact edifact 8192 t/cases/edifact $corpus/edifact/*
message edifact 8192 t/cases/edifact $corpus/edifact/*
guide   guide 8192
map     x12   8192   t/cases/x12 t/cases/x12/sets $corpus/x12/*
maptext map   4096   conf/maps/x12
link    -     4096
props   json  4096
schema  json  8192   canonical-schemas/*/examples
compile schema 12288 $corpus/json-schema/tests/draft2020-12 $corpus/json-schema/tests/draft7
diff    json  4096   canonical-schemas/*
cel     cel    1024
scalars -     256
field   -     1024
token   json  4096
jwks    json  4096
signature -   1024
"

fuzz=build/fuzz
san=-fsanitize=address,undefined
rooms='bus web map edi auth canon cel format crypt tree base'

field() { printf '%s\n' "$targets" | awk -v t="$1" -v n="$2" '$1 == t { print $n }'; }


# -- building ----------------------------------------------------------------

can_fuzz() {
    cat > $fuzz/probe.c <<P
int LLVMFuzzerTestOneInput(const unsigned char *data, unsigned long size);
int LLVMFuzzerTestOneInput(const unsigned char *data, unsigned long size)
{ return data == 0 && size == 1; }
P
    clang -fsanitize=fuzzer,address,undefined -o $fuzz/probe $fuzz/probe.c \
        > $fuzz/log/probe 2>&1
}

# The Makefile's own rules build the rooms and targets, in a tree apart.
build() {
    # shellcheck disable=SC2086  # a list
    libs=$(printf " $fuzz/lib/lib%s.a" descriptors $rooms)
    # shellcheck disable=SC2046,SC2086  # lists
    make -s -j"$jobs" B=$fuzz CC=clang \
        OPT="-O1 -fno-omit-frame-pointer $san -fsanitize=fuzzer-no-link \
            -fno-sanitize-recover=undefined" \
        LDFLAGS="$san -fsanitize=fuzzer-no-link" \
        $libs $(printf " $fuzz/obj/t/fuzz/%s.o" "$@") \
        > $fuzz/log/build 2>&1 || { cat $fuzz/log/build >&2; return 1; }

    system=$(make -s -f - <<'M'
include build/config.mk
all: ; @echo $(CURL_LIBS) $(MHD_LIBS) $(RABBITMQ_LIBS) $(FYAML_LIBS) \
    $(XML_LIBS) $(PCRE2_LIBS) $(ZLIB_LIBS) $(OPENSSL_LIBS) -lpthread
M
    )
    for t; do
        # shellcheck disable=SC2086
        clang -fsanitize=fuzzer $san -o "$fuzz/bin/$t" "$fuzz/obj/t/fuzz/$t.o" \
            $libs $system || return 1
    done
}


# -- running one -------------------------------------------------------------

# Folders of samples; libFuzzer only reads them.
samples() {
    echo "t/fuzz/seeds/$1"
    for d in $(printf '%s\n' "$targets" |
        awk -v t="$1" '$1 == t { $1 = $2 = $3 = ""; print }'); do
        [ ! -d "$d" ] || echo "$d"
    done
}

number() { sed -n "s/^stat::$2: *//p" "$fuzz/log/$1" | tail -n 1; }

fuzz_one() {
    words=$(field "$1" 2)
    kept=$fuzz/corpus/$1
    set -- "$1" -max_len="$(field "$1" 3)" -max_total_time="$seconds" \
        -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
        -artifact_prefix="$fuzz/crashes/$1-"
    [ "$words" = - ] || set -- "$@" -dict="t/fuzz/$words.dict"
    if [ -n "$short" ]; then
        kept=$fuzz/short/$1
        rm -rf "$kept"
        set -- "$@" -seed=1
    fi
    mkdir -p "$kept"

    t=$1
    shift
    verdict=met
    # shellcheck disable=SC2046  # folders without blanks
    "$fuzz/bin/$t" "$@" "$kept" $(samples "$t") > "$fuzz/log/$t" 2>&1 ||
        verdict=short

    echo "fuzz-$t runs=$(number "$t" number_of_executed_units)" \
        "seconds=$seconds corpus=$(find "$kept" -type f | wc -l) $verdict"
    [ $verdict = short ] || return 0

    grep -E -m 2 'broken:|ERROR:|runtime error:' "$fuzz/log/$t" || :
    sed -n 's/.*Test unit written to /bytes: /p' "$fuzz/log/$t"
    return 1
}


# -- the whole ---------------------------------------------------------------

short=${XD_FUZZ_SHORT:-}
if [ "${1:-}" = short ]; then
    short=1
    shift
fi
seconds=${XD_FUZZ_SECONDS:-${short:+10}}
seconds=${seconds:-60}
jobs=${XD_JOBS:-$(nproc)}

if [ "${1:-}" = one ]; then     # called by xargs below
    fuzz_one "$2"
    exit
fi

for t; do
    [ -n "$(field "$t" 1)" ] || { echo "fuzz.sh: no target $t" >&2; exit 2; }
done
# shellcheck disable=SC2046
[ $# -gt 0 ] || set -- $(printf '%s\n' "$targets" | awk '{ print $1 }')

mkdir -p $fuzz/bin $fuzz/log $fuzz/crashes
[ -n "$short" ] || sh tools/packages.sh lint
if ! can_fuzz; then
    echo "no clang with libFuzzer (packages clang and libclang-rt-14-dev)" >&2
    [ -z "$short" ] || exit 77
    exit 2
fi
build "$@" || exit 2

export XD_FUZZ_SHORT="$short" XD_FUZZ_SECONDS="$seconds"
printf '%s\n' "$@" | xargs -P "$jobs" -n 1 sh tools/fuzz.sh one || exit 1
