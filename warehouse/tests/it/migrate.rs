//! A database that another version of the program has changed, and the roles that get privileges after a migration.

use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool};
use warehouse::{Db, Error, Logins, MIGRATOR, check, migrate};

use crate::cluster::Cluster;

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_database_of_a_newer_program_is_refused_with_an_explanation(pool: PgPool) {
    let logins = Logins::same(&pool.connect_options());
    migrate(&logins).await.expect("it is up to date");
    sqlx::raw_sql(
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9001, 'later', true, '', 1)",
    )
    .execute(&pool)
    .await
    .unwrap();
    let error = migrate(&logins).await.unwrap_err();
    assert!(matches!(error, Error::NewerSchema { version: 9001, .. }), "{error}");
    assert!(error.to_string().contains("migrated by a newer Mooncoon"), "{error}");
    let error = Db::new(pool.clone(), domain::Source::Live, 3600).migrate().await.unwrap_err();
    assert!(matches!(error, Error::NewerSchema { .. }), "{error}");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_changed_or_unknown_migration_is_refused_with_an_explanation(pool: PgPool) {
    let logins = Logins::same(&pool.connect_options());
    let newest = MIGRATOR.iter().map(|it| it.version).max().unwrap();
    sqlx::query("update _sqlx_migrations set checksum = 'another' where version = $1")
        .bind(newest)
        .execute(&pool)
        .await
        .unwrap();
    let error = migrate(&logins).await.unwrap_err();
    assert!(matches!(error, Error::ChangedMigration { version } if version == newest), "{error}");
    assert!(error.to_string().contains("with a different text"), "{error}");

    // A version within the range that this program knows, but not one of its own.
    sqlx::query("insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (0, 'x', true, '', 1)")
        .execute(&pool)
        .await
        .unwrap();
    let error = migrate(&logins).await.unwrap_err();
    assert!(matches!(error, Error::UnknownMigration { version: 0 }), "{error}");
}

#[tokio::test]
async fn the_documented_file_creates_three_roles_in_an_external_postgres() {
    let roles = include_str!("../../../docs/postgres/roles.sql");
    let cluster = Cluster::start("host all all 127.0.0.1/32 scram-sha-256", &[]).await;
    cluster.run("postgres", "create database moon").await;
    // The case of a Mooncoon that has run as a superuser so far.
    migrate(&Logins::same(&cluster.admin("moon"))).await.unwrap();
    cluster.run("moon", "insert into ingest_pause (is_only, reason) values (true, 'kept') on conflict (is_only) do update set reason = 'kept'").await;
    for _ in 0..2 {
        cluster.run("moon", roles).await;
    }
    for role in ["owner", "ingest", "web"] {
        cluster.run("moon", &format!("alter role mooncoon_{role} password 'canary'")).await;
    }
    let login = |role: &str| cluster.login(&format!("mooncoon_{role}"), "moon", "");
    let logins = Logins { owner: login("owner"), ingest: login("ingest"), web: login("web") };
    // Several replicas start at once.
    let (first, second) = tokio::join!(migrate(&logins), migrate(&logins));
    first.unwrap();
    second.unwrap();
    for login in [&logins.owner, &logins.ingest, &logins.web] {
        assert_eq!(check(login).await.unwrap().schema, "public");
    }
    for (login, statement, is_allowed) in [
        (
            &logins.owner,
            "alter table ingest_pause add column mine int; alter table ingest_pause drop column mine",
            true,
        ),
        (&logins.ingest, "update ingest_pause set reason = reason", true),
        (&logins.web, "select * from mart_freshness, _sqlx_migrations", true),
        (&logins.web, "update ingest_pause set reason = 'mine'", false),
        (&logins.web, "copy (select 1) to program 'true'", false),
        (&logins.web, "create temporary table mine (id int)", false),
        (&logins.ingest, "drop table ingest_pause", false),
        (&logins.owner, "copy (select 1) to program 'true'", false),
    ] {
        let mut connection = PgConnection::connect_with(login).await.unwrap();
        let done = sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await;
        assert_eq!(done.is_ok(), is_allowed, "{}: {statement}", login.get_username());
    }
    let mut web = PgConnection::connect_with(&logins.web).await.unwrap();
    let reason: String = sqlx::query_scalar("select reason from ingest_pause").fetch_one(&mut web).await.unwrap();
    assert_eq!(reason, "kept");
    web.close().await.unwrap();

    // A role that does not exist is named in the error.
    // A hardened cluster takes from everybody what Postgres lets everybody do: views call functions of ours.
    cluster.run("moon", "revoke execute on all functions in schema public from public").await;
    migrate(&logins).await.unwrap();
    let mut web = PgConnection::connect_with(&logins.web).await.unwrap();
    sqlx::raw_sql("select * from mart_freshness; select * from mart_flight").execute(&mut web).await.unwrap();
    let definer = sqlx::raw_sql("select ingest_analyze('stg_run', 'x')").execute(&mut web).await.unwrap_err();
    assert!(definer.to_string().contains("permission denied"), "it runs with the rights of the owner: {definer}");
    web.close().await.unwrap();

    let stranger = Logins { web: login("stranger"), ..logins };
    let error = migrate(&stranger).await.unwrap_err();
    assert!(error.to_string().contains("mooncoon_stranger") && error.to_string().contains("roles.sql"), "{error}");
}
