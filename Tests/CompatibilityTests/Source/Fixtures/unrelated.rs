//! Redis is spoken of; nothing of it is used: `redis::cmd("FLUSHALL")`.
use std::collections::HashMap;
use std::process::Command;

mod redis_like {
    pub fn cmd(name: &str) -> String { name.to_string() }
    pub struct Redis;
    impl Redis {
        pub fn keys(&self, _: &str) -> Vec<String> { vec![] }
        pub fn flushall(&self) {}
    }
}

struct Cache<'a, T> { map: HashMap<String, T>, name: &'a str }

impl<'a, T: Clone> Cache<'a, T> {
    fn keys(&self) -> Vec<&String> { self.map.keys().collect() }
    fn flushall(&mut self) { self.map.clear() }
    fn info(&self) -> char { 'i' }
}

fn main() {
    let redis = redis_like::Redis;
    redis.keys("*");
    redis.flushall();
    redis_like::cmd("FLUSHALL");
    Command::new("KEYS").arg("*").output().unwrap();
    let mut map: HashMap<&str, i32> = HashMap::new();
    map.keys().for_each(|k| println!("{k}"));
    let text = "redis::cmd(\"KEYS\")";
    let raw = r#"con.keys("*")"#;
    let c = '"';
    /* con.keys("*") /* con.flushall() */ con.save() */
    let cache = Cache { map: HashMap::<String, i32>::new(), name: text };
    cache.keys();
    cache.info();
    if let Some(x) = map.get("a") { let _ = x << 2; }
    match (raw, c) { (_, 'a'..='z') => {} _ => {} }
    let f = |a: i32| -> i32 { a };
    f(1);
}
