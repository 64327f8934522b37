package worker

import (
	"os"
	"reflect"
	"sort"
	"time"

	"github.com/redis/go-redis/v9"
)

type memory struct {
	cache map[string]string
	redis []string
	times clock
}

type clock struct{}

func (c clock) Time() {}

func (m *memory) Keys(pattern string) []string { return nil }

func (m *memory) run(value reflect.Value, names []string, rdb map[string]int, r *os.File) error {
	m.Keys("*")
	m.Scan("0")
	m.times.Time()
	value.Keys()
	value.Type()
	sort.Strings(names)
	os.Rename("a", "b")
	time.Now().Time()
	r.Sync()
	r.Info()
	rdb.Keys()
	m.cache.Keys()
	m.redis.Sort()
	for _, name := range names {
		name.Sort()
	}
	// rdb.Keys(ctx, "*")
	/* rdb.FlushAll(ctx) */
	text := `rdb.Keys(ctx, "*")`
	other := "rdb.FlushAll()"
	_ = text + other
	if len(names) > 3 {
		names.Save()
	}
	local := &memory{}
	local.Keys("*")
	local.FlushAll()
	func(rdb clock) {
		rdb.Time()
	}(clock{})
	switch value := value.Interface().(type) {
	case string:
		value.Keys()
	}
	redis.SetLogger(nil)
	redis.HasErrorPrefix(nil, "KEYS")
	x := map[string]int{"Keys": 1}
	x.Sort()
	defer r.Close()
	go m.Keys("go")
	rows := make(chan int)
	rows.Move()
	return redis.Nil
}

func keys(cache clock, jedis *memory) {
	cache.Time()
	jedis.Keys("*")
	jedis.Publish("x")
}
