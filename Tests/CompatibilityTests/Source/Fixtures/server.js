'use strict';
const Redis = require('ioredis');
const { createClient, createCluster: cluster } = require('redis');

const redis = new Redis({ host: 'localhost', db: 2 });
const second = new Redis('redis://localhost:6379/5');
const client = createClient({ url: 'redis://localhost:6379', database: 4 });

class Store {
  constructor(options) {
    this.redis = new Redis(options);
    this.node = cluster({ rootNodes: [] });
  }

  async run(key, keys, name) {
    await this.redis.set('k', 'v', 'EX', 10, 'NX');
    await this.redis.keys('user:*');
    await this.redis.getBuffer('k');
    await this.redis.hset('h', { f: 1, g: 2 });
    await this.redis.hset('h', 'f', 1);
    await this.redis.del(keys);
    await this.redis.call('object', 'encoding', key);
    await this.redis.call(name, key);
    await this.redis[name](key);
    await this.redis['dbsize']();
    await this.redis.multi().set('a', 1).rename('a', 'b').exec();
    const pipeline = this.redis.pipeline();
    pipeline.randomkey();
    await pipeline.exec();
    this.redis.scanStream({ match: 'user:*' }).on('data', (found) => found.sort());
    this.redis.defineCommand('echo', { numberOfKeys: 1, lua: `return redis.call('TIME')` });
    await this.node.sendCommand(['CONFIG', 'GET', '*']);
    await this.node.zRangeByScore('z', 0, 1);
  }
}

async function node() {
  await client.on('error', console.error).connect();
  await client.set('k', 'v', { EX: 10, KEEPTTL: true });
  await client.hSet('h', { a: '1' });
  await client.hGetAll('h');
  for await (const key of client.scanIterator()) {
    console.log(key);
  }
  const [a] = await client.multi().get('k').flushDb().exec();
  await client.expire('k', 10, 'NX');
  await client.lPopCount('l', 2);
  const copy = client.duplicate();
  await copy.subscribe('news', (message) => message.info());
  await client.executeIsolated(async (isolated) => {
    await isolated.watch('k');
  });
  return `${await client.dbSize()} of ${a}`;
}

redis.info().then((text) => second.lastsave());
new Redis.Cluster([]).time();
(async () => {
  const made = await createClient().connect();
  await made.sort('l');
})();

function guess(cache) {
  cache.keys('*');
}

function tuples() {
  return client.hSet('h', [['a', '1'], ['b', '2']]);
}
