//! The privileges of the roles that do not own the tables.
//!
//! The owner grants them at every start, after migrating, and not in a migration: a file cannot know the names of the roles in a user's
//! own Postgres. Existing grants are left as they are, because a grant locks and rewrites the table's catalog entry.

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::{Error, Logins};

/// Read access to everything. For the pages: they have no tables to write to yet.
const READS: &[&str] = &["select"];
/// For the ingest job.
const WRITES: &[&str] = &["select", "insert", "update", "delete"];

/// Lets the ingest job write and the pages read, also in tables of later migrations. Does nothing if all three roles are the same.
pub(crate) async fn grant(connection: &mut PgConnection, logins: &Logins) -> Result<(), Error> {
    for (login, rights) in [(&logins.ingest, WRITES), (&logins.web, READS)] {
        let role = login.get_username();
        if role != logins.owner.get_username() {
            give(connection, role, rights).await.map_err(|source| Error::Grant { role: role.to_owned(), source })?;
        }
    }
    Ok(())
}

async fn give(connection: &mut PgConnection, role: &str, rights: &[&str]) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin_with("begin isolation level read committed").await?;
    // Two programs that start at once would rewrite the same entries, and one of them would fail.
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('mooncoon.grants', 0))")
        .execute(&mut *transaction)
        .await?;
    let statements: Vec<String> = sqlx::query_scalar(include_str!("../queries/missing_grants.sql"))
        .bind(role)
        .bind(rights)
        .fetch_all(&mut *transaction)
        .await?;
    for statement in statements {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut *transaction).await?;
    }
    transaction.commit().await
}
