#!/bin/sh
# A tour that ends by itself: a cluster on a free port, a real session through it, and what it refused.
# CLUSTERCTL names the binary. The session is redis-cli's where that is installed, else bash's own sockets', so that the
# tour needs nothing.
set -eu

clusterctl=${CLUSTERCTL:-clusterctl}
folder=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT INT TERM

"$clusterctl" start --port 0 --port-file "$folder/port" --admin-socket "$folder/admin" --log-level error \
    >"$folder/ready" &
server=$!
tries=0
until [ -s "$folder/port" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || { echo "demo: the cluster did not start" >&2; exit 1; }
    sleep 0.02
done
port=$(cat "$folder/port")
cat "$folder/ready"

if command -v redis-cli >/dev/null 2>&1; then
    send() { redis-cli -p "$port" --no-raw "$@" || true; }
else
    # An inline request and QUIT over bash's own sockets: the replies are shown as they come.
    send() { bash -c 'exec 3<>/dev/tcp/127.0.0.1/$0; printf "%s\r\nQUIT\r\n" "$*" >&3; sed "\$d" <&3' "$port" "$@"; }
fi

say() { printf '\n# %s\n' "$1"; }
try() {
    printf '> %s\n' "$*"
    send "$@"
}

say 'Strings, hashes, sorted sets: the 107 supported commands answer as Redis 2.8 does.'
try SET user:1:name Ada
try HSET user:1 visits 1
try HINCRBY user:1 visits 41
try ZADD scores 9.5 ada 7 bob
try ZREVRANGE scores 0 -1 WITHSCORES

say 'Commands over several shards are whole and atomic.'
try MSET a 1 b 2 c 3 d 4
try SADD fruit apple pear
try SADD red apple cherry
try SINTERSTORE red-fruit fruit red
try SMEMBERS red-fruit
try MGET a b c d

say 'What the Cluster edition does not support is refused, with a reason and what to do instead.'
try KEYS 'user:*'
try EVALSHA abc 0
try GETDEL a
try FLUSHALL

say 'Its limits: a key has at most 127 bytes; there is one database.'
try SET "$(printf 'k%.0s' $(seq 128))" value
try SELECT 3

say 'What the cluster counted.'
"$clusterctl" status --admin-socket "$folder/admin"
