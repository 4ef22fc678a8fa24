//! Migrates the schema on a separate connection, as the role that owns it.

use sqlx::{Connection as _, PgConnection, migrate::MigrateError};

use crate::{Error, Logins, connect, roles};

/// Every migration: all `create`, `alter` and `comment on` statements, in order.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../migrations");

/// Migrates the database of the owner's login, and grants the other roles their privileges. Several replicas may do so at once: each waits
/// for a lock.
///
/// It uses a separate connection, not one of a pool: a migration has no time limit, and no pool connects as the owner.
pub async fn migrate(logins: &Logins) -> Result<(), Error> {
    let mut connection = connect::open(&logins.owner).await?;
    apply(&mut connection).await?;
    roles::grant(&mut connection, logins).await?;
    let _ = connection.close().await;
    Ok(())
}

/// Applies the missing migrations. A database that another version of the program has changed is refused and left as is.
pub(crate) async fn apply(connection: &mut PgConnection) -> Result<(), Error> {
    MIGRATOR.run(connection).await.map_err(explain)
}

fn explain(error: MigrateError) -> Error {
    let newest = MIGRATOR.iter().map(|migration| migration.version).max().unwrap_or_default();
    match error {
        MigrateError::VersionMissing(version) if version > newest => Error::NewerSchema { version, newest },
        MigrateError::VersionMissing(version) => Error::UnknownMigration { version },
        MigrateError::VersionMismatch(version) => Error::ChangedMigration { version },
        other => Error::Migrate(other),
    }
}
