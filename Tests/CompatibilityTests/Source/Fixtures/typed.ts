import Redis, { Cluster as C, type RedisOptions } from 'ioredis';
import { createClient, RedisClientType } from 'redis';

export class Service {
  private readonly redis: Redis;
  private cluster?: C;

  constructor(private readonly node: RedisClientType, options: RedisOptions) {
    this.redis = new Redis(options);
  }

  async run<T>(key: string): Promise<T | null> {
    await this.node.randomKey();
    await this.redis.flushdb();
    await this.cluster!.keys('*');
    const value = (await this.redis.get(key)) as unknown as T;
    this.typed(this.redis);
    return value;
  }

  typed(client: Redis): void {
    client.bgsave();
  }

  make(): Redis {
    return this.redis.duplicate();
  }

  more = async (other: RedisClientType): Promise<void> => {
    await other.configGet('maxmemory');
    this.make().slowlog('GET', 1);
  };
}
