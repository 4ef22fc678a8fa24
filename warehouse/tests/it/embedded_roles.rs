//! The roles of the program in its own Postgres: three, none of which can reach the operating system.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::PermissionsExt,
};

use embedded_postgres::{EmbeddedPostgres, RoleLogins};
use sqlx::{
    AssertSqlSafe, Connection, PgConnection,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgSslMode},
    types::Json,
};
use warehouse::{Logins, MIGRATOR, migrate};

use crate::support::{Folder, execute, number};

/// The newest migration of the last release whose only role was the superuser.
const LAST_RELEASE: i64 = 23;

/// The SQLSTATE with which a statement is refused; none if it succeeds.
async fn refusal(options: &PgConnectOptions, statement: &str) -> Option<String> {
    let mut connection = PgConnection::connect_with(options).await.unwrap();
    let done = sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await;
    done.err().map(|error| error.as_database_error().unwrap().code().unwrap().into_owned())
}

async fn server(folder: &Folder) -> (EmbeddedPostgres, Logins) {
    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    server.prepare_database("mooncoon").await.unwrap();
    let RoleLogins { owner, ingest, web } = server.logins("mooncoon");
    let logins = Logins { owner, ingest, web };
    migrate(&logins).await.unwrap();
    (server, logins)
}

#[tokio::test]
async fn each_role_has_the_rights_it_needs_and_no_others() {
    let folder = Folder::new();
    let (server, logins) = server(&folder).await;
    let denied = Some("42501".to_owned());
    for (who, login) in [("owner", &logins.owner), ("ingest", &logins.ingest), ("web", &logins.web)] {
        for statement in [
            "copy (select 1) to program 'touch /tmp/mooncoon-was-here'",
            "copy ingest_run from program 'true'",
            "copy (select 1) to '/tmp/mooncoon-was-here'",
            "create role intruder",
            "create database elsewhere",
            "alter role mooncoon_web superuser",
            "alter system set log_connections = on",
            "set role mooncoon",
            "grant pg_execute_server_program to mooncoon_web",
            "create extension plperlu",
        ] {
            let refused = refusal(login, statement).await;
            assert!(refused.is_some(), "{who} may {statement}");
        }
    }
    for (who, login) in [("ingest", &logins.ingest), ("web", &logins.web)] {
        for statement in [
            "drop table ingest_pause",
            "create table mine (id int)",
            "alter table ingest_pause add column mine int",
            "create function mine() returns int language sql as 'select 1'",
            "truncate dim_status",
            "delete from _sqlx_migrations",
            "update _sqlx_migrations set success = false",
            "create schema mine",
        ] {
            assert_eq!(refusal(login, statement).await, denied, "{who}: {statement}");
        }
    }
    for statement in [
        "delete from ingest_run",
        "update ingest_pause set reason = 'mine'",
        "insert into ingest_plan (plan_position, task, due_at, request_count, reason) values (1, 'sweep', now(), 1, 'x')",
        "create temporary table mine (id int)",
        "select nextval(pg_get_serial_sequence('ingest_run', 'ingest_run_id'))",
        "select ingest_analyze('ingest_run', 'state')",
    ] {
        assert!(refusal(&logins.web, statement).await.is_some(), "web may {statement}");
    }
    for statement in [
        "update ingest_pause set reason = 'mine'",
        "insert into ingest_plan (plan_position, task, due_at, request_count, reason) values (1, 'sweep', now(), 1, 'x'); delete from ingest_plan",
        "create temporary table mine (id int)",
        "select ingest_analyze('stg_ll2__launch', 'launch_id')",
        "select * from mart_freshness, _sqlx_migrations",
    ] {
        assert_eq!(refusal(&logins.ingest, statement).await, None, "ingest: {statement}");
    }
    assert!(refusal(&logins.ingest, "select ingest_analyze('dim_status', 'status_id')").await.is_some());
    for statement in ["select * from mart_freshness", "select * from _sqlx_migrations", "listen mooncoon_news"] {
        assert_eq!(refusal(&logins.web, statement).await, None, "web: {statement}");
    }
    server.stop().await.unwrap();
}

#[tokio::test]
async fn objects_of_a_later_migration_are_accessible_to_both_roles() {
    let folder = Folder::new();
    let (server, logins) = server(&folder).await;
    execute(&logins.owner, "create table later (id bigint generated always as identity, word text)").await;
    execute(&logins.owner, "create view mart_later as select * from later").await;
    execute(&logins.ingest, "insert into later (word) values ('moon')").await;
    assert_eq!(number(&logins.web, "select count(*)::int from mart_later").await, 1);
    assert_eq!(refusal(&logins.web, "insert into later (word) values ('sun')").await.as_deref(), Some("42501"));
    server.stop().await.unwrap();
}

/// Columns that a later migration determines anew from the others of their row.
const DETERMINED_ANEW: [&str; 3] = ["kind", "shift_seconds", "slip_count"];

type Row = serde_json::Map<String, serde_json::Value>;

/// Every row of all our tables, by the name of its table; rows and columns that later migrations add are extra.
async fn everything(options: &PgConnectOptions) -> BTreeMap<String, Vec<Row>> {
    let mut connection = PgConnection::connect_with(options).await.unwrap();
    let tables: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class
        where relnamespace = 'public'::regnamespace and relname <> '_sqlx_migrations'
            -- A table of that release and a view now.
            and (relkind = 'r' or relname = 'dim_launch_service_provider')",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let mut rows = BTreeMap::new();
    for table in tables {
        let all = format!("select to_jsonb(one) from {table} as one");
        let all = sqlx::query_scalar::<_, Json<Row>>(AssertSqlSafe(all)).fetch_all(&mut connection).await.unwrap();
        rows.insert(table, all.into_iter().map(|row| row.0).collect());
    }
    rows
}

/// Returns the rows of `before` that `after` does not have, compared by the columns that both have.
fn lost(before: &BTreeMap<String, Vec<Row>>, after: &BTreeMap<String, Vec<Row>>) -> Vec<String> {
    let mut lost = Vec::new();
    for (table, rows) in before.iter().filter(|(_, rows)| !rows.is_empty()) {
        let Some(first) = after.get(table).and_then(|rows| rows.first()) else {
            lost.push(format!("every row of {table}"));
            continue;
        };
        let is_common = |column: &str| {
            rows[0].contains_key(column) && first.contains_key(column) && !DETERMINED_ANEW.contains(&column)
        };
        let common = |row: &Row| {
            let kept = row.iter().filter(|(column, _)| is_common(column));
            serde_json::to_string(&kept.collect::<BTreeMap<_, _>>()).unwrap()
        };
        let there: BTreeSet<String> = after[table].iter().map(common).collect();
        lost.extend(rows.iter().map(common).filter(|row| !there.contains(row)).map(|row| format!("{table} {row}")));
    }
    lost
}

#[tokio::test]
async fn a_cluster_of_the_last_release_changes_owner_and_keeps_every_row() {
    let folder = Folder::new();
    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    let superuser = server.connect_options("mooncoon");
    // The state of that release: everything was created and migrated by the superuser, who owns it.
    server.create_database_if_missing("mooncoon").await.unwrap();
    let mut connection = PgConnection::connect_with(&superuser).await.unwrap();
    let migrations: Vec<_> = MIGRATOR.iter().filter(|it| it.version <= LAST_RELEASE).cloned().collect();
    let mut old = Migrator::DEFAULT;
    old.migrations = migrations.into();
    old.run(&mut connection).await.unwrap();
    let rows = include_str!("fixtures/board_of_release_30.sql");
    sqlx::raw_sql(rows).execute(&mut connection).await.unwrap();
    sqlx::raw_sql(
        "create schema extra; create table extra.notes as select 'kept' as note; create type mood as enum ('calm')",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();
    let before = everything(&superuser).await;
    assert!(before["dim_date"].len() > 50_000 && before["fact_launch"].len() == 4, "there is something to lose");
    let as_it_was = "select count(*)::int from pg_class where relowner = 'mooncoon'::regrole and relnamespace = 'public'::regnamespace";
    assert!(number(&superuser, as_it_was).await > 50);
    server.stop().await.unwrap();

    // Twice, because the second start must find nothing to do.
    for _ in 0..2 {
        let (server, logins) = self::server(&folder).await;
        let after = everything(&superuser_of(&server)).await;
        let lost = lost(&before, &after);
        assert!(lost.is_empty(), "rows were lost or changed, such as {:?}", lost.first());
        let left = "select count(*)::int from pg_class
            where relowner = 'mooncoon'::regrole and relkind in ('r', 'v', 'S', 'i') and relnamespace in ('public'::regnamespace, 'extra'::regnamespace)";
        assert_eq!(number(&superuser_of(&server), left).await, 0, "it belongs to the superuser still");
        let extension =
            "select count(*)::int from pg_extension where extname = 'btree_gist' and extowner = 'mooncoon'::regrole";
        assert_eq!(number(&superuser_of(&server), extension).await, 1);
        assert_eq!(refusal(&logins.owner, "alter table ingest_run add column mine int; drop view mart_freshness cascade; alter type mood add value 'wild'; rollback").await, None);
        assert_eq!(refusal(&logins.web, "delete from ingest_run").await.as_deref(), Some("42501"));
        assert_eq!(refusal(&logins.ingest, "update ingest_lease set epoch = epoch").await, None);
        server.stop().await.unwrap();
    }
}

fn superuser_of(server: &EmbeddedPostgres) -> PgConnectOptions {
    server.connect_options("mooncoon").ssl_mode(PgSslMode::Disable)
}

#[tokio::test]
async fn passwords_are_private_and_are_reset_when_their_files_are_lost() {
    let folder = Folder::new();
    let (server, _) = server(&folder).await;
    server.stop().await.unwrap();
    for name in ["password-owner", "password-ingest", "password-web"] {
        let path = folder.path().join(name);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
        fs::remove_file(path).unwrap();
    }
    let (server, logins) = self::server(&folder).await;
    for login in [&logins.owner, &logins.ingest, &logins.web] {
        assert_eq!(number(login, "select 1").await, 1);
        let stranger = login.clone().password("wrong");
        assert!(PgConnection::connect_with(&stranger).await.is_err());
    }
    let debug = format!("{server:?}");
    let secret = fs::read_to_string(folder.path().join("password-web")).unwrap();
    assert!(!debug.contains(secret.trim()), "a password is in the debug output");
    server.stop().await.unwrap();
}
