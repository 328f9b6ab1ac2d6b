#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# broker.sh DIR - a private RabbitMQ node in the foreground, on loopback
#
# Its data, log, cookie and epmd live and end with it.  Once it is ready,
# DIR/env holds what others need, as lines that a shell can read:
#
#   AMQP_PORT MGMT_PORT      on 127.0.0.1
#   ADMIN ADMIN_PASSWORD     an administrator of this node only
#   NODE_PID                 Erlang's own process
#   XD_AMQP_URL XD_AMQP_MGMT_URL
#
# TERM and INT stop the node and its epmd.  XD_BROKER_MEMORY sets the memory
# high watermark (default 512MiB).

set -eu

[ $# -eq 1 ] || { echo "usage: broker.sh DIR" >&2; exit 2; }

mkdir -p "$1"
dir=$(cd "$1" && pwd)
server=${RABBITMQ_SERVER:-/usr/lib/rabbitmq/bin/rabbitmq-server}
[ -x "$server" ] || { echo "broker.sh: no $server: install rabbitmq-server" >&2; exit 2; }

# Ports: those of the last start when they are free, so that a restart is
# found again at the same place; else free ones below the range from which
# the kernel takes the ports of outgoing connections.
ports() {
    perl -MIO::Socket::INET -e '
        my ($n, @want) = @ARGV; my @s;
        sub bound { IO::Socket::INET->new(Listen => 1, ReuseAddr => 1,
            LocalAddr => "127.0.0.1", LocalPort => $_[0]) }
        for my $i (0 .. $n - 1) {
            my $s = $want[$i] && bound($want[$i]);
            for (1 .. 200) { $s ||= bound(20000 + int rand 12000) }
            push @s, $s || die "no free port\n";
        }
        print join(" ", map { $_->sockport } @s), "\n"' 5 "$@"
}

last=
[ ! -f "$dir/ports" ] || last=$(cat "$dir/ports")
# shellcheck disable=SC2086  # a list of numbers
ports $last > "$dir/ports"
read -r amqp mgmt _ dist epmd_port < "$dir/ports"

if [ ! -f "$dir/password" ]; then
    (umask 077; od -An -N16 -tx1 /dev/urandom | tr -d ' \n' > "$dir/password")
fi
password=$(cat "$dir/password")

mkdir -p "$dir/mnesia" "$dir/log" "$dir/home"
rm -f "$dir/env"

export HOME="$dir/home" LANG=C.UTF-8
export ERL_EPMD_PORT="$epmd_port" ERL_EPMD_ADDRESS=127.0.0.1
export ERL_CRASH_DUMP="$dir/log/erl_crash.dump"
export RABBITMQ_NODENAME=xd@localhost RABBITMQ_DIST_PORT="$dist"
export RABBITMQ_PID_FILE="$dir/rabbit.pid"
export RABBITMQ_CONF_ENV_FILE="$dir/rabbitmq-env.conf"
export RABBITMQ_CONFIG_FILE="$dir/rabbitmq.conf"
export RABBITMQ_ADVANCED_CONFIG_FILE="$dir/advanced.config"
export RABBITMQ_ENABLED_PLUGINS_FILE="$dir/enabled_plugins"
export RABBITMQ_MNESIA_BASE="$dir/mnesia" RABBITMQ_LOG_BASE="$dir/log"
export RABBITMQ_FEATURE_FLAGS_FILE="$dir/feature_flags"
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}'

: > "$dir/rabbitmq-env.conf"     # else the machine's own file is read
echo '[rabbitmq_management].' > "$dir/enabled_plugins"
(umask 077; cat > "$dir/rabbitmq.conf" <<X
listeners.tcp.default = 127.0.0.1:$amqp
management.tcp.ip = 127.0.0.1
management.tcp.port = $mgmt
default_vhost = /
default_user = xd-admin
default_pass = $password
default_user_tags.administrator = true
log.console = false
vm_memory_high_watermark.absolute = ${XD_BROKER_MEMORY:-512MiB}
disk_free_limit.absolute = 50MB
X
)

# Our own epmd first: the first program that needs one would start it as a
# daemon that outlives the node.
epmd -address 127.0.0.1 -port "$epmd_port" > "$dir/log/epmd" 2>&1 &
epmd_pid=$!
node_pid=

stop() {
    trap '' TERM INT
    [ -z "$node_pid" ] || { kill -TERM "$node_pid" 2> /dev/null || :
                            wait "$node_pid" 2> /dev/null || :; }
    kill "$epmd_pid" 2> /dev/null || :
    wait "$epmd_pid" 2> /dev/null || :
    rm -f "$dir/env"
}
trap 'stop; exit 0' TERM INT
trap stop EXIT

i=0
until epmd -names > /dev/null 2>&1; do
    i=$((i + 1))
    [ $i -le 100 ] || { echo "broker.sh: epmd does not answer on $epmd_port" >&2; exit 1; }
    sleep .1
done

"$server" > "$dir/log/out" 2>&1 &
node_pid=$!

i=0
until curl -sf -o /dev/null -u "xd-admin:$password" \
    "http://127.0.0.1:$mgmt/api/health/checks/port-listener/$amqp"; do
    i=$((i + 1))
    if [ $i -gt 600 ] || ! kill -0 "$node_pid" 2> /dev/null; then
        echo "broker.sh: RabbitMQ did not start; its last words:" >&2
        tail -n 15 "$dir/log/out" >&2
        exit 1
    fi
    sleep .1
done

cat > "$dir/env.new" <<X
AMQP_PORT=$amqp
MGMT_PORT=$mgmt
ADMIN=xd-admin
ADMIN_PASSWORD=$password
NODE_PID=$(cat "$dir/rabbit.pid")
XD_AMQP_URL=amqp://127.0.0.1:$amqp/crossdock
XD_AMQP_MGMT_URL=http://xd-admin:$password@127.0.0.1:$mgmt
X
mv "$dir/env.new" "$dir/env"

wait "$node_pid" || :
node_pid=
