//! The errors when Postgres cannot be reached: host, port and cause, at once, and never the password.

use std::time::{Duration, Instant};

use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};
use warehouse::check;

use crate::cluster::{Cluster, free_port};

/// The text that a user reads: the error with its causes.
async fn error_text(options: &PgConnectOptions) -> String {
    let error = check(options).await.expect_err("it cannot be reached");
    let mut text = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    assert!(!text.contains("canary"), "a password is in {text}");
    assert!(!text.contains("pool timed out"), "{text}");
    text
}

fn url(text: &str) -> PgConnectOptions {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_server_that_is_not_postgres_is_recognised() {
    let port = free_port();
    let text = error_text(&url(&format!("postgres://u:canary@127.0.0.1:{port}/d"))).await;
    assert!(text.contains(&format!("127.0.0.1:{port}")) && text.contains("nothing listens there"), "{text}");

    let text = error_text(&url("postgres://u:canary@no-such-host.invalid:5433/d")).await;
    assert!(text.contains("no-such-host.invalid:5433") && text.contains("DNS"), "{text}");

    let text = error_text(&url("postgres://u:canary@localhost/d?host=/no/such/folder")).await;
    assert!(text.contains("/no/such/folder/.s.PGSQL.5432") && text.contains("no such file"), "{text}");

    for (answer, expected) in [
        (Some(&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..]), "does not speak the Postgres protocol"),
        (Some(&b""[..]), "closed before the session began"),
        (None, "no response within 5 s"),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0; 8];
            stream.read_exact(&mut asked).await.unwrap();
            match answer {
                Some(answer) => stream.write_all(answer).await.unwrap(),
                None => std::future::pending().await,
            }
        });
        let began = Instant::now();
        let text = error_text(&url(&format!("postgres://u:canary@127.0.0.1:{port}/d"))).await;
        assert!(text.contains(expected) && text.contains(&port.to_string()), "{text}");
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
        server.abort();
    }
}

#[tokio::test]
async fn a_refused_connection_reports_its_cause() {
    let hba = "host all barred 127.0.0.1/32 reject\nhost all all 127.0.0.1/32 scram-sha-256";
    let cluster = Cluster::start(hba, &["max_connections=5", "superuser_reserved_connections=2"]).await;
    cluster
        .run(
            "postgres",
            "create role luna login password 'canary';
            create role crowded login password 'canary' connection limit 0;
            create role barred login password 'canary';
            create role nologin nologin password 'canary'",
        )
        .await;
    cluster.run("postgres", "create database closed").await;
    cluster.run("postgres", "revoke connect on database closed from public").await;
    assert_eq!(check(&cluster.login("luna", "postgres", "")).await.unwrap().schema, "public");
    for (options, expected) in [
        (cluster.login("luna", "postgres", "").password("canary-not"), "password for user luna is wrong"),
        (cluster.login("nobody", "postgres", ""), "password for user nobody is wrong"),
        (cluster.login("luna", "nowhere", ""), "there is no database nowhere"),
        (cluster.login("luna", "closed", ""), "may not connect to database closed"),
        (cluster.login("crowded", "postgres", ""), "no connection left"),
        (cluster.login("barred", "postgres", ""), "pg_hba.conf does not allow user barred"),
        (cluster.login("nologin", "postgres", ""), "does not allow user nologin to connect"),
        (
            cluster.login("luna", "postgres", "sslmode=require"),
            "sslmode requires TLS, but this server does not support it",
        ),
        (cluster.login("luna", "postgres", "options=-c%20search_path%3Dnowhere"), "there is no usable schema"),
    ] {
        let text = error_text(&options).await;
        assert!(text.contains(expected) && text.contains(&format!("127.0.0.1:{}", cluster.port)), "{text}");
    }

    let luna = cluster.login("luna", "postgres", "");
    let mut others = Vec::new();
    while let Ok(other) = PgConnection::connect_with(&luna).await {
        others.push(other);
    }
    let text = error_text(&luna).await;
    assert!(text.contains("too many clients"), "{text}");
    for other in others {
        other.close().await.unwrap();
    }
}
