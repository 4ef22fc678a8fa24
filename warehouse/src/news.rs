use sqlx::postgres::{PgListener, PgPoolOptions};

use crate::{Db, Error};

/// Named by the trigger of migration 15.
const CHANNEL: &str = "mooncoon_news";

/// The ends of runs, whichever process ran them: one connection, beside the pool.
#[derive(Debug)]
pub struct News(PgListener);

impl Db {
    /// Listens from now on. What ended before must be read.
    pub async fn news(&self) -> Result<News, Error> {
        // Of its own: a connection that listens for as long as the program runs must not be one of the twelve for readers.
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .after_connect(|connection, _| Box::pin(crate::settle(connection)))
            .connect_with(self.pool().connect_options().as_ref().clone())
            .await
            .map_err(Error::Connect)?;
        let mut listener = PgListener::connect_with(&pool).await.map_err(Error::read("news"))?;
        listener.listen(CHANNEL).await.map_err(Error::read("news"))?;
        Ok(News(listener))
    }
}

impl News {
    /// Waits until a run has ended, or may have: also returns when the connection was lost and is there again, for whatever was
    /// said meanwhile was not heard. Fails while the database is gone; ask for another listener then.
    pub async fn next(&mut self) -> Result<(), Error> {
        self.0.try_recv().await.map_err(Error::read("news"))?;
        Ok(())
    }
}
