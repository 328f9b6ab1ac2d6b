#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# packages.sh - install what Crossdock is built from and tested with
#
# As root it installs what is missing, without starting Debian's own services;
# as anybody else it says what is missing, with the line that installs it.

set -eu

packages="build-essential pkg-config perl curl iproute2 procps bash
    nginx nginx-dev rabbitmq-server openssl
    librabbitmq-dev libssl-dev libxml2-dev libfyaml-dev libsqlite3-dev
    zlib1g-dev libpcre2-dev libcurl4-openssl-dev libmicrohttpd-dev check"
lint="clang clang-format clang-tidy libclang-rt-14-dev cppcheck shellcheck gcovr"

bench="libcjson-dev libyajl-dev" # peers of make bench-json

[ "${1:-}" != bench ] || packages="$packages $bench"
[ "${1:-}" != lint ] || packages="$packages $lint"

missing=
for p in $packages; do
    dpkg-query -W -f='${Status}\n' "$p" 2> /dev/null |
        grep -q '^install ok installed$' || missing="$missing $p"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ]; then
    cat >&2 <<X
Some packages are missing. As root:

    apt-get install -y --no-install-recommends$missing

Debian starts nginx and rabbitmq-server when they are installed; Crossdock
needs neither of these services, only the programs.
X
    exit 2
fi

echo "installing:$missing"

# policy-rc.d keeps Debian from starting nginx and RabbitMQ.  A container may
# have one of its own: that one stays.
policy=/usr/sbin/policy-rc.d
made=
cleanup() { [ -z "$made" ] || rm -f $policy; }
trap cleanup EXIT
trap 'exit 130' INT TERM
if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' > $policy
    chmod 755 $policy
    made=1
fi

apt-get update -qq
# shellcheck disable=SC2086  # a list of names
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends $missing > /dev/null
