//! Our sessions use our own settings, whatever the defaults of a database or a role are.

use std::time::{Duration, Instant};

use domain::Source;
use sqlx::{AssertSqlSafe, PgPool};
use warehouse::{Db, Logins, check, migrate};

const ODD: [(&str, &str); 16] = [
    ("default_transaction_isolation", "serializable"),
    ("default_transaction_read_only", "on"),
    ("default_transaction_deferrable", "on"),
    ("statement_timeout", "100ms"),
    ("lock_timeout", "100ms"),
    ("idle_in_transaction_session_timeout", "100ms"),
    ("idle_session_timeout", "5s"),
    ("timezone", "Asia/Kathmandu"),
    ("datestyle", "SQL, DMY"),
    ("intervalstyle", "iso_8601"),
    ("standard_conforming_strings", "off"),
    ("bytea_output", "escape"),
    ("extra_float_digits", "-15"),
    ("transform_null_equals", "on"),
    ("array_nulls", "off"),
    ("lc_messages", "C"),
];

/// Takes away the schema that `cargo xtask test` puts into every new database.
pub(crate) async fn empty(pool: &PgPool) {
    sqlx::raw_sql("drop schema public cascade; create schema public").execute(pool).await.unwrap();
}

/// Runs all steps of a start, and a read of each kind.
async fn start(pool: &PgPool) {
    let logins = Logins::same(&pool.connect_options());
    check(&logins.owner).await.unwrap();
    migrate(&logins).await.unwrap();
    let db = Db::connect(logins, Source::Live, 3600).await.unwrap();
    // Pools limit the wait for a new session to that of a visitor, which on a busy machine is not enough for the first one.
    let began = Instant::now();
    while db.is_migrated().await.is_err() || db.has_published().await.is_err() || db.news().await.is_err() {
        assert!(began.elapsed() < Duration::from_secs(60), "the database does not respond");
    }
    assert!(db.is_migrated().await.unwrap());
    assert!(!db.has_published().await.unwrap());
    db.freshness().await.unwrap();
    for (setting, expected) in [
        ("transaction_isolation", "read committed"),
        ("transaction_read_only", "off"),
        ("timezone", "UTC"),
        ("datestyle", "ISO, MDY"),
        ("standard_conforming_strings", "on"),
        ("bytea_output", "hex"),
        ("extra_float_digits", "1"),
    ] {
        let is: String =
            sqlx::query_scalar("select current_setting($1)").bind(setting).fetch_one(db.pool()).await.unwrap();
        assert_eq!(is, expected, "{setting}");
    }
    db.pool().close().await;
}

#[sqlx::test(migrations = false)]
async fn unusual_database_defaults_change_nothing(pool: PgPool) {
    empty(&pool).await;
    for isolation in ["serializable", "repeatable read", "read uncommitted"] {
        for (setting, value) in ODD {
            let value = if setting == "default_transaction_isolation" { isolation } else { value };
            let statement = format!(
                "begin read write;
                do $$ begin execute format('alter database %I set {setting} = %L', current_database(), '{value}'); end $$;
                commit"
            );
            sqlx::raw_sql(AssertSqlSafe(statement)).execute(&pool).await.unwrap();
        }
        start(&pool).await;
    }
}

#[sqlx::test(migrations = false)]
async fn a_configured_schema_is_kept(pool: PgPool) {
    empty(&pool).await;
    let statement = "create schema moon;
        do $$ begin execute format('alter database %I set search_path = moon, public', current_database()); end $$";
    sqlx::raw_sql(statement).execute(&pool).await.unwrap();
    start(&pool).await;
    let schema: String =
        sqlx::query_scalar("select relnamespace::regnamespace::text from pg_class where relname = 'ingest_run'")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(schema, "moon");
}
