//! A server that requires TLS, with its own certificate authority, and one user who needs a client certificate.

use domain::Source;
use sqlx::{ConnectOptions as _, postgres::PgConnectOptions};
use warehouse::{Db, Logins, check, migrate};

use crate::cluster::{Cluster, shell, workshop};

/// The server's certificate is for `localhost` and not for its address.
const CERTIFICATES: &str = r"
    openssl req -new -x509 -days 2 -nodes -newkey rsa:2048 -subj /CN=moon-authority -keyout ca.key -out ca.crt
    for name in localhost certified; do
        openssl req -new -nodes -newkey rsa:2048 -subj /CN=$name -keyout $name.key -out $name.csr
        printf 'subjectAltName=DNS:%s\nbasicConstraints=CA:FALSE\n' $name > $name.ext
        openssl x509 -req -in $name.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile $name.ext -out $name.crt
    done
    chmod 600 localhost.key
    chmod 644 certified.key
";

const HBA: &str = "hostssl all certified 127.0.0.1/32 cert\nhostssl all all 127.0.0.1/32 scram-sha-256";

async fn server() -> Cluster {
    let folder = workshop();
    shell(folder.path(), CERTIFICATES);
    let path = folder.path().to_owned();
    let file = |setting: &str, name: &str| format!("{setting}={}", path.join(name).display());
    let settings = [
        "ssl=on".to_owned(),
        file("ssl_ca_file", "ca.crt"),
        file("ssl_cert_file", "localhost.crt"),
        file("ssl_key_file", "localhost.key"),
    ];
    let cluster = Cluster::start_in(folder, HBA, &settings.each_ref().map(String::as_str)).await;
    cluster.run("postgres", "create role luna login password 'canary'; create role certified login").await;
    cluster.run("postgres", "create database moon owner luna").await;
    cluster
}

async fn is_encrypted(options: &PgConnectOptions) -> bool {
    let mut connection = options.connect().await.unwrap();
    sqlx::query_scalar("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
        .fetch_one(&mut connection)
        .await
        .unwrap()
}

#[tokio::test]
async fn every_sslmode_works_as_documented_on_a_server_that_requires_tls() {
    let cluster = server().await;
    let at = |name: &str| format!("{}/{name}", cluster.path().display());
    let root = format!("sslrootcert={}", at("ca.crt"));
    let login = |user: &str, parameters: &str| cluster.login(user, "moon", parameters);
    let localhost = |parameters: &str| login("luna", parameters).host("localhost");
    let certificate =
        format!("sslmode=verify-ca&{root}&sslcert={}&sslkey={}", at("certified.crt"), at("certified.key"));
    for options in [
        login("luna", "sslmode=prefer"),
        login("luna", "sslmode=require"),
        login("luna", &format!("sslmode=verify-ca&{root}")),
        localhost(&format!("sslmode=verify-full&{root}")),
        login("certified", &certificate),
    ] {
        check(&options).await.unwrap_or_else(|error| panic!("{:?}: {error}", options.get_ssl_mode()));
        assert!(is_encrypted(&options).await);
    }
    for (options, expected) in [
        (login("luna", "sslmode=disable"), "it may require TLS (sslmode=require)"),
        (localhost("sslmode=verify-full"), "name its file as sslrootcert"),
        (login("luna", "sslmode=verify-ca"), "name its file as sslrootcert"),
        (login("luna", &format!("sslmode=verify-full&{root}")), "for another host name"),
        (login("luna", &format!("sslmode=verify-ca&sslrootcert={}", at("missing.crt"))), "certificates' paths"),
        (login("luna", "sslmode=require").password("wrong"), "password for user luna is wrong"),
        (login("certified", "sslmode=require"), "certified"),
    ] {
        let text = check(&options).await.expect_err(expected).to_string();
        assert!(text.contains(expected), "{text}");
    }
}

#[tokio::test]
async fn the_program_works_over_tls() {
    let cluster = server().await;
    let root = cluster.path().join("ca.crt");
    let options = cluster.login("luna", "moon", &format!("sslmode=verify-ca&sslrootcert={}", root.display()));
    let logins = Logins::same(&options);
    migrate(&logins).await.unwrap();
    let db = Db::connect(logins, Source::Simulated, 3600).await.unwrap();
    assert!(db.is_migrated().await.unwrap());
    db.news().await.unwrap();
    let plain = "select count(*)::int from pg_stat_ssl inner join pg_stat_activity using (pid) where datname = 'moon' and not ssl";
    let plain: i32 = sqlx::query_scalar(plain).fetch_one(db.pool()).await.unwrap();
    assert_eq!(plain, 0, "a session goes without TLS");
    db.pool().close().await;
}
