# What every client test does, with redis-cli. Usage: program.sh PORT
set -eu
port=$1

check() {
    if [ "$2" != "$3" ]; then
        echo "$1: got '$2', want '$3'" >&2
        exit 1
    fi
    echo "$1 ok"
}

cli() { redis-cli -p "$port" "$@"; }

check connect "$(cli PING)" PONG

printf 'a\000\377\r\nb' | cli -x SET 'binary key' > /dev/null
check binary "$(cli --no-raw GET 'binary key')" '"a\x00\xff\r\nb"'

lengths=$(seq 1 100 | sed 's/.*/RPUSH list &/' | cli | tail -1)
piped=$(seq 1 100 | sed 's/.*/RPUSH list &\r/' | cli --pipe | tail -1)
check pipeline "$lengths, $piped" '100, errors: 0, replies: 100'

cli SET counter 5 > /dev/null
# One session watches and queues; between the two another one interferes, the first time.
replies=$(mktemp)
trap 'rm -f "$replies"' EXIT
double() {
    : > "$replies"
    {
        printf 'WATCH counter\n'
        # Until the reply is there the server may not have seen it.
        for _ in $(seq 1 600); do [ -s "$replies" ] && break; sleep 0.05; done
        [ "$1" = alone ] || cli INCR counter > /dev/null
        printf 'MULTI\nSET counter 12\nGET counter\nEXEC\n'
    } | cli > "$replies"
    tail -2 "$replies" | tr '\n' ' '
}
double disturbed > /dev/null
check transaction "$(cli GET counter), $(double alone), $(cli GET counter)" '6, OK 12 , 12'

check error "$(cli LPUSH counter 1)" 'WRONGTYPE Operation against a key holding the wrong kind of value'

# A session that holds a key while another one asks for it.
hold() {
    printf 'MULTI\nSET held 1\n'
    while ! [ -s "$replies" ]; do sleep 0.05; done
    printf 'DISCARD\n'
}
: > "$replies"
hold | cli > /dev/null &
found=
for _ in $(seq 1 600); do
    found=$(cli GET held)
    [ -z "$found" ] || break
    sleep 0.05
done
echo done > "$replies"
wait
check locked "$found" "LOCKED key 'held' is held by a transaction in progress"

refusal=$(cli KEYS '*')
check refused "${refusal%%,*}" "ERR unknown command 'KEYS'"

# Sessions that outlive the idle close: the first command finds the connection closed, the next one is sent over a new one.
# Inside WATCH that is MULTI, and what was to be queued is run at once.
session() {
    printf '%s\n' "$1"
    sleep 5
    shift
    printf '%s\n' "$@"
}
cli SET watched 1 > /dev/null
session 'WATCH watched' MULTI 'SET watched 3' 'GET watched' EXEC | cli > "$replies" 2> /dev/null &
check reconnect "$(session 'GET counter' 'GET counter' 'GET counter' | cli 2> /dev/null | tail -1)" 12
wait
check watched "$(tail -4 "$replies" | tr '\n' ' ')" 'OK 3 ERR EXEC without MULTI  '
