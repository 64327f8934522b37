//! Forms of redis-rs and fred beside those of store.rs.
use fred::prelude::*;
use redis::{aio::MultiplexedConnection, AsyncCommands, Commands, Connection, ConnectionLike};
use std::sync::{Arc, Mutex};

struct Worker { con: Arc<Mutex<Connection>>, name: String }

impl Worker {
    fn clear(&self) -> redis::RedisResult<()> {
        let mut con = self.con.lock().unwrap();
        con.rename_nx("a", "b")?; // sends RENAMENX
        redis::cmd("FLUSHDB").query(&mut *con)?; // sends FLUSHDB
        redis::pipe().cmd("BGSAVE").ignore().get("k").query(&mut *con) // sends BGSAVE
    }
}

fn list(con: &mut Connection) -> redis::RedisResult<Vec<String>> { con.keys("w:*") } // sends KEYS

async fn run(mut con: MultiplexedConnection, names: &[&str]) -> redis::RedisResult<()> {
    for name in names { let _: () = con.xadd(name, "*", &[("a", "b")]).await?; } // sends XADD
    let wait = async move { redis::cmd("WAIT").arg(1).arg(0).query_async::<i64>(&mut con).await }; // sends WAIT
    wait.await?;
    let client = redis::Client::open("redis://h")?;
    let mut fresh = client.get_connection()?;
    let size: i64 = redis::cmd("DBSIZE").query(&mut fresh)?; // sends DBSIZE
    if size > 0 { let _: Vec<String> = fresh.keys("*")?; } // sends KEYS
    let (mut left, right) = (client.get_connection()?, 1);
    let _: () = left.xtrim("s", redis::streams::StreamMaxlen::Equals(right))?; // sends XTRIM
    match client.get_connection() {
        Ok(mut c) => { let _: bool = c.xlen("s")?; } // sends XLEN
        Err(_) => {}
    }
    let mut other = client.get_multiplexed_async_connection().await?;
    other.rename::<_, _, ()>("a", "b").await?; // sends RENAME
    let _: () = redis::cmd("CONFIG").arg("GET").arg("maxmemory").query_async(&mut other).await?; // sends CONFIG
    redis::Cmd::new().arg("RANDOMKEY").query::<String>(&mut fresh)?; // sends RANDOMKEY
    let _: () = fresh.get("keys")?;
    Ok(())
}
