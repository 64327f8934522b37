import { EventEmitter } from 'node:events';
import Redis, { Cluster, type ChainableCommander } from 'ioredis';
import { createClient, createClientPool, type RedisClientType } from 'redis';

type Connection = Redis | Cluster;

const shared: Redis = new Redis(process.env.REDIS_URL!);
export const node = createClient({ url: 'redis://cache' });
export const pooled = createClientPool();
let lazy: Redis | undefined;

interface Deps {
  readonly redis: Redis;
  store?: RedisClientType;
}

abstract class Base {
  protected constructor(protected readonly conn: Redis) {}
}

export class Queue extends Base {
  static #instance?: Queue;
  #client: Cluster;

  constructor(private deps: Deps, cluster: Cluster) {
    super(deps.redis);
    this.#client = cluster;
  }

  async drain(): Promise<void> {
    await this.conn.flushall(); // sends FLUSHALL
    await this.deps.redis.randomkey(); // sends RANDOMKEY
    await this.deps.store?.dbSize(); // sends DBSIZE
    await this.#client.keys('q:*'); // sends KEYS
    const { redis } = this.deps;
    await redis.rename('a', 'b'); // sends RENAME
    await (this.conn as Redis).bgsave(); // sends BGSAVE
    await this.conn.call('OBJECT', 'ENCODING', 'k'); // sends OBJECT
  }

  size = (): Promise<number> => this.conn.dbsize(); // sends DBSIZE

  get raw(): Redis {
    return this.conn;
  }

  async more(pipe: ChainableCommander = this.conn.pipeline()) {
    await this.raw.lastsave(); // sends LASTSAVE
    await this.conn.pipeline().set('k', 'v').move('k', 1).exec(); // sends MOVE
    await this.conn.multi().xadd('s', '*', 'a', 'b').exec(); // sends XADD
  }
}

export async function connect(): Promise<Redis> {
  lazy ??= new Redis();
  await lazy.config('GET', 'maxmemory'); // sends CONFIG
  return lazy;
}

export async function main<T extends object>(given: Connection, deps: Deps) {
  const r = await connect();
  await r.debug('SLEEP', '1'); // sends DEBUG
  await given.flushdb(); // sends FLUSHDB
  await node.sendCommand(['KEYS', '*']); // sends KEYS
  await node.flushAll(); // sends FLUSHALL
  await pooled.randomKey(); // sends RANDOMKEY
  const [first, second] = [shared, node];
  await first.slowlog('GET', 5); // sends SLOWLOG
  await Promise.all([shared.save(), shared.unlink('k')]); // sends SAVE UNLINK
  for (const client of [shared, r]) await client.xlen('s'); // sends XLEN
  const copy = shared.duplicate({ db: 0 });
  copy.monitor(); // sends MONITOR
  const ask = async (c: RedisClientType) => c.bgRewriteAof(); // sends BGREWRITEAOF
  await ask(node as RedisClientType);
  const command = 'SORT';
  await shared.call(command, 'list'); // sends SORT
  await shared!.getex('k', 'EX', 10); // sends GETEX
  try {
    await deps.redis.shutdown(); // sends SHUTDOWN
  } finally {
    await shared.quit();
  }
}
