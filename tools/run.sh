#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh - what `make run` does: install (as root) or name what is missing,
# build, then hand over to the supervisor

set -eu

cd "$(dirname "$0")/.."

sh tools/packages.sh
make -s --no-print-directory -j"$(nproc)" all

exec perl -Itools/lib tools/run.pl "$@"
