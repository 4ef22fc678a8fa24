//! The HTTP server: routes, throttle, request log, and the injection of faults between world and client.

mod ledger;
mod routes;
mod stage;
mod wire;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::Router;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{ApiVersion, Error, Fault, Options, Result};
pub use ledger::RequestLog;
use stage::Stage;
use wire::{Peer, WiredListener};

/// How long running responses may take after the shutdown signal.
const GRACE: Duration = Duration::from_secs(1);

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
