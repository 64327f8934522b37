package worker

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"
)

var rdb = redis.NewClient(&redis.Options{Addr: "localhost:6379", DB: 3})

var unlock = redis.NewScript(`return redis.call("DEL", KEYS[1])`)

type Store struct {
	rdb  *redis.Client
	name string
	all  redis.UniversalClient
}

func New(url string) *Store {
	client := redis.NewClient(&redis.Options{Addr: url})
	return &Store{rdb: client}
}

func (s *Store) Run(ctx context.Context, key string, keys []string) error {
	s.rdb.Set(ctx, "k", "v", 10*time.Second)
	s.rdb.Set(ctx, "k", "v", 0)
	s.rdb.SetNX(ctx, "k", "v", time.Minute)
	s.rdb.Set(ctx, "k", "v", redis.KeepTTL)
	s.rdb.Keys(ctx, "user:*")
	s.all.RandomKey(ctx)
	rdb.Rename(ctx, "a", "b")
	rdb.HSet(ctx, "h", "f", 1, "g", 2)
	rdb.HSet(ctx, "h", map[string]interface{}{"f": 1})
	rdb.MSet(ctx, []string{"a", "1", "b", "2"})
	rdb.ZAddNX(ctx, "z", redis.Z{Score: 1, Member: "m"})
	rdb.Del(ctx, keys...)
	rdb.Do(ctx, "OBJECT", "ENCODING", key)
	rdb.Do(ctx, keys)
	rdb.ZRangeByScoreWithScores(ctx, "z", &redis.ZRangeBy{Min: "0", Max: "1"}).Result()
	rdb.ConfigGet(ctx, "maxmemory").Val()
	rdb.SPopN(ctx, "s", 3)
	iterator := rdb.Scan(ctx, 0, "user:*", 0).Iterator()
	for iterator.Next(ctx) {
	}
	unlock.Run(ctx, rdb, []string{"lock"})
	pipe := rdb.TxPipeline()
	pipe.Incr(ctx, "n")
	pipe.Exec(ctx)
	_, err := s.rdb.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		pipe.Sort(ctx, "l", nil)
		return nil
	})
	if n, err := rdb.DBSize(ctx).Result(); err == nil && n > 0 {
		rdb.FlushAll(ctx)
	}
	rdb.Watch(ctx, func(tx *redis.Tx) error {
		return tx.Get(ctx, "k").Err()
	}, "k")
	rdb.Subscribe(ctx, "news")
	rdb.Exists(ctx, "a", "b")
	rdb.LPopCount(ctx, "l", 2)
	connect().Time(ctx)
	return err
}

func connect() *redis.Client {
	opt, _ := redis.ParseURL("redis://localhost:6379/2")
	return redis.NewClient(opt)
}

func take(c redis.Cmdable, a, b *redis.ClusterClient) {
	c.Save(context.Background())
	a.Info(context.Background())
	b.LastSave(context.Background())
}
