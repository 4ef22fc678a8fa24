//! The HTTP side: routes, throttle, request log, and the place where faults are put between world and client.

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

/// How long running answers may take after the order to stop.
const GRACE: Duration = Duration::from_secs(1);

/// One request as it was received and answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestLog {
    /// When it arrived, by the simulator's clock.
    pub at: DateTime<Utc>,
    /// When it arrived, whatever clock the simulator was given.
    pub received: Instant,
    /// `GET` and the like.
    pub method: String,
    /// Path and query as sent.
    pub path: String,
    /// Status answered; a fault that breaks the connection is logged with the status it broke, and 0 means that the client went away before.
    pub status: u16,
}

/// What all requests share.
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
        // Every critical section is a few pushes; a panic elsewhere cannot leave it half done.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_faults(&self, faults: Vec<Fault>) {
        self.ledger().set_faults(faults);
    }
}

/// The API as a tower service, for tests that need no socket; without one, [`FaultKind::Reset`](crate::FaultKind::Reset)
/// can only break the body off.
pub fn router(options: Options) -> Result<Router> {
    Ok(routes::router(Arc::new(Stage::new(options)?)))
}

/// An LL2 server that has its address but does not serve yet.
#[derive(Debug)]
pub struct Simulator {
    stage: Arc<Stage>,
    listener: TcpListener,
    addr: SocketAddr,
}

impl Simulator {
    /// Builds the world and takes the address; port 0 takes any free one.
    pub async fn bind(addr: SocketAddr, options: Options) -> Result<Simulator> {
        let stage = Arc::new(Stage::new(options)?);
        let bind = |source| Error::Bind { addr, source };
        let listener = TcpListener::bind(addr).await.map_err(bind)?;
        let addr = listener.local_addr().map_err(bind)?;
        Ok(Simulator { stage, listener, addr })
    }

    /// The address it listens on.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The base URL of one API version, without a slash at the end.
    pub fn base_url(&self, version: ApiVersion) -> String {
        base_url(self.addr, version)
    }

    /// The requests answered so far, oldest first; the last 10,000 are kept.
    pub fn requests(&self) -> Vec<RequestLog> {
        self.stage.ledger().requests()
    }

    /// Replaces the faults; requests are numbered from 1 again.
    pub fn set_faults(&self, faults: Vec<Fault>) {
        self.stage.set_faults(faults);
    }

    /// Serves until `shutdown`, then gives running answers one second to end.
    pub async fn run(self, shutdown: CancellationToken) -> Result<()> {
        tracing::info!(addr = %self.addr, "simulator listens");
        let service = routes::router(self.stage).into_make_service_with_connect_info::<Peer>();
        let serving = axum::serve(WiredListener(self.listener), service)
            .with_graceful_shutdown(shutdown.clone().cancelled_owned());
        tokio::select! {
            ended = serving.into_future() => ended.map_err(Error::Serve),
            // A dripping answer would hold the door open for hours.
            () = async { shutdown.cancelled().await; tokio::time::sleep(GRACE).await } => Ok(()),
        }
    }

    /// Serves in a task of its own until the handle is dropped.
    pub fn spawn(self) -> Running {
        let (stage, addr) = (Arc::clone(&self.stage), self.addr);
        let shutdown = CancellationToken::new();
        let task = tokio::spawn(self.run(shutdown.clone()));
        Running { stage, addr, shutdown, task }
    }
}

/// A serving simulator; dropping it stops it.
#[derive(Debug)]
pub struct Running {
    stage: Arc<Stage>,
    addr: SocketAddr,
    shutdown: CancellationToken,
    task: JoinHandle<Result<()>>,
}

impl Running {
    /// The address it listens on.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The base URL of one API version, without a slash at the end.
    pub fn base_url(&self, version: ApiVersion) -> String {
        base_url(self.addr, version)
    }

    /// The requests answered so far, oldest first; the last 10,000 are kept.
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
