package pools

import (
	"context"
	"time"

	"github.com/gomodule/redigo/redis"
	"github.com/mediocregopher/radix/v3"
	"github.com/redis/rueidis"
	"github.com/redis/rueidis/rueidiscompat"
	zero "github.com/zeromicro/go-zero/core/stores/redis"
	"github.com/gogf/gf/v2/frame/g"
)

var script = redis.NewScript(1, "return 1")

type Queue struct {
	pool *redis.Pool
}

func NewQueue() *Queue {
	pool := &redis.Pool{Dial: func() (redis.Conn, error) { return redis.Dial("tcp", ":6379") }}
	return &Queue{pool: pool}
}

func (q *Queue) Names(ctx context.Context) ([]string, error) {
	conn := q.pool.Get()
	defer conn.Close()
	conn.Send("PUBLISH", "names", "1")
	conn.Do("GET", "name")
	redis.DoWithTimeout(conn, time.Second, "BRPOP", "names", 1)
	redis.DoContext(conn, ctx, "GET", "name")
	script.Do(conn, "name")
	subscriber := redis.PubSubConn{Conn: conn}
	subscriber.Subscribe("names")
	return redis.Strings(conn.Do("KEYS", "*"))
}

func run(c redis.Conn, name string, args ...interface{}) (interface{}, error) {
	return c.Do(name, args...)
}

func size(c redis.Conn) {
	run(c, "DBSIZE")
	run(c, "PING")
}

func build(ctx context.Context, client rueidis.Client) {
	client.Do(ctx, client.B().Keys().Pattern("*").Build())
	client.Do(ctx, client.B().Get().Key("name").Build())
	client.Do(ctx, client.B().Hset().Key("h").FieldValue().FieldValue("a", "b").Build())
	client.Do(ctx, client.B().Hset().Key("h").FieldValue().FieldValue("a", "1").FieldValue("b", "2").Build())
	client.Do(ctx, client.B().Set().Key("k").Value("v").Nx().ExSeconds(60).Build())
	client.Do(ctx, client.B().Set().Key("k").Value("nx").Keepttl().Build())
	client.Do(ctx, client.B().Zadd().Key("z").Nx().ScoreMember().ScoreMember(1, "a").Build())
	client.Do(ctx, client.B().Del().Key("a", "b").Key(names...).Build())
	client.Do(ctx, client.B().ConfigGet().Parameter("maxmemory").Build())
	client.Do(ctx, client.B().Arbitrary("CLIENT", "LIST").Build())
	client.Dedicated(func(own rueidis.DedicatedClient) error {
		return own.Do(ctx, own.B().Randomkey().Build()).Error()
	})
	rueidiscompat.NewAdapter(client).FlushAll(ctx)
}

func ask(pool *radix.Pool, names []string) {
	pool.Do(radix.Cmd(&names, "KEYS", "*"))
	pool.Do(radix.FlatCmd(nil, "SET", "name", 1))
}

func frameworks(ctx context.Context, store *zero.Redis) {
	store.KeysCtx(ctx, "*")
	store.Hset("h", "a", "b")
	store.HsetCtx(ctx, "h", "a", "b")
	store.Eval("return 1", nil)
	g.Redis().Do(ctx, "KEYS", "*")
	g.Redis("cache").Get(ctx, "name")
}
