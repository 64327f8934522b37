const Redis = require('ioredis');

let client = null;
let bare;
let other = null;

function early() {
  client.info();
}

function connect() {
  client = new Redis();
  bare = new Redis();
}

function close() {
  client.dbsize();
  client = null;
}

function work() {
  client.keys('*');
  bare.time();
  other.keys('*');
}

function local(client) {
  client.keys('*');
  const bare = null;
  bare.keys('*');
  let other = new Redis();
  other.randomkey();
}

function own() {
  let client = make();
  client.keys('*');
}
