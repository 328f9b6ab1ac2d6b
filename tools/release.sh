#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# release.sh new VERSION | keep
#
# new   lists the schemas and examples as they are in
#       canonical-schemas/released/VERSION/MANIFEST, with their SHA-256
# keep  puts the released bytes of files that have changed since below
#       released/VERSION/, as git has them; those of git's last commit, so
#       it is called before the change is committed
#
# A file that has not changed since its release is kept nowhere twice.

set -eu

cd "$(dirname "$0")/../canonical-schemas"

sum() { sha256sum | cut -d ' ' -f 1; }

new() {
    [ ! -e "released/$1/MANIFEST" ] ||
        { echo "release.sh: $1 is released already" >&2; exit 1; }
    mkdir -p "released/$1"
    find . -path ./released -prune -o -path ./codes -prune -o \
        -path ./lifecycles -prune -o -name '*.json' -print | sed 's|^\./||' |
        LC_ALL=C sort | xargs sha256sum > "released/$1/MANIFEST"
}

# Digest and path of each line, for each release.
keep() {
    for manifest in released/*/MANIFEST; do
        kept=$(dirname "$manifest")
        while read -r digest path; do
            [ "$(sum < "$path")" != "$digest" ] || continue
            [ ! -e "$kept/$path" ] || continue
            if [ "$(git show "HEAD:./$path" | sum)" != "$digest" ]; then
                echo "release.sh: $path of $kept is not in the last commit" >&2
                exit 1
            fi
            mkdir -p "$kept/$(dirname "$path")"
            git show "HEAD:./$path" > "$kept/$path"
            echo "kept $kept/$path"
        done < "$manifest"
    done
}

case "${1:-}" in
new)  [ $# -eq 2 ] || { echo "release.sh new VERSION" >&2; exit 2; }
      new "$2" ;;
keep) keep ;;
*)    echo "release.sh new VERSION | keep" >&2; exit 2 ;;
esac
