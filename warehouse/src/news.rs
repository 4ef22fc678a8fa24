use std::time::{Duration, Instant};

use sqlx::{
    PgPool,
    postgres::{PgListener, PgNotification},
};
use uuid::Uuid;

use crate::{Db, Error};

/// The channel of the trigger in migration 15.
const CHANNEL: &str = "mooncoon_news";
/// The channel on which listeners test whether they receive. All replicas share it; each looks for its own payload.
const ECHO: &str = "mooncoon_echo";

/// How long a listener trusts a silent connection. sqlx sets no TCP keepalive: a network that is cut silently, or a Postgres that was
/// stopped, looks like one without news.
const QUIET: Duration = Duration::from_secs(3);
/// The longest response time of a working database. With [`QUIET`], a dead connection is noticed within six seconds.
const ANSWER: Duration = Duration::from_secs(3);
/// How often a listener checks that it still receives notifications. Each check costs Postgres a transaction id.
const HEARING: Duration = Duration::from_mins(1);
/// The polling interval of a listener that receives no notifications.
const POLL: Duration = Duration::from_secs(2);

/// Notifications of finished runs, whichever process ran them: one connection, outside the pools for readers.
#[derive(Debug)]
pub struct News {
    listener: PgListener,
    /// Another session, which sends the test notification.
    speaker: PgPool,
    /// None: notifications do not reach us. A pooler in transaction mode accepts `listen` and forgets it.
    heard_at: Option<Instant>,
}

impl Db {
    /// Listens from now on. The caller must read what ended before.
    pub async fn news(&self) -> Result<News, Error> {
        let pool = self.pools().listener().await?;
        let listening = async {
            let mut listener = PgListener::connect_with(&pool).await?;
            // A lost connection is reported to the caller, who reads what was missed and then opens another listener.
            listener.eager_reconnect(false);
            listener.listen_all([CHANNEL, ECHO]).await?;
            Ok(listener)
        };
        let listener = in_time(listening).await?;
        let mut news = News { listener, speaker: self.health_pool().clone(), heard_at: None };
        news.check_hearing().await?;
        if news.heard_at.is_none() {
            tracing::warn!(
                "LISTEN does not work on this connection (a pooler in transaction mode?): polling for news every {} s instead",
                POLL.as_secs()
            );
        }
        Ok(news)
    }
}

impl News {
    /// Waits until a run has ended, or may have ended. Fails within ten seconds when the connection is dead, for whatever reason; open
    /// another listener then.
    pub async fn next(&mut self) -> Result<(), Error> {
        loop {
            let Some(heard_at) = self.heard_at else {
                tokio::time::sleep(POLL).await;
                return Ok(());
            };
            match tokio::time::timeout(QUIET, self.listener.try_recv()).await {
                Ok(received) => match received.map_err(Error::read("news"))? {
                    Some(said) if said.channel() == ECHO => {}
                    Some(_) => return Ok(()),
                    None => return Err(Error::NoAnswer { query: "news" }),
                },
                Err(_) if heard_at.elapsed() > HEARING => {
                    self.check_hearing().await?;
                    // Notifications that arrived in the meantime may have been discarded.
                    return Ok(());
                }
                Err(_) => self.check_connection().await?,
            }
        }
    }

    /// Checks that the session responds.
    async fn check_connection(&mut self) -> Result<(), Error> {
        in_time(async { sqlx::query("select 1").execute(&mut self.listener).await.map(drop) }).await
    }

    /// Sends a notification from another session and waits for it. Others that arrive first are discarded: the caller reads after this.
    ///
    /// Sent from the same session it would arrive in any case: a pooler lends the session that has listened to any client with a query.
    async fn check_hearing(&mut self) -> Result<(), Error> {
        self.heard_at = None;
        let word = Uuid::from_u64_pair(random(), random()).to_string();
        let said = sqlx::query("select pg_notify($1, $2)").bind(ECHO).bind(&word).execute(&self.speaker);
        in_time(async { said.await.map(drop) }).await?;
        let is_echo = |said: &PgNotification| said.channel() == ECHO && said.payload() == word;
        let heard = async {
            loop {
                match self.listener.try_recv().await {
                    Ok(Some(said)) if is_echo(&said) => return Ok(()),
                    Ok(Some(_)) => {}
                    Ok(None) => return Err(Error::NoAnswer { query: "news" }),
                    Err(error) => return Err(Error::read("news")(error)),
                }
            }
        };
        match tokio::time::timeout(ANSWER, heard).await {
            Ok(heard) => {
                heard?;
                self.heard_at = Some(Instant::now());
                Ok(())
            }
            // No notifications, or a dead connection: if the session responds, only the notifications are lost.
            Err(_) => self.check_connection().await,
        }
    }
}

async fn in_time<T>(asked: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, Error> {
    match tokio::time::timeout(ANSWER, asked).await {
        Ok(answered) => answered.map_err(Error::read("news")),
        Err(_) => Err(Error::NoAnswer { query: "news" }),
    }
}

/// Each payload only has to differ from those of others: std seeds every `RandomState` anew.
fn random() -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    RandomState::new().build_hasher().finish()
}
