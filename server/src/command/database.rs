use tokio::io::AsyncReadExt as _;
use warehouse::embedded::{EmbeddedOptions, EmbeddedPostgres};

use crate::{cli::DatabaseOptions, config::Config, shutdown};

/// Runs a private Postgres until standard input closes or a signal comes. For `cargo xtask test`: the tests then run on the
/// same Postgres, started the same way, as the product.
pub(crate) async fn database(config: Config, options: DatabaseOptions) -> anyhow::Result<()> {
    let folder = options.data_dir.map(std::path::absolute).transpose()?.unwrap_or(config.data_dir);
    let mut embedded = EmbeddedOptions::new(folder);
    embedded.search_path = config.search_path;
    embedded.extra_binary_dirs.extend(config.postgres_dir);
    let postgres = EmbeddedPostgres::start(embedded).await?;
    announce(&postgres);
    let stop = shutdown::on_signal();
    let mut nothing = [0; 64];
    let mut input = tokio::io::stdin();
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            read = input.read(&mut nothing) => if !matches!(read, Ok(1..)) { break },
        }
    }
    Ok(postgres.stop().await?)
}

#[expect(clippy::print_stdout, reason = "the URL is the answer of the command")]
fn announce(postgres: &EmbeddedPostgres) {
    println!("DATABASE_URL={}", postgres.url("postgres"));
}
