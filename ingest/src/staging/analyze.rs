use sqlx::{AssertSqlSafe, PgConnection};

use crate::error::Error;

/// Measures one column of a staging table for the planner.
///
/// Only an owner may (`analyze` of another's table is a warning and nothing else): a temporary twin, and the tables themselves where one role
/// does everything, are the session's own; else the owner's function does it.
pub(crate) async fn analyze(
    connection: &mut PgConnection,
    table: &'static str,
    column: &'static str,
) -> Result<(), Error> {
    let failed = |source| Error::Statement { statement: "analyze_staging", source };
    let is_own: bool =
        sqlx::query_scalar("select pg_has_role(relowner, 'usage') from pg_class where oid = $1::regclass")
            .bind(table)
            .fetch_one(&mut *connection)
            .await
            .map_err(failed)?;
    if is_own {
        let statement = AssertSqlSafe(format!("analyze {table} ({column})"));
        sqlx::raw_sql(statement).execute(connection).await.map_err(failed)?;
    } else {
        sqlx::query("select ingest_analyze($1::regclass, $2::name)")
            .bind(table)
            .bind(column)
            .execute(connection)
            .await
            .map_err(failed)?;
    }
    Ok(())
}
