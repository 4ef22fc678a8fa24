//! Helpers for the tests of this crate, and for those of `warehouse` that need a server.

#![expect(clippy::disallowed_methods, reason = "the environment configures the tests")]

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf};

use embedded_postgres::EmbeddedOptions;
use sqlx::{Connection as _, PgConnection, Row as _, postgres::PgConnectOptions};
use tempfile::TempDir;

/// A data folder that any account can reach, as the tests may run as root.
pub(crate) struct Folder {
    parent: TempDir,
}

impl Folder {
    pub(crate) fn new() -> Self {
        let parent =
            tempfile::Builder::new().prefix("mc").permissions(fs::Permissions::from_mode(0o755)).tempdir().unwrap();
        fs::create_dir(parent.path().join("data")).unwrap();
        Self { parent }
    }

    pub(crate) fn path(&self) -> PathBuf {
        fs::canonicalize(self.parent.path().join("data")).unwrap()
    }

    pub(crate) fn options(&self) -> EmbeddedOptions {
        options(self.path())
    }
}

/// Options with the machine's binaries, else those that `cargo xtask` has fetched.
pub(crate) fn options(data_dir: PathBuf) -> EmbeddedOptions {
    EmbeddedOptions {
        search_path: std::env::var_os("PATH"),
        extra_binary_dirs: vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../xtask/postgres"))],
        ..EmbeddedOptions::new(data_dir)
    }
}

pub(crate) async fn execute(options: &PgConnectOptions, statement: &'static str) {
    let mut connection = PgConnection::connect_with(options).await.unwrap();
    sqlx::query(statement).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

pub(crate) async fn number(options: &PgConnectOptions, query: &'static str) -> i32 {
    let mut connection = PgConnection::connect_with(options).await.unwrap();
    let number = sqlx::query(query).fetch_one(&mut connection).await.unwrap().get(0);
    connection.close().await.unwrap();
    number
}
