//! The HTTP server: routes, throttle, request log, and the injection of faults between world and client.

pub(crate) mod answer;
mod ledger;
mod routes;
mod wire;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::Router;
use chrono::{DateTime, Utc};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{
    ApiVersion, Error, Fault, InventedWorld, Options, Recording, Result, WorldSource, clock::Timeline, world::World,
};
use ledger::Ledger;
use wire::{Peer, WiredListener};

/// How long running responses may take after the shutdown signal.
const GRACE: Duration = Duration::from_secs(1);

/// One request with its response status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestLog {
    /// When it arrived, by the simulator's clock.
    pub at: DateTime<Utc>,
    /// When it arrived, by the machine's clock, even if the simulator uses another one.
    pub received: Instant,
    /// `GET` and the like.
    pub method: String,
    /// Path and query as sent.
    pub path: String,
    /// The response status. A fault that breaks the connection is logged with the status that it interrupted; 0 means
    /// that the client disconnected before the response.
    pub status: u16,
}

/// The state that all requests share.
#[derive(Debug)]
pub(crate) struct Stage {
    world: World,
    timeline: Timeline,
    seed: u64,
    throttle: Option<u32>,
    ledger: Mutex<Ledger>,
}

impl Stage {
    fn new(options: Options) -> Result<Stage> {
        let Options { source, throttle, faults, seed, clock } = options;
        let (world, timeline) = match source {
            WorldSource::Replay(paths) => (World::Replay(Recording::load(&paths)?), Timeline::wall_only(clock)),
            WorldSource::Invented(invented) => {
                let timeline = Timeline::new(clock, invented.start, invented.speed);
                (World::Invented(InventedWorld::new(invented)?), timeline)
            }
        };
        Ok(Stage { world, timeline, seed, throttle, ledger: Mutex::new(Ledger::new(faults)) })
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        // Every critical section is a few pushes, so a panic elsewhere cannot leave it half done.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_faults(&self, faults: Vec<Fault>) {
        self.ledger().set_faults(faults);
    }
}

/// Returns the API as a tower service, for tests that need no socket. Without a socket,
/// [`FaultKind::Reset`](crate::FaultKind::Reset) can only cut the body.
pub fn router(options: Options) -> Result<Router> {
    Ok(routes::router(Arc::new(Stage::new(options)?)))
}

/// An LL2 server that is bound to its address but does not serve yet.
#[derive(Debug)]
pub struct Simulator {
    stage: Arc<Stage>,
    listener: TcpListener,
    addr: SocketAddr,
}

impl Simulator {
    /// Builds the world and binds the address; port 0 selects any free one.
    pub async fn bind(addr: SocketAddr, options: Options) -> Result<Simulator> {
        let stage = Arc::new(Stage::new(options)?);
        let bind = |source| Error::Bind { addr, source };
        let listener = TcpListener::bind(addr).await.map_err(bind)?;
        let addr = listener.local_addr().map_err(bind)?;
        Ok(Simulator { stage, listener, addr })
    }

    /// Returns the address it listens on.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Returns the base URL of one API version, without a trailing slash.
    pub fn base_url(&self, version: ApiVersion) -> String {
        base_url(self.addr, version)
    }

    /// Returns the requests handled so far, oldest first; the last 10,000 are kept.
    pub fn requests(&self) -> Vec<RequestLog> {
        self.stage.ledger().requests()
    }

    /// Replaces the faults; requests are numbered from 1 again.
    pub fn set_faults(&self, faults: Vec<Fault>) {
        self.stage.set_faults(faults);
    }

    /// Serves until `shutdown`, then waits up to one second for running responses.
    pub async fn run(self, shutdown: CancellationToken) -> Result<()> {
        tracing::info!(addr = %self.addr, "simulator listens");
        let service = routes::router(self.stage).into_make_service_with_connect_info::<Peer>();
        let serving = axum::serve(WiredListener(self.listener), service)
            .with_graceful_shutdown(shutdown.clone().cancelled_owned());
        tokio::select! {
            ended = serving.into_future() => ended.map_err(Error::Serve),
            // A slowly sent response would delay the shutdown for hours.
            () = async { shutdown.cancelled().await; tokio::time::sleep(GRACE).await } => Ok(()),
        }
    }

    /// Serves in a separate task until the handle is dropped.
    pub fn spawn(self) -> Running {
        let (stage, addr) = (Arc::clone(&self.stage), self.addr);
        let shutdown = CancellationToken::new();
        let task = tokio::spawn(self.run(shutdown.clone()));
        Running { stage, addr, shutdown, task }
    }
}

/// A running simulator; dropping it stops it.
#[derive(Debug)]
pub struct Running {
    stage: Arc<Stage>,
    addr: SocketAddr,
    shutdown: CancellationToken,
    task: JoinHandle<Result<()>>,
}

impl Running {
    /// Returns the address it listens on.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Returns the base URL of one API version, without a trailing slash.
    pub fn base_url(&self, version: ApiVersion) -> String {
        base_url(self.addr, version)
    }

    /// Returns the requests handled so far, oldest first; the last 10,000 are kept.
    pub fn requests(&self) -> Vec<RequestLog> {
        self.stage.ledger().requests()
    }

    /// Replaces the faults; requests are numbered from 1 again.
    pub fn set_faults(&self, faults: Vec<Fault>) {
        self.stage.set_faults(faults);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shutdown.cancel();
        self.task.abort();
    }
}

fn base_url(addr: SocketAddr, version: ApiVersion) -> String {
    format!("http://{addr}/{version}")
}
