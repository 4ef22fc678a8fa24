//! The source of the launches: Launch Library 2, or a simulated world.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use domain::Source;
use simulator::{ApiVersion, Clock, InventedOptions, Options, Simulator, WorldSource};
use tokio_util::sync::{CancellationToken, DropGuard};
use url::Url;
use warehouse::Db;

use crate::{
    background::BackgroundTasks,
    cli::WorldOptions,
    config::{Config, SourceChoice},
    database::Cluster,
    supervisor::supervise,
};

/// How long LL2 may take to respond to the probe.
const PROBE: Duration = Duration::from_secs(4);

/// The API that the launches come from, and the database for them.
pub(crate) struct World {
    pub(crate) db: Db,
    /// Base URL of the API to read.
    pub(crate) url: Url,
    /// The time of the launches, if it stands still: of an invented world whose clock is frozen. Launches of any other API
    /// are observed now, whatever the pages show.
    pub(crate) now: Option<DateTime<Utc>>,
    /// Stops the in-process simulator, which runs if the world is invented.
    _simulator: Option<DropGuard>,
}

/// Chooses the source by `MOONCOON_SOURCE`, opens its database, and starts the simulator if it is needed.
pub(crate) async fn open(
    config: &Config,
    cluster: &Cluster,
    options: &WorldOptions,
    frozen_at: Option<DateTime<Utc>>,
    tasks: &BackgroundTasks,
) -> anyhow::Result<World> {
    let source = match config.source {
        SourceChoice::Simulated => Source::Simulated,
        SourceChoice::Live => live_or_refuse(config).await?,
        SourceChoice::Auto => live_if_it_answers(config, cluster).await?,
    };
    let db = cluster.database(config, source).await?;
    let db = match frozen_at {
        Some(frozen_at) => db.frozen_at(frozen_at),
        None => db,
    };
    match (source, &config.ll2_url) {
        (Source::Live, _) => Ok(World { db, url: config.live_url(), now: None, _simulator: None }),
        (Source::Simulated, Some(url)) if answers(url).await.is_some() => {
            Ok(World { db, url: url.clone(), now: None, _simulator: None })
        }
        (Source::Simulated, Some(url)) if config.source == SourceChoice::Simulated => {
            anyhow::bail!("the simulator at {url} does not respond; start it with `mooncoon simulate`")
        }
        (Source::Simulated, _) => {
            let began = db.first_run_at().await?;
            let world = Invented { options: options.clone(), began, frozen_at };
            let simulator = world.simulator(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
            let url =
                Url::parse(&simulator.base_url(ApiVersion::V230)).context("the simulator's address is not a URL")?;
            Ok(World { db, url, now: frozen_at, _simulator: Some(world.keep(simulator, tasks.clone())) })
        }
    }
}

/// The configured source is live: a simulator behind the URL is refused, because its launches would be mistaken for real ones.
async fn live_or_refuse(config: &Config) -> anyhow::Result<Source> {
    let url = config.live_url();
    if answers(&url).await == Some(Source::Simulated) {
        anyhow::bail!("{url} is a simulator, and MOONCOON_SOURCE is live: set it to simulated");
    }
    Ok(Source::Live)
}

/// Live if LL2 responds. A database that has published live launches stays live while LL2 is unreachable: old launches that show their age
/// are better for a visitor than invented ones.
async fn live_if_it_answers(config: &Config, cluster: &Cluster) -> anyhow::Result<Source> {
    let url = config.live_url();
    if let Some(source) = answers(&url).await {
        return Ok(source);
    }
    if cluster.database(config, Source::Live).await?.has_published().await? {
        tracing::warn!(%url, "LL2 does not respond; showing its last launches");
        return Ok(Source::Live);
    }
    tracing::warn!(%url, "LL2 does not respond; showing simulated launches, marked as simulated");
    Ok(Source::Simulated)
}

/// Returns the kind of API at a base URL, if one responds. Requests `api-throttle`, which does not count against LL2's limit.
async fn answers(url: &Url) -> Option<Source> {
    let client = reqwest::Client::builder().timeout(PROBE).redirect(reqwest::redirect::Policy::none()).build().ok()?;
    let response = client.get(format!("{url}/api-throttle/")).send().await.ok()?;
    if response.headers().contains_key(simulator::SIMULATED_HEADER) {
        return Some(Source::Simulated);
    }
    let is_api = response.status().is_success() || response.status() == reqwest::StatusCode::TOO_MANY_REQUESTS;
    is_api.then_some(Source::Live)
}

/// An invented world. Its time is counted from its database's first run, so that a restart of a world with a speed above 1 does not set
/// its time back.
struct Invented {
    options: WorldOptions,
    began: Option<DateTime<Utc>>,
    frozen_at: Option<DateTime<Utc>>,
}

impl Invented {
    async fn simulator(&self, addr: SocketAddr) -> anyhow::Result<Simulator> {
        let Self { options, began, frozen_at } = self;
        #[expect(
            clippy::disallowed_methods,
            reason = "the time of a simulated world starts with the program, before there is a database"
        )]
        let now = Utc::now();
        let start = frozen_at.unwrap_or_else(|| match began {
            Some(began) => *began + elapsed(now - *began, options.speed),
            None => now,
        });
        let invented = InventedOptions {
            seed: options.seed,
            upcoming: options.upcoming,
            past: options.past,
            speed: options.speed,
            start,
        };
        let options = Options {
            source: WorldSource::Invented(invented),
            clock: frozen_at.map_or(Clock::Real, Clock::Fixed),
            ..Options::default()
        };
        Simulator::bind(addr, options).await.context("could not start the simulator")
    }

    /// Serves the simulator until the guard is dropped; if it ends before, it is restarted at the same address.
    fn keep(self, simulator: Simulator, tasks: BackgroundTasks) -> DropGuard {
        let stop = CancellationToken::new();
        let (world, addr) = (Arc::new(self), simulator.addr());
        let mut first = Some(simulator);
        supervise(tasks, "simulator", stop.clone(), move || {
            let (first, world) = (first.take(), Arc::clone(&world));
            async move {
                let simulator = match first {
                    Some(simulator) => simulator,
                    None => world.simulator(addr).await?,
                };
                simulator.run(CancellationToken::new()).await.context("the simulator stopped")
            }
        });
        stop.drop_guard()
    }
}

/// Returns the world time that passes in `real` time; a century at most, so that an extreme speed stays within the calendar.
fn elapsed(real: TimeDelta, speed: f64) -> TimeDelta {
    TimeDelta::seconds((real.as_seconds_f64() * speed).clamp(0.0, 3.2e9) as i64)
}
