'use strict';
const { promisify } = require('util');
const IORedis = require('ioredis');
const legacy = require('redis');

const client = legacy.createClient(6379, 'h');
const keysAsync = promisify(client.keys).bind(client);
const io = new IORedis.Cluster([{ host: 'h' }]);

class Store {
  constructor(options = {}) {
    this.redis = options.redis || new IORedis();
    this.name = 'redis';
  }
  async wipe() {
    await this.redis.flushall('ASYNC'); // sends FLUSHALL
    const self = this;
    process.on('exit', function () { self.redis.shutdown(); }); // sends SHUTDOWN
  }
}

module.exports = async function (app) {
  client.on('ready', () => client.info((error, text) => app.log(text))); // sends INFO
  await io.randomkey(); // sends RANDOMKEY
  client.send_command('DEBUG', ['SLEEP', 1]); // sends DEBUG
  client.multi([['keys', '*'], ['get', 'a']]).exec(); // sends KEYS
  io.pipeline([['dbsize'], ['get', 'a']]).exec(); // sends DBSIZE
  app.locals.redis = io;
  const store = new Store({ redis: io });
  store.redis.lastsave(); // sends LASTSAVE
  return io.nodes('master').map((node) => node.bgsave()); // perhaps BGSAVE
};
