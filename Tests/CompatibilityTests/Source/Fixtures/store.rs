//! redis-rs: what it sends, in the forms that programs use.
use std::sync::Arc;

use deadpool_redis::{Config, Pool};
use redis::aio::{ConnectionManager, MultiplexedConnection};
use redis::{AsyncCommands, Client, Commands, RedisResult};

const LIST: &str = "KEYS";

#[derive(Clone)]
pub struct Store {
    client: Client,
    manager: ConnectionManager,
    pool: Arc<Pool>,
    lazy: Option<MultiplexedConnection>,
}

impl Store {
    pub async fn new(url: &str) -> RedisResult<Self> {
        let client = redis::Client::open(url)?;
        let manager = ConnectionManager::new(client.clone()).await?;
        let pool = Config::from_url(url).create_pool(None).unwrap();
        Ok(Self { client, manager, pool: Arc::new(pool), lazy: None })
    }

    async fn connection(&self) -> RedisResult<MultiplexedConnection> {
        self.client.get_multiplexed_async_connection().await
    }

    pub async fn wipe(&self) -> RedisResult<()> {
        let mut con = self.connection().await?;
        let _: () = con.flushall().await?;
        let keys: Vec<String> = self.manager.clone().keys("*").await?;
        let mut pooled = self.pool.get().await.expect("a connection");
        pooled.rename::<_, _, ()>("a", "b").await?;
        if let Some(mut lazy) = self.lazy.clone() {
            lazy.dbsize().await?;
        }
        match self.connection().await {
            Ok(mut c) => {
                redis::cmd("RANDOMKEY").query_async::<String>(&mut c).await?;
            }
            Err(error) => return Err(error),
        }
        redis::cmd("CONFIG").arg("GET").arg("maxmemory").query_async::<()>(&mut con).await?;
        redis::cmd(LIST).arg("*").query_async::<()>(&mut con).await?;
        let mut set = redis::cmd("SET");
        set.arg("k").arg("v").arg("KEEPTTL");
        Ok(())
    }
}

fn generic<C: redis::Commands>(con: &mut C) -> RedisResult<()> {
    con.save()
}

fn bounded<C>(con: &mut C, keys: &[&str]) -> RedisResult<()>
where
    C: Commands + Send,
{
    con.bgsave()?;
    con.getex("k", 1)
}

fn implemented(con: &mut impl Commands) {
    let _: i64 = con.lastsave().unwrap();
}

fn pipelines(con: &mut redis::Connection) -> redis::RedisResult<()> {
    redis::pipe().atomic().cmd("MOVE").arg("k").arg(1).ignore().get("k").query::<()>(con)?;
    let mut pipe = redis::pipe();
    pipe.set("k", 1).unlink("k");
    let script = redis::Script::new(r#"return redis.call("DBSIZE")"#);
    let _: () = script.key("k").arg(1).invoke(con)?;
    let run = |c: &mut redis::Connection| c.zadd("z", "m", 1);
    run(con)?;
    for client in vec![redis::Client::open("redis://h/2")?] {
        client.get_connection()?.shutdown()?;
    }
    con.get("k")
}

pub fn build(con: &mut redis::Connection) -> RedisResult<()> {
    redis::cmd("HSET").arg("h").arg("a").arg(1).exec(con)?;
    redis::cmd("HSET").arg("h").arg("a").arg(1).arg("b").arg(2).exec(con)?;
    redis::cmd("SET").arg("k").arg("v").arg("KEEPTTL").query(con)
}
