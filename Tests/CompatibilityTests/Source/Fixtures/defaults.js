import Redis from 'ioredis';

class Store {
  constructor(conn = new Redis(), names = []) {
    this.conn = conn;
    this.names = names;
    conn.time();
  }

  run() {
    this.conn.keys('*');
    this.names.keys();
  }
}
