#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# modules.sh MODULES OUTPUT - build the nginx modules into one shared object
#
# nginx has no stable ABI: its own configure runs here with the flags that
# the distribution's nginx was built with, in a shadow of its source folder,
# and the result must carry the binary's signature.  The environment gives
# NGINX_SRC, NGINX_SIGNATURE, CC, XD_INC, XD_LIBS (see modules/config), SAN.

set -eu

modules=$1
output=$2
work=$(dirname "$output")/nginx
export XD_INC XD_LIBS modules

mkdir -p "$work"
for f in auto src configure; do
    ln -sfn "$NGINX_SRC/$f" "$work/$f"
done

san=
[ "${SAN:-}" != 1 ] || san="-O1 -fno-omit-frame-pointer -fsanitize=address"
export san

cd "$work"
bash -c '
    . "$NGINX_SRC/conf_flags"
    ./configure "${NGX_CONF_FLAGS[@]}" --with-cc="$CC" \
        --with-cc-opt="-g -O2 -fPIC -D_GNU_SOURCE $san" \
        --with-ld-opt="-Wl,-z,relro -fPIC $san" \
        --builddir="$PWD/objs" --add-dynamic-module="$modules"
' > configure.log 2>&1 || { tail -n 20 configure.log >&2; exit 2; }
make -s -f objs/Makefile modules > make.log 2>&1 ||
    { cat make.log >&2; exit 2; }

built=$(find objs -maxdepth 1 -name '*.so' | head -n 1)
signature=$(strings -n 20 "$built" | grep -m1 -E '^8,4,8,[01]+$')
if [ "$signature" != "$NGINX_SIGNATURE" ]; then
    echo "modules.sh: the modules have signature $signature, nginx has" \
        "$NGINX_SIGNATURE: is nginx-dev of nginx's own version?" >&2
    exit 2
fi

cp "$built" "$output.new"
mv "$output.new" "$output"
