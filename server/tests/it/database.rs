//! How the program handles a given database: its default settings, its roles, and its absence.

#![expect(clippy::disallowed_methods, reason = "the environment configures the tests")]

use std::{
    process::Stdio,
    time::{Duration, Instant},
};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio::process::Command;
use url::Url;

use crate::program::Program;

/// A database for one test on the server in `DATABASE_URL`, with separate roles; [`Database::drop`] removes the database.
pub(crate) struct Database {
    name: String,
}

impl Database {
    pub(crate) async fn create(purpose: &str) -> Self {
        let name = format!("mooncoon_it_{}_{purpose}_simulated", std::process::id());
        // Without the schema that `cargo xtask test` puts into `template1`: the test's roles must create and own it.
        admin(&format!("create database {name} template template0")).await;
        Self { name }
    }

    pub(crate) fn url(&self) -> String {
        url(&self.name, None)
    }

    pub(crate) async fn drop(self) {
        admin(&format!("drop database if exists {} with (force)", self.name)).await;
    }
}

/// Returns the URL with another user than `DATABASE_URL`, if given, and the password `canary`.
fn url(database: &str, user: Option<&str>) -> String {
    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL names a server that may create databases");
    let mut url = Url::parse(&url).expect("DATABASE_URL is a URL");
    url.set_path(database);
    if let Some(user) = user {
        if url.host_str().is_none_or(str::is_empty) {
            url.set_host(Some("localhost")).expect("a URL that may have a host");
        }
        url.set_username(user).expect("a URL that may have a user");
        url.set_password(Some("canary")).expect("a URL that may have a password");
    }
    url.into()
}

async fn admin(statement: &str) {
    let mut connection = PgConnection::connect(&url("postgres", None)).await.expect("DATABASE_URL names a server");
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await.expect(statement);
}

async fn status(program: &Program, path: &str) -> u16 {
    reqwest::get(program.url(path)).await.expect(path).status().as_u16()
}

async fn json(program: &Program, path: &str) -> serde_json::Value {
    let text = reqwest::get(program.url(path)).await.expect(path).text().await.expect(path);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}: {text}"))
}

/// The invented world is loaded by the first run.
async fn wait_for_launches(program: &Program) {
    let began = Instant::now();
    while json(program, "/api/v1/launches?limit=1").await["count"].as_u64().unwrap_or_default() == 0 {
        assert!(began.elapsed() < Duration::from_secs(60), "no run has published");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_database_with_unusual_defaults_is_supported() {
    let database = Database::create("odd").await;
    for setting in [
        "default_transaction_isolation = 'serializable'",
        "default_transaction_read_only = on",
        "timezone = 'Asia/Kathmandu'",
        "datestyle = 'SQL, DMY'",
        "standard_conforming_strings = off",
    ] {
        admin(&format!("alter database {} set {setting}", database.name)).await;
    }
    let program = Program::start(&[("DATABASE_URL", &database.url())]).await;
    wait_for_launches(&program).await;
    for path in ["/", "/pipeline", "/api/v1/launches?past=true", "/api/v1/freshness", "/readyz"] {
        assert_eq!(status(&program, path).await, 200, "{path}");
    }
    let runs = json(&program, "/api/v1/pipeline/runs").await;
    assert_eq!(runs["results"][0]["state"], "succeeded", "{runs}");
    program.stop().await;
    database.drop().await;
}

/// Returns all addresses that a visitor can request, with ids of the served world.
async fn everything(program: &Program) -> Vec<String> {
    let list = json(program, "/api/v1/launches?limit=2").await;
    let launch = &list["results"][0];
    let id = launch["id"].as_str().expect("a launch has an id").to_owned();
    let mut paths: Vec<String> = [
        "/",
        "/?past=true",
        "/?view=table",
        "/choose",
        "/compare",
        "/analysis",
        "/pipeline",
        "/pipeline?run=1",
        "/scorecard",
        "/dictionary",
        "/healthz",
        "/readyz",
        "/api/v1/launches",
        "/api/v1/launches.json",
        "/api/v1/launches.csv",
        "/api/v1/launches.ics",
        "/api/v1/launches.atom",
        "/api/v1/launches?past=true",
        "/api/v1/decision",
        "/api/v1/scorecard",
        "/api/v1/freshness",
        "/api/v1/pipeline/runs",
    ]
    .map(str::to_owned)
    .into();
    paths.extend([
        format!("/launches/{id}"),
        format!("/api/v1/launches/{id}"),
        format!("/api/v1/launches/{id}/forecast"),
        format!("/api/v1/launches/changed?since=1&id={id}"),
    ]);
    for (page, key) in [("providers", "provider"), ("rockets", "rocket"), ("pads", "pad")] {
        if let Some(member) = launch[key]["id"].as_i64() {
            paths.push(format!("/{page}/{member}"));
        }
    }
    paths
}

#[tokio::test]
async fn every_page_and_response_is_the_same_for_a_read_only_role() {
    let database = Database::create("roles").await;
    let role = |name: &str| format!("mooncoon_it_{}_{name}", std::process::id());
    for name in ["owner", "ingest", "web"] {
        admin(&format!("create role {} login password 'canary'", role(name))).await;
    }
    admin(&format!("alter database {} owner to {}", database.name, role("owner"))).await;
    let login = |name: &str| url(&database.name, Some(&role(name)));
    let (owner, ingest, web) = (login("owner"), login("ingest"), login("web"));
    let program = Program::start(&[
        ("DATABASE_URL", owner.as_str()),
        ("DATABASE_INGEST_URL", ingest.as_str()),
        ("DATABASE_WEB_URL", web.as_str()),
    ])
    .await;
    wait_for_launches(&program).await;
    let mut wrong = Vec::new();
    for path in everything(&program).await {
        let status = status(&program, &path).await;
        if !matches!(status, 200) {
            wrong.push(format!("{path}: {status}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let pipeline = reqwest::get(program.url("/pipeline")).await.expect("it answers").text().await.expect("text");
    assert!(!pipeline.contains("DATABASE_WEB_URL"), "the page warns of one role that does everything");

    let mut connection = PgConnection::connect(&database.url()).await.expect("the database was made");
    let sessions: Vec<String> = sqlx::query_scalar(
        "select distinct usename::text from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() order by 1",
    )
    .fetch_all(&mut connection)
    .await
    .expect("the query is right");
    assert!(!sessions.contains(&role("owner")), "the owner's session ends with the migration: {sessions:?}");
    assert!(sessions.contains(&role("web")) && sessions.contains(&role("ingest")), "{sessions:?}");
    connection.close().await.expect("it is idle");
    program.stop().await;
    database.drop().await;
    for name in ["web", "ingest", "owner"] {
        admin(&format!("drop role {}", role(name))).await;
    }
}

#[tokio::test]
async fn one_role_for_everything_works_with_a_warning() {
    let program = Program::start(&[]).await;
    let pipeline = reqwest::get(program.url("/pipeline")).await.expect("it answers").text().await.expect("text");
    assert!(pipeline.contains("DATABASE_WEB_URL"), "the page says that pages read as the owner");
    program.stop().await;
}

/// Returns the output of the program before it ends.
async fn error_text(database_url: &str) -> String {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_mooncoon"));
    command
        .arg("migrate")
        .current_dir(data.path())
        .env("DATABASE_URL", database_url)
        .env("MOONCOON_DATA_DIR", data.path())
        .env("MOONCOON_SOURCE", "simulated")
        .stdin(Stdio::null())
        .kill_on_drop(true);
    let ended = tokio::time::timeout(Duration::from_secs(30), command.output()).await;
    let output = ended.expect("it ends by itself").expect("the program was built");
    assert!(!output.status.success());
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!text.contains("canary") && !text.contains("pool timed out") && !text.contains("panicked"), "{text}");
    text
}

#[tokio::test]
async fn an_unreachable_database_is_named_with_the_cause() {
    let nobody =
        std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("it is bound").port();
    let text = error_text(&format!("postgres://luna:canary@127.0.0.1:{nobody}/moon_simulated")).await;
    assert!(text.contains(&format!("127.0.0.1:{nobody}")) && text.contains("nothing listens there"), "{text}");
    let text = error_text("postgres://luna:canary@no-such-host.invalid/moon_simulated").await;
    assert!(text.contains("no-such-host.invalid:5432") && text.contains("DNS"), "{text}");
    let text = error_text(&url("mooncoon_it_no_such_database_simulated", None)).await;
    assert!(text.contains("there is no database mooncoon_it_no_such_database_simulated"), "{text}");
}
