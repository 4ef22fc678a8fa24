//! Bringing the schema up to date, on a connection of its own, as the role that owns it.

use sqlx::{Connection as _, PgConnection, migrate::MigrateError};

use crate::{Error, Logins, MIGRATOR, connect, roles};

/// Migrates the database that the owner's login leads to, and lets the other roles in. Several replicas may do so at once: each waits
/// for a lock.
///
/// On a connection of its own, not on one of a pool: it waits for as long as a migration takes, and nobody else is the owner.
pub async fn migrate(logins: &Logins) -> Result<(), Error> {
    let mut connection = connect::open(&logins.owner).await?;
    apply(&mut connection).await?;
    roles::grant(&mut connection, logins).await?;
    let _ = connection.close().await;
    Ok(())
}

/// Applies what is missing. A database that another version of the program has changed is refused as it is.
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
