use std::time::{Duration, Instant};

use sqlx::{
    PgPool,
    postgres::{PgListener, PgNotification},
};
use uuid::Uuid;

use crate::{Db, Error};

/// Named by the trigger of migration 15.
const CHANNEL: &str = "mooncoon_news";
/// On which listeners hear themselves. All replicas share it; each looks for its own words.
const ECHO: &str = "mooncoon_echo";

/// How long a listener believes in a connection on which nothing is said. sqlx sets no TCP keepalive, and a network that is cut without a
/// word, or a Postgres that was stopped, looks like one that has no news.
const QUIET: Duration = Duration::from_secs(3);
/// How long a living database takes to answer, at most. With [`QUIET`], a dead connection is noticed within six seconds.
const ANSWER: Duration = Duration::from_secs(3);
/// How often a listener makes sure that what others say still reaches it. Each time costs Postgres a transaction id.
const HEARING: Duration = Duration::from_mins(1);
/// How often somebody looks who cannot hear.
const POLL: Duration = Duration::from_secs(2);

/// The ends of runs, whichever process ran them: one connection, beside the pools for readers.
#[derive(Debug)]
pub struct News {
    listener: PgListener,
    /// Another session, to be heard from.
    speaker: PgPool,
    /// None: what others say does not reach us. A pooler in transaction mode takes `listen` and forgets it.
    heard_at: Option<Instant>,
}

impl Db {
    /// Listens from now on. What ended before must be read.
    pub async fn news(&self) -> Result<News, Error> {
        let pool = self.pools().listener().await?;
        let listening = async {
            let mut listener = PgListener::connect_with(&pool).await?;
            // A lost connection is told to the caller, who reads what was missed and then asks for another listener.
            listener.eager_reconnect(false);
            listener.listen_all([CHANNEL, ECHO]).await?;
            Ok(listener)
        };
        let listener = in_time(listening).await?;
        let mut news = News { listener, speaker: self.health_pool().clone(), heard_at: None };
        news.check_hearing().await?;
        if news.heard_at.is_none() {
            tracing::warn!(
                "LISTEN does not work on this connection (a pooler in transaction mode?): looking for news every {} s instead",
                POLL.as_secs()
            );
        }
        Ok(news)
    }
}

impl News {
    /// Waits until a run has ended, or may have. Fails within ten seconds when the connection is dead, however it died; ask for another
    /// listener then.
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
                    // Whatever came in the meantime may have been passed over.
                    return Ok(());
                }
                Err(_) => self.check_connection().await?,
            }
        }
    }

    /// The session answers.
    async fn check_connection(&mut self) -> Result<(), Error> {
        in_time(async { sqlx::query("select 1").execute(&mut self.listener).await.map(drop) }).await
    }

    /// Says something from another session and waits for it. What comes instead is taken for heard: the caller reads after this.
    ///
    /// From its own session it would be heard in any case: a pooler lends the one that has listened to whoever asks something.
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
            // Deaf, or dead: a session that answers is deaf.
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

/// Only its own word must be told from those of others: std seeds every `RandomState` anew.
fn random() -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    RandomState::new().build_hasher().finish()
}
