const Redis = require('ioredis');
const { createClient } = require('redis');

const r = new Redis();
const n = createClient();
r.zadd('z', 1, 'NX');
r.zadd('z', 'NX', 'CH', 1, 'XX');
r.zadd('z', score, 'NX');
r.set('k', 'v', 'EX', times['get']);
r.set('k', 'v', 'EX', 10, 'NX');
n.zAdd('z', [{ score: 1, value: 'nx' }]);
n.zAdd('z', [{ score: 1, value: 'nx' }], { XX: true });
n.zAdd('z', { score: 1, value: 'nx' }, { condition: 'GT' });
n.set('k', 'v', { EX: times['get'], NX: true });
