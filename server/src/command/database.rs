use std::io::Read as _;

use embedded_postgres::{EmbeddedOptions, EmbeddedPostgres};
use tokio_util::sync::CancellationToken;

use crate::{cli::DatabaseOptions, config::Config, shutdown};

/// Runs a private Postgres until standard input closes or a signal arrives. For `cargo xtask test`: the tests then use the same Postgres,
/// started in the same way, as the product.
pub(crate) async fn database(config: Config, options: DatabaseOptions) -> anyhow::Result<()> {
    let folder = options.data_dir.map(std::path::absolute).transpose()?.unwrap_or(config.data_dir);
    let mut embedded = EmbeddedOptions::new(folder);
    embedded.search_path = config.search_path;
    embedded.extra_binary_dirs.extend(config.postgres_dir);
    let stop = shutdown::on_signal();
    let postgres = EmbeddedPostgres::start(embedded).await?;
    if options.no_durability {
        postgres.disable_durability().await?;
    }
    announce(&postgres);
    stop_at_end_of_input(stop.clone());
    stop.cancelled().await;
    Ok(postgres.stop().await?)
}

/// On a separate thread: a read of standard input cannot be cancelled, and one inside the runtime would keep it from shutting down.
fn stop_at_end_of_input(stop: CancellationToken) {
    std::thread::spawn(move || {
        let mut nothing = [0; 64];
        while matches!(std::io::stdin().read(&mut nothing), Ok(1..)) {}
        stop.cancel();
    });
}

#[expect(clippy::print_stdout, reason = "the command prints the URL")]
fn announce(postgres: &EmbeddedPostgres) {
    println!("DATABASE_URL={}", postgres.url("postgres"));
}
