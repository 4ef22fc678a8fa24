use sqlx::{AssertSqlSafe, PgConnection};

use crate::error::Error;

/// Updates the planner's statistics for one column of a staging table.
///
/// Only the owner of a table may do so (`analyze` of another owner's table only issues a warning). The session owns
/// temporary tables, and the real ones if a single role does everything. Otherwise a function of the owner does it.
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
