//! A second star schema, seen by nobody, in which a replay works.
//!
//! Temporary tables under the names of the real ones: the session finds them first, so that the very transforms of a run fill them. They are
//! committed run by run, so that a thousand runs leave no thousand versions of a row for the next to wade through; they write no log, and go
//! with the session, however it ends. Readers see nothing of it until [`publish`] puts all of it in place of what was published.

use sqlx::{Connection as _, PgConnection};

use crate::error::Error;

/// What is published, members before what refers to them.
pub(crate) const PUBLISHED: &[&str] = &[
    "dim_status",
    "dim_net_precision",
    "dim_orbit",
    "dim_launch_service_provider",
    "dim_rocket_config",
    "dim_location",
    "dim_pad",
    "dim_mission",
    "dim_program",
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
    "launch_program",
    "launch_agency",
];

/// Makes the shadow: every published table, empty, and the staging of its own.
pub(super) async fn cast(connection: &mut PgConnection) -> Result<(), Error> {
    // The default of 8 MB would send a whole history to disk and back with each run. Only before a session's first temporary table.
    if let Err(error) = execute(connection, "set temp_buffers = '64MB'").await {
        tracing::debug!(error = error.chain(), "the session's temporary buffers stay as they are");
    }
    // Compiling a statement costs more than any of them takes to run.
    execute(connection, "set jit = off").await?;
    execute(connection, include_str!("../../sql/replay/cast_shadow.sql")).await?;
    forget_plans(connection).await
}

/// Gives the session back as it was.
pub(super) async fn lift(connection: &mut PgConnection) -> Result<(), Error> {
    execute(connection, "discard temp").await?;
    execute(connection, "reset jit").await?;
    forget_plans(connection).await
}

/// A plan made before a shadow came or went would go on reading the table it found then.
async fn forget_plans(connection: &mut PgConnection) -> Result<(), Error> {
    connection.clear_cached_statements().await.map_err(Error::database("forget the session's plans"))
}

/// Tells the planner how large the shadow has grown; autovacuum does not look at temporary tables.
pub(super) async fn measure(connection: &mut PgConnection) -> Result<(), Error> {
    for table in PUBLISHED {
        // A name of ours from the list above.
        execute(connection, &format!("vacuum (analyze) pg_temp.{table}")).await?;
    }
    Ok(())
}

/// Within a transaction: puts the shadow in place of what is published, and lets the real tables be found first again.
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
        let sql = format!("insert into {table} select * from pg_temp.{table}");
        rows += sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
            .execute(&mut *connection)
            .await
            .map_err(|source| Error::Statement { statement: table, source })?
            .rows_affected();
    }
    // The tests look at the launches that changed: here, all of them.
    execute(connection, include_str!("../../sql/empty_staging.sql")).await?;
    execute(connection, include_str!("../../sql/replay/stage_everything.sql")).await?;
    Ok(rows)
}

async fn execute(connection: &mut PgConnection, sql: &str) -> Result<(), Error> {
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
    async fn no_published_table_is_forgotten(pool: sqlx::PgPool) {
        let mut published: Vec<&str> = PUBLISHED.to_vec();
        published.sort_unstable();
        let digested: Vec<String> =
            sqlx::query_scalar("select table_name from content_digest() order by 1").fetch_all(&pool).await.unwrap();
        assert_eq!(published, digested);
    }
}
