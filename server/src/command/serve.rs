use std::time::Instant;

use domain::Source;
use tokio_util::sync::CancellationToken;

use crate::{
    background::BackgroundTasks,
    cli::ServeOptions,
    config::Config,
    database::Cluster,
    exposure, job,
    listener::{Limits, Listener, raise_file_limit},
    news::News,
    shutdown,
    supervisor::supervise,
    web::{self, Addressing, AppState, MediaStore, Site},
    world,
};

/// Serves the board and keeps it up to date until a signal arrives.
pub(crate) async fn serve(config: Config, options: ServeOptions) -> anyhow::Result<()> {
    let started = Instant::now();
    let site = Site::open(&config.site_dir)?;
    let files = raise_file_limit();
    let limits = Limits::new(&config, files);
    limits.log(&config, files);
    // Binds the address first: a second program on the same port must fail before it uses a database.
    let listener = Listener::bind(config.addr, limits, config.trusted_proxies.clone()).await?;
    let stop = shutdown::on_signal();
    let cluster = Cluster::open(&config).await?;
    let outcome = run(&config, options, site, listener, &cluster, stop, started).await;
    // After a failure, too: an embedded Postgres never outlives the program.
    let closed = cluster.close().await;
    outcome.and(closed)
}

async fn run(
    config: &Config,
    options: ServeOptions,
    site: Site,
    listener: Listener,
    cluster: &Cluster,
    stop: CancellationToken,
    started: Instant,
) -> anyhow::Result<()> {
    let tasks = BackgroundTasks::default();
    cluster.report_to(&tasks);
    let mut world = tokio::select! {
        world = world::open(config, cluster, &options.world, options.frozen_at, &tasks) => world?,
        () = stop.cancelled() => return Ok(()),
    };
    // Before the first request, and before the job uses both cores.
    world.db = world.db.warm().await?;
    let watched = supervise(tasks.clone(), "database watch", stop.child_token(), {
        let db = world.db.clone();
        move || {
            let db = db.clone();
            async move { match db.watch().await {} }
        }
    });
    let job = job::start(config, &world, tasks.clone(), stop.child_token())?;
    let simulated = world.db.source() == Source::Simulated;
    let media = MediaStore::new(config.data_dir.join("media"), simulated)?;
    let blueprint = ingest::lineage::blueprint(config.ll2_budget);
    let news = News::start(world.db.clone(), listener.limits().streams, tasks.clone(), stop.child_token());
    let addressing = Addressing {
        proxies: config.trusted_proxies.clone(),
        public_url: config.public_url.clone(),
        listens_on: config.addr.ip(),
    };
    let state = AppState::new(world.db.clone(), site, media, news, tasks, blueprint);
    let router = web::router(state, addressing, config.public_read);
    exposure::warn(config);
    announce(&listener, &world, started)?;
    // The job stops by the same signal.
    let job_ends = async {
        stop.cancelled().await;
        shutdown::within(shutdown::DRAIN, "the ingest job", async {
            // The supervisor never panics: its task may, and the supervisor handles that.
            let _ = job.await;
        })
        .await;
    };
    tokio::join!(listener.serve(router, stop.clone(), shutdown::DRAIN), job_ends);
    // Ends by the same signal.
    let _ = watched.await;
    shutdown::within(shutdown::CLOSE, "the connections to Postgres", world.db.close()).await;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the command prints the address")]
fn announce(listener: &Listener, world: &world::World, started: Instant) -> anyhow::Result<()> {
    let addr = listener.local_addr()?;
    let source = match world.db.source() {
        Source::Live => format!("live launches from {}", world.url),
        Source::Simulated => format!("simulated launches from {}", world.url),
    };
    println!("Mooncoon is at http://{addr} ({source}; ready after {:.1} s)", started.elapsed().as_secs_f64());
    Ok(())
}
