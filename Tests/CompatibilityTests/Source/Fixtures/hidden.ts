import { createClient } from '@redis/client';
import type { RedisClientType } from '@redis/client';

type Cache = { keys(): string[] };

export class Hidden {
  private cache: Cache;
  private map = new Map<string, string>();
  private client: RedisClientType | undefined;

  constructor(cache: Cache, private readonly redis: Cache) {
    this.cache = cache;
  }

  run(cache: Cache, rdb: Map<string, string>, redisClient: string[]): string[] {
    cache.keys();
    rdb.keys();
    redisClient.sort();
    this.cache.keys();
    this.redis.keys();
    this.map.keys();
    this.client?.on('error', () => undefined);
    const redis: Cache = cache;
    redis.keys();
    const local = cache < rdb ? 1 : 2;
    for (const r of redisClient) {
      r.sort();
    }
    return [`${cache.keys()} ${local}`].map((rds: string) => rds.type());
  }
}
