//! Selection of the database and of the Postgres server.

use anyhow::{Context as _, bail};
use domain::{BackgroundState, Source};
use embedded_postgres::{EmbeddedError, EmbeddedOptions, EmbeddedPostgres, Guest, RoleLogins, ServerState};
use warehouse::{Db, Logins, PgConnectOptions};

use crate::{
    background::BackgroundTasks,
    config::{Config, Secret},
};

/// Live and simulated data never share a database.
const SIMULATED: &str = "mooncoon_simulated";
/// Suffix of the name of every database for simulated launches.
const SIMULATED_ENDING: &str = "_simulated";
const LIVE: &str = "mooncoon";

/// The Postgres that the program uses: an external one, or its own, which must be stopped at the end.
pub(crate) enum Cluster {
    Given(Box<Logins>),
    Own(EmbeddedPostgres),
    /// The Postgres of another running mooncoon; it is left running.
    Visited(Guest),
}

impl Cluster {
    /// Uses `DATABASE_URL`, or starts a Postgres in the data directory.
    pub(crate) async fn open(config: &Config) -> anyhow::Result<Self> {
        if let Some(url) = &config.database_url {
            return given(config, url).map(|logins| Self::Given(Box::new(logins)));
        }
        let mut options = EmbeddedOptions::new(&config.data_dir);
        options.search_path.clone_from(&config.search_path);
        options.extra_binary_dirs.extend(config.postgres_dir.clone());
        let postgres = EmbeddedPostgres::start(options).await.context("could not start the embedded Postgres")?;
        Ok(Self::Own(postgres))
    }

    /// Like [`Self::open`], for a command that may run alongside a running program: if one uses the data directory, its Postgres is used.
    pub(crate) async fn open_alongside(config: &Config) -> anyhow::Result<Self> {
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

    /// Connects to the database of a source, creates it if missing, and migrates it.
    pub(crate) async fn database(&self, config: &Config, source: Source) -> anyhow::Result<Db> {
        let mut schema = None;
        let logins = match self {
            Self::Own(postgres) => {
                let name = if source == Source::Live { LIVE } else { SIMULATED };
                postgres.prepare_database(name).await?;
                own(postgres.logins(name))
            }
            Self::Visited(guest) => {
                let name = if source == Source::Live { LIVE } else { SIMULATED };
                guest.prepare_database(name).await?;
                own(guest.logins(name))
            }
            Self::Given(given) => {
                let logins = of_source(given, source)?;
                schema = Some(check_owner(&given.owner, &logins.owner, source).await?);
                logins
            }
        };
        let logins = logins.prepared();
        warehouse::migrate(&logins).await?;
        if let Some(schema) = schema {
            check_others(&logins, &schema).await?;
        }
        let poll_seconds = i64::try_from(config.poll.as_secs()).unwrap_or(i64::MAX / 2);
        Ok(Db::connect(logins, source, poll_seconds).await?)
    }

    /// Reports the state of an embedded Postgres from now on; an external one is not monitored.
    pub(crate) fn report_to(&self, tasks: &BackgroundTasks) {
        let Self::Own(postgres) = self else { return };
        let (mut state, tasks) = (postgres.state(), tasks.clone());
        tokio::spawn(async move {
            loop {
                let (is, detail) = in_words(&state.borrow_and_update());
                tasks.report("embedded Postgres", is, detail);
                if state.changed().await.is_err() {
                    break;
                }
            }
        });
    }

    /// Stops an embedded Postgres; leaves an external one running.
    pub(crate) async fn close(self) -> anyhow::Result<()> {
        match self {
            Self::Given(_) | Self::Visited(_) => Ok(()),
            Self::Own(postgres) => postgres.stop().await.context("could not stop the embedded Postgres"),
        }
    }
}

fn in_words(state: &ServerState) -> (BackgroundState, Option<String>) {
    match state {
        ServerState::Running => (BackgroundState::Running, None),
        ServerState::Down { failures, pause } => {
            let pause = pause.as_secs_f64();
            let detail = format!(
                "it exited, and {failures} consecutive starts failed; the next one is {pause:.1} s after the last"
            );
            (BackgroundState::Restarting, Some(detail))
        }
        ServerState::Suspended => {
            let detail = "its process is suspended and accepts no new connections until it is resumed";
            (BackgroundState::Failed, Some(detail.to_owned()))
        }
        _ => (BackgroundState::Restarting, Some("it exited and is being restarted".to_owned())),
    }
}

/// The three logins of an embedded Postgres.
fn own(RoleLogins { owner, ingest, web }: RoleLogins) -> Logins {
    Logins { owner, ingest, web }
}

/// The three logins of an external Postgres; `DATABASE_URL` replaces those that are not set.
fn given(config: &Config, owner: &Secret) -> anyhow::Result<Logins> {
    let read = |name: &'static str, url: &Secret| {
        url.expose().parse::<PgConnectOptions>().with_context(|| format!("could not parse {name}"))
    };
    let mut logins = Logins::same(&read("DATABASE_URL", owner)?);
    if let Some(url) = &config.database_ingest_url {
        logins.ingest = read("DATABASE_INGEST_URL", url)?;
    }
    if let Some(url) = &config.database_web_url {
        logins.web = read("DATABASE_WEB_URL", url)?;
    }
    for (name, login) in [("DATABASE_INGEST_URL", &logins.ingest), ("DATABASE_WEB_URL", &logins.web)] {
        if database_name(login) != database_name(&logins.owner) {
            bail!(
                "{name} names the database {}, but DATABASE_URL names {}: they must be the same",
                database_name(login),
                database_name(&logins.owner)
            );
        }
    }
    if config.database_ingest_url.is_none() || config.database_web_url.is_none() {
        tracing::warn!(
            "pages, job or both use the login of DATABASE_URL, which owns the tables: set DATABASE_INGEST_URL and DATABASE_WEB_URL \
             to roles with fewer rights (docs/postgres/roles.sql)"
        );
    }
    Ok(logins)
}

/// Returns the logins for the database of a source: live and simulated launches are kept in separate databases.
fn of_source(logins: &Logins, source: Source) -> anyhow::Result<Logins> {
    match (source, is_for_simulation(&logins.owner)) {
        (Source::Live, true) => bail!(
            "the database of DATABASE_URL is for simulated launches: use another one, or set MOONCOON_SOURCE to simulated"
        ),
        (Source::Live, false) | (Source::Simulated, true) => Ok(logins.clone()),
        (Source::Simulated, false) => Ok(Logins {
            owner: logins.owner.clone().database(SIMULATED),
            ingest: logins.ingest.clone().database(SIMULATED),
            web: logins.web.clone().database(SIMULATED),
        }),
    }
}

/// Checks the server before anything is changed there, and creates a missing database for simulated launches. Returns the schema of the
/// tables.
async fn check_owner(given: &PgConnectOptions, owner: &PgConnectOptions, source: Source) -> anyhow::Result<String> {
    let server = match warehouse::check(owner).await {
        // Only in this case: a connection to find out whether the database exists costs as much as one to the database.
        Err(error) if error.is_missing_database() && source == Source::Simulated && !is_for_simulation(given) => {
            warehouse::create_database_if_missing(given, SIMULATED).await?;
            warehouse::check(owner).await
        }
        checked => checked,
    };
    Ok(server.context("DATABASE_URL")?.schema)
}

/// Checks the server as the roles that do not own the tables, after the owner has granted them access.
async fn check_others(logins: &Logins, schema: &str) -> anyhow::Result<()> {
    for (name, login) in [("DATABASE_INGEST_URL", &logins.ingest), ("DATABASE_WEB_URL", &logins.web)] {
        let is_owner = login.get_username() == logins.owner.get_username();
        if is_owner && login.get_host() == logins.owner.get_host() && login.get_port() == logins.owner.get_port() {
            continue;
        }
        let server = warehouse::check(login).await.context(name)?;
        if server.schema != schema {
            bail!(
                "{name} uses the schema {}, but DATABASE_URL has the tables in {schema}: alter role {} set search_path = {schema}",
                server.schema,
                login.get_username(),
            );
        }
    }
    Ok(())
}

fn database_name(options: &PgConnectOptions) -> &str {
    options.get_database().unwrap_or_else(|| options.get_username())
}

/// Returns whether the database is for simulated launches, by its name. One server may have several of them.
fn is_for_simulation(options: &PgConnectOptions) -> bool {
    options.get_database().is_some_and(|name| name.ends_with(SIMULATED_ENDING))
}
