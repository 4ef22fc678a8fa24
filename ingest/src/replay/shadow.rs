//! A second, invisible star schema in which a replay works.
//!
//! It consists of temporary tables with the names of the real ones. The session resolves the names to them first, so
//! that the same transforms fill them as in a run. They are committed run by run, so that a thousand runs do not leave
//! a thousand row versions for the next one to scan. They write no WAL and are dropped with the session, however it
//! ends. Readers do not see them until [`publish`] replaces the published tables with their content.

use sqlx::{Connection as _, PgConnection};

use crate::error::Error;

/// The published tables, each before the tables that refer to it.
pub(crate) const PUBLISHED: &[&str] = &[
    "dim_status",
    "dim_net_precision",
    "dim_orbit",
    "dim_agency",
    "dim_rocket_config",
    "dim_location",
    "dim_pad",
    "dim_mission",
    "dim_program",
    "dim_launcher",
    "dim_landing_location",
    "dim_astronaut",
    "dim_spacecraft",
    "dim_change",
    "fact_launch",
    "fact_launch_revision",
    "fact_net_change",
    "launch_update",
    "launch_video",
    "launch_patch",
    "launch_payload",
    "launch_link",
    "launch_crew",
    "launch_booster",
    "launch_booster_revision",
    "launch_spacecraft",
    "launch_program",
    "launch_agency",
];

/// Creates the shadow: every published table, empty, and separate staging tables.
pub(super) async fn cast(connection: &mut PgConnection) -> Result<(), Error> {
    // The default of 8 MB would write a whole history to disk and read it back in each run. Can only be set before a
    // session's first temporary table.
    if let Err(error) = execute(connection, "set temp_buffers = '64MB'").await {
        tracing::debug!(error = error.chain(), "could not enlarge the session's temporary buffers");
    }
    // JIT compilation costs more than any of these statements takes to run.
    execute(connection, "set jit = off").await?;
    execute(connection, include_str!("../../sql/replay/cast_shadow.sql")).await?;
    forget_plans(connection).await
}

/// Restores the session.
pub(super) async fn lift(connection: &mut PgConnection) -> Result<(), Error> {
    execute(connection, "discard temp").await?;
    execute(connection, "reset jit").await?;
    forget_plans(connection).await
}

/// A plan from before a shadow was created or dropped would continue to read the table it was made for.
async fn forget_plans(connection: &mut PgConnection) -> Result<(), Error> {
    connection.clear_cached_statements().await.map_err(Error::database("clear the session's cached plans"))
}

/// Updates the planner's statistics of the shadow; autovacuum does not process temporary tables.
pub(super) async fn measure(connection: &mut PgConnection) -> Result<(), Error> {
    for table in PUBLISHED {
        // The name is one of the constants above.
        execute(connection, &format!("vacuum (analyze) pg_temp.{table}")).await?;
    }
    Ok(())
}

/// Replaces the published tables with the shadow, within a transaction, and makes the session resolve the names to the
/// real tables again.
pub(super) async fn publish(connection: &mut PgConnection) -> Result<u64, Error> {
    execute(
        connection,
        "select set_config('search_path', concat_ws(', ', nullif(current_setting('search_path'), ''), 'pg_temp'), true)",
    )
    .await?;
    for table in PUBLISHED.iter().rev() {
        execute(connection, &format!("delete from {table}")).await?;
    }
    let mut rows = 0;
    for table in PUBLISHED {
        let columns = stored_columns(connection, table).await?;
        let sql = format!("insert into {table} ({columns}) select {columns} from pg_temp.{table}");
        rows += sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
            .execute(&mut *connection)
            .await
            .map_err(|source| Error::Statement { statement: table, source })?
            .rows_affected();
    }
    // The tests check the launches that changed: here, all of them.
    execute(connection, include_str!("../../sql/empty_staging.sql")).await?;
    execute(connection, include_str!("../../sql/replay/stage_everything.sql")).await?;
    Ok(rows)
}

/// Returns the columns of a table, joined by commas, without the generated ones, which Postgres computes itself.
pub(super) async fn stored_columns(connection: &mut PgConnection, table: &str) -> Result<String, Error> {
    sqlx::query_scalar(
        "select string_agg(quote_ident(attname), ', ' order by attnum)
        from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
    )
    .bind(table)
    .fetch_one(connection)
    .await
    .map_err(Error::database("read the columns of a table"))
}

pub(super) async fn execute(connection: &mut PgConnection, sql: &str) -> Result<(), Error> {
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned()))
        .execute(connection)
        .await
        .map(drop)
        .map_err(Error::database("prepare the replay"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[sqlx::test(migrator = "warehouse::MIGRATOR")]
    async fn every_published_table_is_listed(pool: sqlx::PgPool) {
        let mut published: Vec<&str> = PUBLISHED.to_vec();
        published.sort_unstable();
        let digested: Vec<String> =
            sqlx::query_scalar("select table_name from content_digest() order by 1").fetch_all(&pool).await.unwrap();
        assert_eq!(published, digested);
    }
}
