//! Writes the dump of a release: a small invented world, followed for four weeks, with everything that can happen to a
//! database.

#![expect(clippy::disallowed_methods, reason = "the environment configures the tests")]

use std::{path::Path, process::Command};

use chrono::TimeDelta;
use ingest::{ReplayScope, Task};
use serde_json::{Value, json};
use simulator::{ApiVersion, Fault, FaultKind};
use sqlx::{AssertSqlSafe, PgPool};
use url::Url;
use warehouse::MIGRATOR;

use super::contents::Contents;
use crate::{
    fixture::{Files, at, import_files, launch, with},
    replay::replay,
    stage::Stage,
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/releases");

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
#[ignore = "writes a dump of the newest schema into tests/releases; needs pg_dump"]
async fn write_the_dump_of_this_release(pool: PgPool) {
    let clock: String =
        sqlx::query_scalar("select pg_get_functiondef('ingest_now'::regproc)").fetch_one(&pool).await.unwrap();
    let stage = Stage::new(pool.clone(), at("2026-02-01T06:00"), 24, 30).await;
    let v230 = ApiVersion::V230;
    stage.perform(v230, Task::Sweep).await.unwrap();
    stage.perform(v230, Task::Backfill).await.unwrap();
    for week in 0..4 {
        stage.advance(TimeDelta::days(3)).await;
        stage.perform(v230, Task::Changed).await.unwrap();
        stage.advance(TimeDelta::days(4)).await;
        // The older API for two of the weeks: its records contain less.
        let version = if week == 1 || week == 2 { ApiVersion::V220 } else { v230 };
        stage.perform(version, Task::Sweep).await.unwrap();
        stage.advance(TimeDelta::hours(2)).await;
        stage.perform(version, Task::FollowUp).await.unwrap();
    }
    for fault in [FaultKind::Html, FaultKind::Throttled(60), FaultKind::ServerError(502)] {
        stage.running.set_faults(vec![Fault::always(fault)]);
        stage.advance(TimeDelta::hours(2)).await;
        stage.perform(v230, Task::Sweep).await.unwrap_err();
    }
    let files = Files::new();
    let unusable = with(launch(999), &[("/name", Value::Null)]);
    let linked = with(
        launch(2),
        &[
            (
                "/infoURLs",
                json!([{"url": "https://info.example/1", "title": "Press kit"}, {"url": "javascript:alert(1)"}]),
            ),
            ("/vidURLs", json!([{"url": "https://video.example/1", "title": "Webcast"}])),
            (
                "/mission/agencies",
                json!([{"id": 110, "name": "Made-up Agency", "abbrev": "MUA", "type": "Government", "country_code": "NZL"}]),
            ),
        ],
    );
    let file = files.write("upcoming1.json", &json!([launch(1), linked, unusable]));
    import_files(&pool, "2026-03-03T00:00", vec![file]).await.unwrap();
    let report = replay(&pool, ReplayScope::Everything).await.unwrap();
    assert_eq!(report.hashes.0, report.hashes.1);
    sqlx::raw_sql(AssertSqlSafe(clock)).execute(&pool).await.unwrap();

    let release = MIGRATOR.iter().map(|migration| migration.version).max().unwrap();
    let contents = Contents::read(&pool, report.bodies).await;
    let json = serde_json::to_string_pretty(&contents).unwrap();
    std::fs::write(Path::new(FOLDER).join(format!("{release}.json")), json + "\n").unwrap();
    let dump = zstd::encode_all(dump(&pool).as_slice(), 19).unwrap();
    std::fs::write(Path::new(FOLDER).join(format!("{release}.sql.zst")), dump).unwrap();
}

/// Returns the dump as `insert` statements: only psql supports the script form of `copy ... from stdin` and backslash
/// commands.
fn dump(pool: &PgPool) -> Vec<u8> {
    let mut url: Url = std::env::var("DATABASE_URL").expect("the tests need one").parse().expect("a URL");
    url.set_path(pool.connect_options().get_database().expect("a test has a database"));
    let program = std::env::var("PG_DUMP").unwrap_or_else(|_| "pg_dump".to_owned());
    let dumped = Command::new(program)
        .args(["--inserts", "--rows-per-insert=500", "--no-owner", "--no-privileges", "--no-unlogged-table-data"])
        .arg(format!("--dbname={url}"))
        .output()
        .expect("pg_dump is on the path");
    assert!(dumped.status.success(), "{}", String::from_utf8_lossy(&dumped.stderr));
    let text = String::from_utf8(dumped.stdout).expect("a dump is text");
    text.lines().filter(|line| !line.starts_with('\\')).map(|line| format!("{line}\n")).collect::<String>().into_bytes()
}
