import { LRUCache } from 'lru-cache';
import Memcached from 'memcached';
import { PrismaClient } from '@prisma/client';
import { connect, type NatsConnection } from 'nats';
import type { Logger } from 'pino';
import Redis from 'ioredis';

const redis = new Redis();
const cache = new LRUCache<string, number>({ max: 10 });
const memcached = new Memcached('h:11211');
const table = new Map<string, Map<string, number>>();
const prisma = new PrismaClient();

class FakeStore {
  private rows: Record<string, string> = {};
  keys(pattern: string): string[] { return Object.keys(this.rows).filter((k) => k.includes(pattern)); }
  flushall(): void { this.rows = {}; }
  info(): string { return 'fake'; }
}

interface Window { move(x: number, y: number): void; sort(): void; save(): void }

export async function work(log: Logger, nats: NatsConnection, fake: FakeStore, win: Window, form: FormData) {
  log.info('redis.keys(*)');
  log.debug({ command: 'FLUSHALL' });
  cache.keys();
  for (const key of table.keys()) table.get(key)!.keys();
  memcached.flush(() => undefined);
  nats.publish('redis', new Uint8Array());
  nats.subscribe('redis');
  nats.info;
  fake.keys('a');
  fake.flushall();
  console.info(fake.info());
  win.move(1, 2);
  win.sort();
  win.save();
  form.keys();
  [3, 1, 2].sort();
  new Set([1]).keys();
  new URLSearchParams('a=b').sort();
  new URLSearchParams('a=b').keys();
  Object.keys(process.env);
  Reflect.ownKeys(redis);
  localStorage.info?.();
  await caches.keys();
  await prisma.user.info();
  await (await caches.open('redis')).keys();
  // redis.keys('*')
  /* redis.flushall(); redis.dbsize() */
  const text = "redis.flushdb()";
  const template = `redis.keys('*') ${text}`;
  const pattern = /redis\.keys\('\*'\)/;
  const document = { save() { return 1; }, move: (x: number) => x };
  document.save();
  document.move(2);
  const monitor = { shutdown: () => undefined, wait: () => undefined };
  monitor.shutdown();
  monitor.wait();
  await redis.get('keys');
  await redis.hgetall('flushall');
  return { template, pattern };
}
