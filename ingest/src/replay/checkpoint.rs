//! The star schema as a replay of the settled runs leaves it. It is made by replaying them in a shadow, and not copied
//! from the published tables: so a replay that starts from it has the result of one of all runs, although the responses
//! of the settled ones may be deleted.

use std::{
    io::{Read as _, Write as _},
    time::Duration,
};

use chrono::{DateTime, Utc};
use futures::TryStreamExt as _;
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, PgConnection, PgPool};

use super::{
    rebuild,
    run_log::{self, Settled},
    shadow::{self, PUBLISHED},
};
use crate::{error::Error, lease::Lease};

/// Rows are sent to Postgres in parts of this size.
const PART_BYTES: usize = 1 << 20;

/// Settles the runs that were observed more than this number of days ago, and returns how many they are: replays them
/// from the checkpoint on, and stores the result as the new checkpoint. Nothing that is published changes.
///
/// Only runs before the first newer one in order of replay are settled, so that every replay reads the runs in the same
/// order. After an error the session may still contain a shadow: drop the lease.
pub(crate) async fn advance(
    pool: &PgPool,
    lease: &mut Lease,
    days: u32,
    poll_interval: Duration,
) -> Result<usize, Error> {
    let fence = lease.fence();
    let connection = lease.connection();
    let until: DateTime<Utc> = sqlx::query_scalar("select ingest_now() - make_interval(days => $1)")
        .bind(i32::try_from(days).unwrap_or(i32::MAX))
        .fetch_one(&mut *connection)
        .await
        .map_err(Error::database("read the clock"))?;
    let mut runs = run_log::runs(pool).await?;
    let count = runs.iter().take_while(|run| run.observed_at < until).count();
    runs.truncate(count);
    if runs.is_empty() {
        return Ok(0);
    }
    let settled = Settled::read(connection).await?;
    shadow::cast(connection).await?;
    restore(connection, &settled).await?;
    rebuild::read_again(pool, connection, poll_interval, &settled, &runs).await?;

    let failed = || Error::database("store the checkpoint");
    let mut transaction = lease.begin().await?;
    // Tables of a release that no longer publishes them would be restored by none.
    sqlx::query("delete from ingest_checkpoint").execute(&mut *transaction).await.map_err(failed())?;
    for table in PUBLISHED {
        save(&mut transaction, table).await?;
    }
    sqlx::query("update ingest_run set settled_at = ingest_now() where ingest_run_id = any ($1)")
        .bind(runs.iter().map(|run| run.id).collect::<Vec<_>>())
        .execute(&mut *transaction)
        .await
        .map_err(failed())?;
    fence.hold(&mut transaction).await?;
    transaction.commit().await.map_err(failed())?;
    shadow::lift(lease.connection()).await?;
    Ok(count)
}

/// Packs a table of the shadow.
async fn save(connection: &mut PgConnection, table: &'static str) -> Result<(), Error> {
    let failed = |source| Error::Statement { statement: table, source };
    let broken = |source| failed(sqlx::Error::Io(source));
    let mut sha256 = Sha256::new();
    let mut packed = zstd::stream::write::Encoder::new(Vec::new(), zstd::DEFAULT_COMPRESSION_LEVEL).map_err(broken)?;
    let mut row_count = 0;
    {
        let sql = format!("copy (select to_jsonb(content) from pg_temp.{table} as content) to stdout");
        let mut rows = connection.copy_out_raw(&sql).await.map_err(failed)?;
        // Postgres sends each row as one part.
        while let Some(row) = rows.try_next().await.map_err(failed)? {
            row_count += 1;
            sha256.update(&row);
            packed.write_all(&row).map_err(broken)?;
        }
    }
    let rows_zstd = packed.finish().map_err(broken)?;
    sqlx::query("insert into ingest_checkpoint (table_name, row_count, rows_sha256, rows_zstd) values ($1, $2, $3, $4)")
        .bind(table)
        .bind(row_count)
        .bind(sha256.finalize().as_slice())
        .bind(rows_zstd)
        .execute(connection)
        .await
        .map(drop)
        .map_err(Error::database("store the checkpoint"))
}

/// Fills the empty shadow with the checkpoint. Fails if runs are settled, and the checkpoint is missing or damaged.
pub(super) async fn restore(connection: &mut PgConnection, settled: &Settled) -> Result<(), Error> {
    if settled.run_count == 0 {
        return Ok(());
    }
    let stored: Vec<String> = sqlx::query_scalar("select table_name from ingest_checkpoint")
        .fetch_all(&mut *connection)
        .await
        .map_err(Error::database("read the checkpoint"))?;
    if stored.is_empty() {
        return Err(Error::Checkpoint { table: "fact_launch".to_owned(), reason: "is missing" });
    }
    shadow::execute(connection, "create temporary table checkpoint_row (content jsonb not null)").await?;
    // A table that was added after the checkpoint has no row, and stays empty. One that is gone is an error.
    if let Some(table) = stored.iter().find(|table| !PUBLISHED.contains(&table.as_str())) {
        return Err(Error::Checkpoint { table: table.clone(), reason: "is not a published table of this release" });
    }
    for table in PUBLISHED.iter().filter(|table| stored.iter().any(|stored| stored == *table)) {
        load(connection, table).await?;
    }
    shadow::execute(connection, "drop table pg_temp.checkpoint_row").await?;
    shadow::measure(connection).await
}

/// Unpacks a table into the shadow.
async fn load(connection: &mut PgConnection, table: &'static str) -> Result<(), Error> {
    let damaged = |reason| Error::Checkpoint { table: table.to_owned(), reason };
    let failed = |source| Error::Statement { statement: table, source };
    let (row_count, sha256, rows_zstd): (i64, Vec<u8>, Vec<u8>) =
        sqlx::query_as("select row_count, rows_sha256, rows_zstd from ingest_checkpoint where table_name = $1")
            .bind(table)
            .fetch_one(&mut *connection)
            .await
            .map_err(Error::database("read the checkpoint"))?;
    // Before Postgres reads the rows: it would report a damage as bad JSON, if at all.
    let mut hash = Sha256::new();
    unpack(&rows_zstd, |part| hash.update(part)).map_err(|_| damaged("cannot be decompressed"))?;
    if hash.finalize().as_slice() != sha256 {
        return Err(damaged("does not match its hash"));
    }
    shadow::execute(connection, "truncate pg_temp.checkpoint_row").await?;
    let mut copy = connection.copy_in_raw("copy pg_temp.checkpoint_row (content) from stdin").await.map_err(failed)?;
    let mut decoder = zstd::stream::read::Decoder::new(&*rows_zstd).map_err(|_| damaged("cannot be decompressed"))?;
    let mut part = vec![0; PART_BYTES];
    loop {
        let length = decoder.read(&mut part).map_err(|_| damaged("cannot be decompressed"))?;
        if length == 0 {
            break;
        }
        copy.send(&part[..length]).await.map_err(failed)?;
    }
    let copied = copy.finish().await.map_err(failed)?;
    if i64::try_from(copied) != Ok(row_count) {
        return Err(damaged("has another number of rows"));
    }
    expect_columns(connection, table).await?;
    let Some(columns) = known_columns(connection, table).await? else { return Ok(()) };
    let sql = format!(
        "insert into pg_temp.{table} ({columns})
        select {columns}
        from pg_temp.checkpoint_row
        cross join lateral jsonb_populate_record(null::pg_temp.{table}, checkpoint_row.content)"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop).map_err(failed)
}

/// Fails if the rows of the checkpoint have a column that the table does not: its values would be lost silently. A release
/// that renames or removes a published column must state here what becomes of it.
async fn expect_columns(connection: &mut PgConnection, table: &'static str) -> Result<(), Error> {
    let unknown: Vec<String> = sqlx::query_scalar(
        "select key
        from jsonb_object_keys((select content from pg_temp.checkpoint_row limit 1)) as key
        where not exists (
            select
            from pg_attribute
            where attrelid = ('pg_temp.' || $1)::regclass and attname = key and attnum > 0 and not attisdropped
        )",
    )
    .bind(table)
    .fetch_all(connection)
    .await
    .map_err(Error::database("compare the columns of the checkpoint"))?;
    match unknown.first() {
        None => Ok(()),
        Some(column) => {
            Err(Error::Checkpoint { table: format!("{table}.{column}"), reason: "is not a column of this release" })
        }
    }
}

/// Returns the columns that the rows of the checkpoint have and that Postgres does not compute, joined by commas; none
/// without rows. A column that was added after the checkpoint takes its default, as in the migration that added it.
async fn known_columns(connection: &mut PgConnection, table: &'static str) -> Result<Option<String>, Error> {
    sqlx::query_scalar(
        "select string_agg(quote_ident(attname), ', ' order by attnum)
        from pg_attribute
        where attrelid = ('pg_temp.' || $1)::regclass
            and attnum > 0
            and not attisdropped
            and attgenerated = ''
            and (select content ? attname from pg_temp.checkpoint_row limit 1)",
    )
    .bind(table)
    .fetch_one(connection)
    .await
    .map_err(Error::database("read the columns of the checkpoint"))
}

fn unpack(packed: &[u8], mut each: impl FnMut(&[u8])) -> std::io::Result<()> {
    let mut decoder = zstd::stream::read::Decoder::new(packed)?;
    let mut part = vec![0; PART_BYTES];
    loop {
        match decoder.read(&mut part)? {
            0 => return Ok(()),
            length => each(&part[..length]),
        }
    }
}
