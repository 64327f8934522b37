//! What only looks like a client of Redis.
use redis::Commands;
use std::collections::{BTreeMap, HashMap};

struct Mock { rows: HashMap<String, String> }

impl Mock {
    fn keys(&self, _pattern: &str) -> Vec<String> { self.rows.keys().cloned().collect() }
    fn flushall(&mut self) { self.rows.clear() }
    fn dbsize(&self) -> usize { self.rows.len() }
    fn info(&self) -> &str { "mock" }
}

fn work(map: HashMap<String, i32>, tree: &BTreeMap<i32, i32>, mut mock: Mock, con: &mut redis::Connection) {
    for key in map.keys() { println!("{key}"); }
    tree.keys();
    mock.keys("*");
    mock.flushall();
    mock.dbsize();
    mock.info();
    let mut list = vec![2, 1];
    list.sort();
    std::fs::rename("a", "b").unwrap();
    std::fs::copy("a", "b").unwrap();
    log::info("redis.keys()");
    tracing::debug(map.keys());
    child.wait();
    stream.shutdown();
    runtime.shutdown();
    text.dump();
    // con.keys("*")
    let raw = r#"con.flushall()"#;
    let _: String = con.get("keys()").unwrap();
    document.save();
    cursor.move(1);
    sqlx::query("SELECT keys()");
}
