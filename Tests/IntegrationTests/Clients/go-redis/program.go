// What every client test does, with go-redis. Usage: program PORT
package main

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"time"

	"gopkg.in/redis.v5"
)

func check(step string, got, want interface{}) {
	if !reflect.DeepEqual(got, want) {
		fmt.Fprintf(os.Stderr, "%s: got %q, want %q\n", step, got, want)
		os.Exit(1)
	}
	fmt.Println(step, "ok")
}

func connect(options redis.Options) *redis.Client {
	options.Addr = "127.0.0.1:" + os.Args[1]
	return redis.NewClient(&options)
}

// text is a reply, or the error's text.
func text(reply string, err error) string {
	if err != nil {
		return err.Error()
	}
	return reply
}

// double reads the counter, lets another client interfere the first time, and writes; it returns its attempts.
func double(client, other *redis.Client) (int, string) {
	for attempt := 1; ; attempt++ {
		var reply *redis.StringCmd
		err := client.Watch(func(transaction *redis.Tx) error {
			seen, _ := transaction.Get("counter").Int64()
			if attempt == 1 {
				other.Incr("counter")
			}
			_, err := transaction.Pipelined(func(pipeline *redis.Pipeline) error {
				pipeline.Set("counter", seen*2, 0)
				reply = pipeline.Get("counter")
				return nil
			})
			return err
		}, "counter")
		if err == nil {
			return attempt, reply.Val()
		}
	}
}

func main() {
	client, other := connect(redis.Options{}), connect(redis.Options{})
	check("connect", text(client.Ping().Result()), "PONG")

	value := make([]byte, 256)
	for index := range value {
		value[index] = byte(index)
	}
	client.Set("key\x00\xff\r\n", value, 0)
	check("binary", text(client.Get("key\x00\xff\r\n").Result()), string(value))

	commands, err := client.Pipelined(func(pipeline *redis.Pipeline) error {
		for number := 0; number < 100; number++ {
			pipeline.RPush("list", number)
		}
		return nil
	})
	ends := client.LRange("list", -2, -1).Val()
	check("pipeline", []interface{}{len(commands), err, ends}, []interface{}{100, nil, []string{"98", "99"}})

	client.Set("counter", 5, 0)
	attempts, reply := double(client, other)
	check("transaction", []interface{}{attempts, reply}, []interface{}{2, "12"})

	check("error", client.LPush("counter", 1).Err().Error(),
		"WRONGTYPE Operation against a key holding the wrong kind of value")

	// go-redis sends a transaction at once: a key is held for a while by raw commands over a pool of one connection.
	single := connect(redis.Options{PoolSize: 1})
	for _, command := range [][]interface{}{{"multi"}, {"set", "held", "1"}} {
		single.Process(redis.NewStatusCmd(command...))
	}
	locked := "LOCKED key 'held' is held by a transaction in progress"
	found := []string{text(client.Get("held").Result())}
	_, err = client.Pipelined(func(pipeline *redis.Pipeline) error {
		pipeline.Get("held")
		return nil
	})
	found = append(found, text("", err))
	_, err = client.TxPipelined(func(pipeline *redis.Pipeline) error {
		pipeline.Get("held")
		return nil
	})
	found = append(found, text("", err), text(client.Get("counter").Result()))
	single.Process(redis.NewStatusCmd("discard"))
	aborted := "EXECABORT Transaction discarded because of previous errors."
	check("locked", found, []string{locked, locked, aborted, "12"})

	refusal := strings.Split(client.Keys("*").Err().Error(), ",")[0]
	check("refused", []string{refusal, client.Get("counter").Val()}, []string{"ERR unknown command 'keys'", "12"})

	// The pool hands out connections that the server has closed: the first command on one fails, or is sent again with
	// MaxRetries.
	retrying := connect(redis.Options{MaxRetries: 1})
	retrying.Ping()
	client.Set("watched", 1, 0)
	watched := client.Watch(func(transaction *redis.Tx) error {
		other.Set("watched", 2, 0)
		time.Sleep(5 * time.Second)
		_, err := transaction.Pipelined(func(pipeline *redis.Pipeline) error {
			pipeline.Set("watched", 3, 0)
			return nil
		})
		return err
	}, "watched")
	found = []string{text(retrying.Get("counter").Result())}
	found = append(found, text(other.Get("counter").Result()), text(other.Get("counter").Result()))
	check("reconnect", found, []string{"12", "EOF", "12"})
	check("watched", []interface{}{watched != nil, other.Get("watched").Val()}, []interface{}{true, "2"})
}
