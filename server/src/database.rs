//! Which database, and whose Postgres.

use anyhow::{Context as _, bail};
use domain::Source;
use warehouse::{
    Db, Logins, PgConnectOptions,
    embedded::{EmbeddedError, EmbeddedOptions, EmbeddedPostgres, Guest},
};

use crate::config::Config;

/// Live and simulated data never share a database.
const SIMULATED: &str = "mooncoon_simulated";
/// Ends the name of every database for simulated launches.
const SIMULATED_ENDING: &str = "_simulated";
const LIVE: &str = "mooncoon";

/// The Postgres the program works with: somebody's, or its own, which must be stopped at the end.
pub(crate) enum Cluster {
    Given(PgConnectOptions),
    Own(EmbeddedPostgres),
    /// The Postgres of another mooncoon that runs now; it is left running.
    Visited(Guest),
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

    /// The same for a command that may work beside a running program: when one holds the data folder, its Postgres is used.
    pub(crate) async fn open_beside(config: &Config) -> anyhow::Result<Self> {
        match Self::open(config).await {
            Err(error) if matches!(error.downcast_ref(), Some(EmbeddedError::InUse { .. })) => {
                match Guest::of(&config.data_dir)? {
                    Some(guest) => Ok(Self::Visited(guest)),
                    None => Err(error),
                }
            }
            opened => opened,
        }
    }

    /// Connects to the database of a source, makes it when missing, and migrates it.
    pub(crate) async fn database(&self, config: &Config, source: Source) -> anyhow::Result<Db> {
        let options = match (self, source) {
            (Self::Own(postgres), source) => {
                let name = if source == Source::Live { LIVE } else { SIMULATED };
                postgres.create_database_if_missing(name).await?;
                postgres.connect_options(name)
            }
            (Self::Visited(guest), Source::Live) => guest.connect_options(LIVE),
            (Self::Visited(guest), Source::Simulated) => {
                warehouse::create_database_if_missing(&guest.connect_options("postgres"), SIMULATED).await?;
                guest.connect_options(SIMULATED)
            }
            (Self::Given(options), Source::Live) if is_for_simulation(options) => {
                bail!(
                    "the database that DATABASE_URL names is for simulated launches: name another, or set MOONCOON_SOURCE to simulated"
                )
            }
            (Self::Given(options), Source::Live) => options.clone(),
            (Self::Given(options), Source::Simulated) if is_for_simulation(options) => options.clone(),
            (Self::Given(options), Source::Simulated) => options.clone().database(SIMULATED),
        };
        let poll_seconds = i64::try_from(config.poll.as_secs()).unwrap_or(i64::MAX / 2);
        let db = match (Db::connect(Logins::same(&options), source, poll_seconds).await, self) {
            // Asked only then: a connection to find out whether the database is there costs as much as one to the database.
            (Err(error), Self::Given(given)) if error.is_missing_database() && source == Source::Simulated => {
                warehouse::create_database_if_missing(given, SIMULATED).await?;
                Db::connect(Logins::same(&options), source, poll_seconds).await?
            }
            (connected, _) => connected?,
        };
        db.migrate().await?;
        Ok(db)
    }

    /// Stops a Postgres of our own; leaves somebody else's alone.
    pub(crate) async fn close(self) -> anyhow::Result<()> {
        match self {
            Self::Given(_) | Self::Visited(_) => Ok(()),
            Self::Own(postgres) => postgres.stop().await.context("could not stop our Postgres"),
        }
    }
}

/// Whether the database is one for simulated launches by its name, of which one server may then hold several.
fn is_for_simulation(options: &PgConnectOptions) -> bool {
    options.get_database().is_some_and(|name| name.ends_with(SIMULATED_ENDING))
}
