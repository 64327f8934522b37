import Redis from 'ioredis';

const store = new Redis();
const map = new Map();
const cache = new Map();
const settings = { keys: () => [], sort: 1 };

export function run(names, redisLike) {
  map.keys();
  cache.keys();
  cache.get('a');
  cache.set('a', 1);
  Object.keys(settings);
  names.sort();
  names.keys();
  settings.keys();
  console.time('x');
  console.info('store.keys("*")');
  // store.keys('*')
  /* store.flushall() */
  const text = "store.keys('*')";
  const template = `store.flushall()`;
  const pattern = /store.keys('*')/g;
  names.map((store) => store.keys());
  names.forEach(function (store) {
    store.sort();
  });
  const inner = (store) => {
    store.clear();
  };
  inner(text + template + pattern);
  store.on('error', () => {});
  store.disconnect();
  document.append('x');
  process.exit(names.time());
  new Other().keys('*');
  [].sort();
  'abc'.append('x');
  redisLike.keys('*');
  window.history.info();
  return names.length / 2 / names.move();
}

function shadow() {
  const store = [];
  store.sort();
  store.keys();
}

function parameter({ store }) {
  const redis = [];
  redis.sort();
}

class Thing {
  constructor() {
    this.store = new Map();
    this.rdb = [];
  }

  keys() {
    this.store.keys();
    this.rdb.sort();
    return this.keys();
  }

  flushall() {
    super.flushall();
    this.flushall();
  }
}

async function load(fs) {
  await fs.rename('a', 'b');
  await fetch('x').time();
  const jsx = text => text.type();
  return jsx;
}
