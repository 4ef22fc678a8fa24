//! Which database, and whose Postgres.

use anyhow::Context as _;
use domain::Source;
use warehouse::{
    Db, PgConnectOptions,
    embedded::{EmbeddedOptions, EmbeddedPostgres},
};

use crate::config::Config;

/// Live and simulated data never share a database.
const SIMULATED: &str = "mooncoon_simulated";
const LIVE: &str = "mooncoon";

/// The Postgres the program works with: somebody's, or its own, which must be stopped at the end.
pub(crate) enum Cluster {
    Given(PgConnectOptions),
    Own(EmbeddedPostgres),
}

impl Cluster {
    /// Takes `DATABASE_URL`, or starts a Postgres under the data folder.
    pub(crate) async fn open(config: &Config) -> anyhow::Result<Self> {
        if let Some(url) = &config.database_url {
            let options = url.expose().parse::<PgConnectOptions>().context("DATABASE_URL cannot be understood")?;
            return Ok(Self::Given(options));
        }
        let mut options = EmbeddedOptions::new(&config.data_dir);
        options.search_path.clone_from(&config.search_path);
        options.extra_binary_dirs.extend(config.postgres_dir.clone());
        let postgres = EmbeddedPostgres::start(options).await.context("could not start a Postgres of our own")?;
        Ok(Self::Own(postgres))
    }

    /// Connects to the database of a source, makes it when missing, and migrates it.
    pub(crate) async fn database(&self, config: &Config, source: Source) -> anyhow::Result<Db> {
        let options = match (self, source) {
            (Self::Own(postgres), source) => {
                let name = if source == Source::Live { LIVE } else { SIMULATED };
                postgres.create_database_if_missing(name).await?;
                postgres.connect_options(name)
            }
            (Self::Given(options), Source::Live) => options.clone(),
            (Self::Given(options), Source::Simulated) => {
                warehouse::create_database_if_missing(options, SIMULATED).await?;
                options.clone().database(SIMULATED)
            }
        };
        let poll_seconds = i64::try_from(config.poll.as_secs()).unwrap_or(i64::MAX / 2);
        let db = Db::connect(options, source, poll_seconds).await?;
        db.migrate().await?;
        Ok(db)
    }

    /// Stops a Postgres of our own; leaves somebody else's alone.
    pub(crate) async fn close(self) -> anyhow::Result<()> {
        match self {
            Self::Given(_) => Ok(()),
            Self::Own(postgres) => postgres.stop().await.context("could not stop our Postgres"),
        }
    }
}
