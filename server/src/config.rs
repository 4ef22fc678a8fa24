//! The configuration from the environment, read once. No other file reads the environment (except xtask, which is another program).

#![expect(clippy::disallowed_methods, reason = "this file reads the environment")]

use std::{
    env, fmt,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use anyhow::{Context as _, anyhow, bail};
use ingest::{CompactionOptions, Retention, UpkeepOptions};
use url::Url;

use crate::{
    public_url::PublicUrl,
    setting::{Asked, bounded, database_url, ll2_url, parse, retention_days, seconds, switch},
    trusted_proxies::TrustedProxies,
};

/// Launch Library 2, production.
const LL2_PRODUCTION: &str = "https://ll.thespacedevs.com/2.3.0";

/// The configuration of the program. `.env.example` explains each variable.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// `MOONCOON_ADDR`
    pub(crate) addr: SocketAddr,
    /// `DATABASE_URL`; none: an embedded Postgres.
    pub(crate) database_url: Option<Secret>,
    /// `DATABASE_INGEST_URL`: the same database for the ingest job; none: `DATABASE_URL`.
    pub(crate) database_ingest_url: Option<Secret>,
    /// `DATABASE_WEB_URL`: the same database for the pages; none: `DATABASE_URL`.
    pub(crate) database_web_url: Option<Secret>,
    /// `MOONCOON_DATA_DIR`
    pub(crate) data_dir: PathBuf,
    /// `MOONCOON_SOURCE`
    pub(crate) source: SourceChoice,
    /// `MOONCOON_LL2_URL`; none: production.
    pub(crate) ll2_url: Option<Url>,
    /// `MOONCOON_LL2_TOKEN`
    pub(crate) ll2_token: Option<Secret>,
    /// `MOONCOON_LL2_BUDGET`
    pub(crate) ll2_budget: u32,
    /// `MOONCOON_LL2_TIMEOUT_SECONDS`; none: the client's default.
    pub(crate) ll2_timeout: Option<Duration>,
    /// `MOONCOON_LL2_BACKOFF_SECONDS`; none: the client's default.
    pub(crate) ll2_backoff: Option<Duration>,
    /// `MOONCOON_POLL_SECONDS`
    pub(crate) poll: Duration,
    /// `MOONCOON_AUDIT_RETENTION_DAYS`, `MOONCOON_RAW_RETENTION_DAYS` and `MOONCOON_COMPACTION`
    pub(crate) upkeep: UpkeepOptions,
    /// `MOONCOON_PUBLIC_READ`
    pub(crate) public_read: bool,
    /// `MOONCOON_PUBLIC_URL`
    pub(crate) public_url: Option<PublicUrl>,
    /// `MOONCOON_TRUSTED_PROXY`
    pub(crate) trusted_proxies: TrustedProxies,
    /// `MOONCOON_MAX_CONNECTIONS`
    pub(crate) max_connections: usize,
    /// `MOONCOON_MAX_CONNECTIONS_PER_ADDRESS`
    pub(crate) max_connections_per_address: usize,
    /// `MOONCOON_MAX_STREAMS`
    pub(crate) max_streams: usize,
    /// `MOONCOON_SITE_DIR`: the browser bundle; next to the executable by default.
    pub(crate) site_dir: PathBuf,
    /// `MOONCOON_POSTGRES_DIR`: a folder with Postgres binaries from npm, which `cargo xtask run` fetches.
    pub(crate) postgres_dir: Option<PathBuf>,
    /// `MOONCOON_FAILPOINT`: the point at which a test ends this process.
    #[cfg(feature = "failpoints")]
    pub(crate) failpoint: Option<ingest::failpoint::Armed>,
    /// `PATH`, searched for Postgres.
    pub(crate) search_path: Option<std::ffi::OsString>,
}

/// `MOONCOON_SOURCE`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SourceChoice {
    /// Live if LL2 responds at startup, else simulated.
    Auto,
    Live,
    Simulated,
}

/// A string that must not be logged.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("(secret)")
    }
}

/// `RUST_LOG`: the log filter by level and module. Read before anything else can fail.
pub(crate) fn log_filter() -> Option<String> {
    env::var("RUST_LOG").ok().filter(|filter| !filter.trim().is_empty())
}

/// Reads `.env` of the working directory, if there is one. Variables that are already set take precedence.
pub(crate) fn load_dotenv() -> anyhow::Result<()> {
    match dotenvy::dotenv() {
        Ok(_) => Ok(()),
        Err(error) if error.not_found() => Ok(()),
        Err(error) => Err(anyhow::Error::new(error).context("could not read the .env file")),
    }
}

impl Config {
    pub(crate) fn from_environment() -> anyhow::Result<Self> {
        let asked = Asked::default();
        let config = Self::read(|name| {
            asked.note(name);
            match env::var(name) {
                Ok(value) => Ok(Some(value).filter(|value| !value.trim().is_empty())),
                Err(env::VarError::NotPresent) => Ok(None),
                Err(env::VarError::NotUnicode(_)) => Err(anyhow!("{name} is not UTF-8")),
            }
        })?;
        // `.env` is already part of the environment.
        let lossy = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
        asked.refuse_others(env::vars_os().map(|(name, value)| (lossy(name), lossy(value))))?;
        Ok(config)
    }

    /// Reads from any source of variables; tests supply their own. A variable that is not requested here, on every path, is refused as
    /// unknown.
    fn read(variable: impl Fn(&str) -> anyhow::Result<Option<String>>) -> anyhow::Result<Self> {
        let addr: SocketAddr = parse(&variable, "MOONCOON_ADDR", "an address like 127.0.0.1:3000")?
            .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000)));
        // Longer than a week makes no sense: changes in between are only read later, not observed.
        let poll: u64 = bounded(&variable, "MOONCOON_POLL_SECONDS", 1..=604_800, "seconds")?.unwrap_or(3600);
        let ll2_budget: u32 = bounded(&variable, "MOONCOON_LL2_BUDGET", 1..=1_000_000, "requests")?.unwrap_or(15);
        let source = match variable("MOONCOON_SOURCE")?.as_deref() {
            None | Some("auto") => SourceChoice::Auto,
            Some("live") => SourceChoice::Live,
            Some("simulated") => SourceChoice::Simulated,
            Some(other) => bail!("MOONCOON_SOURCE is {other:?}: neither auto, live nor simulated"),
        };
        let public_read = switch(&variable, "MOONCOON_PUBLIC_READ")?.unwrap_or_else(|| is_loopback(addr.ip()));
        // At least a month: data tests read the last weeks, and a failure of a month ago is still looked for.
        let audit_retention = retention_days(&variable, "MOONCOON_AUDIT_RETENTION_DAYS", 30..=36_500)?;
        let raw_retention = retention_days(&variable, "MOONCOON_RAW_RETENTION_DAYS", 30..=36_500)?;
        let has_compaction = switch(&variable, "MOONCOON_COMPACTION")?.unwrap_or(true);
        let upkeep = UpkeepOptions {
            audit_retention: audit_retention.unwrap_or(Retention::Days(365)),
            raw_retention: raw_retention.unwrap_or(Retention::Forever),
            compaction: has_compaction.then(CompactionOptions::default),
            poll_interval: Duration::from_secs(poll),
        };
        // Read in every build: a program without failpoints fails here, so that no test passes without testing anything.
        let failpoint = variable("MOONCOON_FAILPOINT")?;
        #[cfg(not(feature = "failpoints"))]
        if failpoint.is_some() {
            bail!("MOONCOON_FAILPOINT is set, but this program was built without the feature `failpoints`");
        }
        for name in ["DATABASE_INGEST_URL", "DATABASE_WEB_URL"] {
            if variable(name)?.is_some() && variable("DATABASE_URL")?.is_none() {
                bail!(
                    "{name} is set but DATABASE_URL is not: it must name the owner of the same database, which runs the migrations"
                );
            }
        }
        Ok(Self {
            addr,
            database_url: postgres_url(&variable, "DATABASE_URL")?,
            database_ingest_url: postgres_url(&variable, "DATABASE_INGEST_URL")?,
            database_web_url: postgres_url(&variable, "DATABASE_WEB_URL")?,
            data_dir: match variable("MOONCOON_DATA_DIR")? {
                Some(folder) => std::path::absolute(folder).context("could not make MOONCOON_DATA_DIR absolute")?,
                None => default_data_dir()?,
            },
            source,
            ll2_url: variable("MOONCOON_LL2_URL")?.map(|url| ll2_url(&url)).transpose()?,
            ll2_token: variable("MOONCOON_LL2_TOKEN")?.map(Secret),
            ll2_budget,
            ll2_timeout: seconds(&variable, "MOONCOON_LL2_TIMEOUT_SECONDS", 0.01..=600.0)?,
            ll2_backoff: seconds(&variable, "MOONCOON_LL2_BACKOFF_SECONDS", 0.001..=600.0)?,
            poll: Duration::from_secs(poll),
            upkeep,
            public_read,
            public_url: match variable("MOONCOON_PUBLIC_URL")? {
                Some(url) => Some(url.parse().context("MOONCOON_PUBLIC_URL")?),
                None => None,
            },
            trusted_proxies: match variable("MOONCOON_TRUSTED_PROXY")? {
                Some(list) => list.parse().context("MOONCOON_TRUSTED_PROXY")?,
                None => TrustedProxies::default(),
            },
            max_connections: bounded(&variable, "MOONCOON_MAX_CONNECTIONS", 1..=1_000_000, "connections")?
                .unwrap_or(8_192),
            max_connections_per_address: bounded(
                &variable,
                "MOONCOON_MAX_CONNECTIONS_PER_ADDRESS",
                1..=1_000_000,
                "connections",
            )?
            .unwrap_or(256),
            max_streams: bounded(&variable, "MOONCOON_MAX_STREAMS", 1..=1_000_000, "streams")?.unwrap_or(5_000),
            site_dir: match variable("MOONCOON_SITE_DIR")? {
                Some(folder) => PathBuf::from(folder),
                None => beside_the_executable("site")?,
            },
            postgres_dir: variable("MOONCOON_POSTGRES_DIR")?.map(PathBuf::from),
            #[cfg(feature = "failpoints")]
            failpoint: failpoint.map(|point| point.parse()).transpose()?,
            search_path: env::var_os("PATH"),
        })
    }

    /// The API to read when the source is live.
    pub(crate) fn live_url(&self) -> Url {
        self.ll2_url.clone().unwrap_or_else(|| Url::parse(LL2_PRODUCTION).expect("the constant is a URL"))
    }
}

/// Returns the URL of a Postgres, including its password.
fn postgres_url(
    variable: impl Fn(&str) -> anyhow::Result<Option<String>>,
    name: &str,
) -> anyhow::Result<Option<Secret>> {
    let Some(url) = variable(name)? else { return Ok(None) };
    database_url::check(name, &url)?;
    Ok(Some(Secret(url)))
}

/// Returns the platform's data directory. As root, a directory outside of root's home, which the unprivileged user that runs Postgres
/// could not enter.
fn default_data_dir() -> anyhow::Result<PathBuf> {
    if embedded_postgres::runs_as_other_account() {
        return Ok(PathBuf::from("/var/lib/mooncoon"));
    }
    let folder = dirs::data_dir().context("this account has no data folder: set MOONCOON_DATA_DIR")?;
    Ok(folder.join("mooncoon"))
}

fn beside_the_executable(name: &str) -> anyhow::Result<PathBuf> {
    let executable = env::current_exe().context("could not find the program's own file")?;
    Ok(executable.parent().map(|folder| folder.join(name)).unwrap_or_default())
}

fn is_loopback(ip: IpAddr) -> bool {
    ip.is_loopback()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(pairs: &[(&str, &str)]) -> anyhow::Result<Config> {
        Config::read(|name| {
            let value = pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
            // Never the data directory of the user who runs the tests.
            Ok(value.or_else(|| (name == "MOONCOON_DATA_DIR").then(|| "/nowhere".to_owned())))
        })
    }

    #[test]
    fn an_empty_environment_gives_the_documented_defaults() {
        let config = config(&[]).expect("defaults are valid");
        assert_eq!(config.addr.to_string(), "127.0.0.1:3000");
        assert_eq!(config.source, SourceChoice::Auto);
        assert_eq!(config.ll2_budget, 15);
        assert_eq!(config.poll, Duration::from_secs(3600));
        assert_eq!(config.live_url().as_str(), LL2_PRODUCTION);
        assert!(config.public_read);
        assert_eq!(config.upkeep.audit_retention, Retention::Days(365));
        assert_eq!(config.upkeep.raw_retention, Retention::Forever, "nothing that LL2 sent is deleted unasked");
        assert!(config.upkeep.compaction.is_some());
    }

    #[test]
    fn a_retention_is_a_number_of_days_or_forever() {
        for (value, kept) in
            [("30", Retention::Days(30)), (" 36500 ", Retention::Days(36_500)), ("forever", Retention::Forever)]
        {
            let config = config(&[("MOONCOON_AUDIT_RETENTION_DAYS", value)]).expect("valid");
            assert_eq!(config.upkeep.audit_retention, kept, "{value:?}");
        }
    }

    #[test]
    fn a_public_address_disables_public_read_by_default() {
        assert!(!config(&[("MOONCOON_ADDR", "0.0.0.0:3000")]).expect("valid").public_read);
        let both = [("MOONCOON_ADDR", "0.0.0.0:3000"), ("MOONCOON_PUBLIC_READ", "on")];
        assert!(config(&both).expect("valid").public_read);
    }

    #[test]
    fn a_bad_value_names_its_variable() {
        for (name, value) in [
            ("MOONCOON_ADDR", "localhost"),
            ("MOONCOON_POLL_SECONDS", "0"),
            ("MOONCOON_POLL_SECONDS", "604801"),
            ("MOONCOON_POLL_SECONDS", "18446744073709551615"),
            ("MOONCOON_POLL_SECONDS", "18446744073709551616"),
            ("MOONCOON_POLL_SECONDS", "-1"),
            ("MOONCOON_POLL_SECONDS", "1.5"),
            ("MOONCOON_LL2_BUDGET", "many"),
            ("MOONCOON_LL2_BUDGET", "0"),
            ("MOONCOON_LL2_BUDGET", "4294967295"),
            ("MOONCOON_LL2_TIMEOUT_SECONDS", "0"),
            ("MOONCOON_LL2_TIMEOUT_SECONDS", "1e308"),
            ("MOONCOON_LL2_TIMEOUT_SECONDS", "NaN"),
            ("MOONCOON_LL2_TIMEOUT_SECONDS", "0.0000000001"),
            ("MOONCOON_LL2_BACKOFF_SECONDS", "-1"),
            ("MOONCOON_LL2_BACKOFF_SECONDS", "inf"),
            ("MOONCOON_SOURCE", "both"),
            ("MOONCOON_LL2_URL", "https://example.org/3.0.0"),
            ("MOONCOON_LL2_URL", "ftp://example.org/2.3.0"),
            ("MOONCOON_AUDIT_RETENTION_DAYS", "29"),
            ("MOONCOON_AUDIT_RETENTION_DAYS", "36501"),
            ("MOONCOON_AUDIT_RETENTION_DAYS", "-1"),
            ("MOONCOON_AUDIT_RETENTION_DAYS", "90d"),
            ("MOONCOON_AUDIT_RETENTION_DAYS", "never"),
            ("MOONCOON_RAW_RETENTION_DAYS", "0"),
            ("MOONCOON_COMPACTION", "daily"),
            ("MOONCOON_PUBLIC_READ", "perhaps"),
            ("MOONCOON_MAX_CONNECTIONS", "0"),
            ("MOONCOON_MAX_CONNECTIONS_PER_ADDRESS", "-1"),
            ("MOONCOON_MAX_STREAMS", "18446744073709551615"),
            ("MOONCOON_PUBLIC_URL", "moon.example"),
            ("MOONCOON_TRUSTED_PROXY", "proxy.local"),
        ] {
            let error = config(&[(name, value)]).expect_err("not valid").to_string();
            assert!(error.contains(name), "{error}");
        }
    }

    #[test]
    fn a_credential_in_the_address_of_ll2_is_refused_and_not_repeated() {
        for url in [
            "https://user:canary@example.org/2.3.0",
            "https://canary@example.org/2.3.0",
            "https://example.org/2.3.0?token=canary",
            "https://example.org/2.3.0#canary",
            "https://user:canary@example.org:99999999/2.3.0",
            "user:canary@example.org/2.3.0",
            "ftp://user:canary@example.org/2.3.0",
        ] {
            let error = config(&[("MOONCOON_LL2_URL", url)]).expect_err("not valid");
            let error = format!("{error:#} {error:?}");
            assert!(error.contains("MOONCOON_LL2_URL") && !error.contains("canary"), "{error}");
        }
    }

    #[test]
    fn logins_for_job_and_pages_require_an_owner() {
        for name in ["DATABASE_INGEST_URL", "DATABASE_WEB_URL"] {
            let error = config(&[(name, "postgres://u:canary@h/d")])
                .expect_err("there is no owner to run the migrations")
                .to_string();
            assert!(error.contains(name) && error.contains("DATABASE_URL") && !error.contains("canary"), "{error}");
        }
    }

    #[test]
    fn secrets_do_not_show_in_debug_output() {
        let config = config(&[("MOONCOON_LL2_TOKEN", "canary"), ("DATABASE_URL", "postgres://u:canary@h/d")]);
        assert!(!format!("{config:?}").contains("canary"));
    }
}
