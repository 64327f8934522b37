// What every client test does, with redigo. Usage: program PORT
package main

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/gomodule/redigo/redis"
)

func check(step string, got, want interface{}) {
	if !reflect.DeepEqual(got, want) {
		fmt.Fprintf(os.Stderr, "%s: got %q, want %q\n", step, got, want)
		os.Exit(1)
	}
	fmt.Println(step, "ok")
}

func message(err error) string {
	if err == nil {
		return "no error"
	}
	return err.Error()
}

func dial() (redis.Conn, error) { return redis.Dial("tcp", "127.0.0.1:"+os.Args[1]) }

func connect() redis.Conn {
	conn, err := dial()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return conn
}

// text is the reply to a command, or the error's text.
func text(conn redis.Conn, command string, arguments ...interface{}) string {
	reply, err := redis.String(conn.Do(command, arguments...))
	if err != nil {
		return err.Error()
	}
	return reply
}

// do is for commands whose reply says nothing new.
func do(conn redis.Conn, command string, arguments ...interface{}) {
	if _, err := conn.Do(command, arguments...); err != nil {
		fmt.Fprintln(os.Stderr, command, err)
		os.Exit(1)
	}
}

// double reads the counter, lets another client interfere the first time, and writes; it returns its attempts.
func double(client, other redis.Conn) (int, []string) {
	for attempt := 1; ; attempt++ {
		do(client, "WATCH", "counter")
		seen, _ := redis.Int(client.Do("GET", "counter"))
		if attempt == 1 {
			do(other, "INCR", "counter")
		}
		client.Send("MULTI")
		client.Send("SET", "counter", seen*2)
		client.Send("GET", "counter")
		if replies, err := redis.Strings(client.Do("EXEC")); err == nil {
			return attempt, replies
		}
	}
}

// pool is a pool that holds some idle connections.
func pool(check func(redis.Conn, time.Time) error) *redis.Pool {
	pool := &redis.Pool{MaxIdle: 3, Dial: dial, TestOnBorrow: check}
	connections := make([]redis.Conn, 3)
	for index := range connections {
		connections[index] = pool.Get()
		do(connections[index], "PING")
	}
	for _, conn := range connections {
		conn.Close()
	}
	return pool
}

// gets is what the pool's connections answer to GET, one after another.
func gets(pool *redis.Pool, count int) []string {
	found := make([]string, count)
	for index := range found {
		conn := pool.Get()
		found[index] = text(conn, "GET", "counter")
		conn.Close()
	}
	return found
}

func main() {
	client, other := connect(), connect()
	check("connect", text(client, "PING"), "PONG")

	key, value := []byte("key\x00\xff\r\n"), make([]byte, 256)
	for index := range value {
		value[index] = byte(index)
	}
	do(client, "SET", key, value)
	check("binary", text(client, "GET", key), string(value))

	for number := 0; number < 100; number++ {
		client.Send("RPUSH", "list", number)
	}
	lengths, _ := redis.Ints(client.Do(""))
	ends, _ := redis.Strings(client.Do("LRANGE", "list", -2, -1))
	check("pipeline", []interface{}{len(lengths), lengths[99], ends}, []interface{}{100, 100, []string{"98", "99"}})

	do(client, "SET", "counter", 5)
	attempts, replies := double(client, other)
	check("transaction", []interface{}{attempts, replies}, []interface{}{2, []string{"OK", "12"}})

	_, err := client.Do("LPUSH", "counter", 1)
	check("error", message(err), "WRONGTYPE Operation against a key holding the wrong kind of value")

	do(other, "MULTI")
	do(other, "SET", "held", 1)
	locked := "LOCKED key 'held' is held by a transaction in progress"
	found := []string{text(client, "GET", "held")}
	client.Send("GET", "held")
	piped, _ := redis.Values(client.Do(""))
	found = append(found, fmt.Sprint(piped...))
	// Of several replies to what was sent before, Do returns the first error.
	client.Send("MULTI")
	client.Send("GET", "held")
	_, err = client.Do("EXEC")
	found = append(found, message(err), text(client, "GET", "counter"))
	do(other, "DISCARD")
	check("locked", found, []string{locked, locked, locked, "12"})

	refusal := strings.Split(text(client, "KEYS", "*"), ",")[0]
	check("refused", []string{refusal, text(client, "GET", "counter")}, []string{"ERR unknown command 'KEYS'", "12"})

	// A pool hands out connections that the server has closed, each fails once; with TestOnBorrow none does.
	plain := pool(nil)
	tested := pool(func(conn redis.Conn, _ time.Time) error {
		_, err := conn.Do("PING")
		return err
	})
	watcher := connect()
	do(client, "SET", "watched", 1)
	do(watcher, "WATCH", "watched")
	do(client, "SET", "watched", 2)
	time.Sleep(5 * time.Second)
	first, second := text(client, "GET", "counter"), client.Err() != nil
	client = connect()
	check("reconnect",
		[]interface{}{first, second, gets(plain, 4), gets(tested, 1), text(client, "GET", "counter")},
		[]interface{}{"EOF", true, []string{"EOF", "EOF", "EOF", "12"}, []string{"12"}, "12"})

	watcher.Send("MULTI")
	watcher.Send("SET", "watched", 3)
	_, err = watcher.Do("EXEC")
	check("watched", []interface{}{err != nil, text(client, "GET", "watched")}, []interface{}{true, "2"})
}
