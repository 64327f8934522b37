package receivers

import (
	"context"

	"github.com/redis/go-redis/v9"
)

type Repo struct {
	rdb   *redis.Client
	names map[string]string
}

func (r *Repo) One(ctx context.Context) {
	r.rdb.Keys(ctx, "*")
	r.Keys(ctx, "*")
	r.names.Keys(ctx)
}

func (rdb *Repo) Two(ctx context.Context) { rdb.rdb.Keys(ctx, "*") }

func (cache Repo) Three(ctx context.Context) { cache.rdb.Keys(ctx, "*") }

func (redis *Repo) Four(ctx context.Context) { redis.rdb.Keys(ctx, "*") }

func (s *Repo) Five(ctx context.Context) { s.rdb.Keys(ctx, "*") }
