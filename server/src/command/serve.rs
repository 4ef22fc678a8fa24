use std::time::Instant;

use anyhow::Context as _;
use domain::Source;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::{
    cli::ServeOptions,
    config::Config,
    database::Cluster,
    exposure, job,
    news::News,
    shutdown,
    web::{self, AppState, MediaStore, Site},
    world,
};

/// Serves the board and keeps it up to date until a signal comes.
pub(crate) async fn serve(config: Config, options: ServeOptions) -> anyhow::Result<()> {
    let started = Instant::now();
    let site = Site::open(&config.site_dir)?;
    // The address first: a second program on the same port should fail before it touches a database.
    let listener = TcpListener::bind(config.addr).await.with_context(|| {
        format!("could not listen on {}: is another mooncoon running, or set MOONCOON_ADDR", config.addr)
    })?;
    let stop = shutdown::on_signal();
    let cluster = Cluster::open(&config).await?;
    let outcome = run(&config, options, site, listener, &cluster, stop, started).await;
    // Also after a failure: a Postgres of our own never outlives the program.
    let closed = cluster.close().await;
    outcome.and(closed)
}

async fn run(
    config: &Config,
    options: ServeOptions,
    site: Site,
    listener: TcpListener,
    cluster: &Cluster,
    stop: CancellationToken,
    started: Instant,
) -> anyhow::Result<()> {
    let world = world::open(config, cluster, &options.world, options.frozen_at).await?;
    let job = job::start(config, &world, stop.child_token())?;
    let simulated = world.db.source() == Source::Simulated;
    let media = MediaStore::new(config.data_dir.join("media"), simulated)?;
    let blueprint = ingest::lineage::blueprint(config.ll2_budget);
    let news = News::start(world.db.clone(), stop.child_token());
    let router = web::router(AppState::new(world.db.clone(), site, media, news, blueprint), config.public_read);
    exposure::warn(config);
    announce(&listener, &world, started)?;
    let served = axum::serve(listener, router).with_graceful_shutdown(stop.clone().cancelled_owned()).await;
    stop.cancel();
    job.wait().await;
    world.db.pool().close().await;
    served.context("the web server ended")
}

#[expect(clippy::print_stdout, reason = "the address is what the user waits for")]
fn announce(listener: &TcpListener, world: &world::World, started: Instant) -> anyhow::Result<()> {
    let addr = listener.local_addr()?;
    let source = match world.db.source() {
        Source::Live => format!("live launches from {}", world.url),
        Source::Simulated => format!("simulated launches from {}", world.url),
    };
    println!("Mooncoon is at http://{addr} ({source}; ready after {:.1} s)", started.elapsed().as_secs_f64());
    Ok(())
}
