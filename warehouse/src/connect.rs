//! The first connection to a user's own Postgres: made once and alone, before any pool, so that the cause of a failure is named at once.
//!
//! A pool retries until its timeout ends and then reports "timed out". A port without a listener, a wrong password and an unknown host
//! name all look the same through a pool.

use std::{io, time::Duration};

use sqlx::{
    Connection as _, PgConnection, Row as _,
    postgres::{PgConnectOptions, PgSslMode},
};

use crate::Error;

/// A server on the other side of the world responds within this time; a firewall that drops packets never does.
const PATIENCE: Duration = Duration::from_secs(5);

/// The oldest supported major version: the migrations are written for it and tested with it. `embedded_postgres` has the same constant for
/// its binaries; a test checks that both are equal.
const MINIMUM_MAJOR: i32 = 15;

/// Our own settings for every session, overriding the defaults of the database and the role: each of these changes the meaning of one of
/// our statements, or ends it. Sent with `set`, not as start-up parameters: PgBouncer refuses start-up parameters that it does not know.
///
/// Time zone and date format are not among them: the driver sets `TimeZone` and `DateStyle` itself. Neither is `search_path`: users may
/// choose the schema with it.
pub(crate) const SETTINGS: &str = "
    set statement_timeout = 0;
    set default_transaction_isolation = 'read committed';
    set default_transaction_read_only = off;
    set default_transaction_deferrable = off;
    set lock_timeout = 0;
    set idle_in_transaction_session_timeout = 0;
    set idle_session_timeout = 0;
    set standard_conforming_strings = on;
    set backslash_quote = safe_encoding;
    set transform_null_equals = off;
    set array_nulls = on;
    set bytea_output = 'hex';
    set intervalstyle = 'postgres';
    set extra_float_digits = 1;
";

/// Applies our own settings to a new session. For `after_connect` of every pool; a pool sets its own time limits afterwards.
pub async fn settle(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(SETTINGS).execute(connection).await.map(drop)
}

/// Prepares the options of every connection: no start-up parameter that a pooler would have to know.
#[must_use]
pub fn prepare(options: PgConnectOptions) -> PgConnectOptions {
    // The driver's default of 2 is for servers before version 12; `settle` sets it to 1.
    let options = options.extra_float_digits(None);
    if options.get_application_name().is_none() { options.application_name("mooncoon") } else { options }
}

/// What the first connection found out about a server.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Server {
    /// The schema in which tables are created and found.
    pub schema: String,
}

/// Connects once and checks that the program can work with this server.
pub async fn check(options: &PgConnectOptions) -> Result<Server, Error> {
    let mut first = open(options).await?;
    let facts =
        "select current_setting('server_version_num')::int, current_schema()::text, current_setting('search_path')";
    let row = sqlx::raw_sql(facts).fetch_one(&mut first).await.map_err(|error| failed(options, error))?;
    let read = || -> Result<(i32, Option<String>, String), sqlx::Error> {
        Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))
    };
    let (version, schema, search_path) = read().map_err(|error| failed(options, error))?;
    refuse_old(version, options)?;
    refuse_shared_sessions(&mut first, options).await?;
    let _ = first.close().await;
    let schema = schema.ok_or_else(|| Error::NoSchema { place: place(options), search_path })?;
    Ok(Server { schema })
}

/// Opens one connection outside any pool, with our settings. Errors name the cause in our own words.
pub(crate) async fn open(options: &PgConnectOptions) -> Result<PgConnection, Error> {
    let options = prepare(options.clone());
    let connecting = async {
        let mut connection = PgConnection::connect_with(&options).await?;
        settle(&mut connection).await?;
        Ok(connection)
    };
    match tokio::time::timeout(PATIENCE, connecting).await {
        Ok(Ok(connection)) => Ok(connection),
        Ok(Err(error)) => Err(failed(&options, error)),
        Err(_) => Err(failed(&options, sqlx::Error::Io(io::ErrorKind::TimedOut.into()))),
    }
}

/// On a server that the migrations are not written for, one of them would fail halfway with a syntax error.
fn refuse_old(version: i32, options: &PgConnectOptions) -> Result<(), Error> {
    if version / 10_000 >= MINIMUM_MAJOR {
        return Ok(());
    }
    // Before version 10 a major version had two numbers: 90624 is 9.6.24.
    let version = if version >= 100_000 {
        format!("{}.{}", version / 10_000, version % 10_000)
    } else {
        format!("{}.{}.{}", version / 10_000, version / 100 % 100, version % 100)
    };
    Err(Error::OldServer { place: place(options), version, minimum: MINIMUM_MAJOR })
}

/// Refuses a pooler that assigns any free session to each transaction (PgBouncer's modes `transaction` and `statement`).
///
/// Prepared statements, LISTEN, the lease and the lock of the migrations belong to a session. Sessions are shared if two open connections
/// report the same backend, or if the backend of one connection changes. The order first, second, second, first detects this both with
/// a pooler that prefers the session used last and with one that takes them in turn. Only simple queries: prepared ones are the
/// first thing that fails there.
async fn refuse_shared_sessions(first: &mut PgConnection, options: &PgConnectOptions) -> Result<(), Error> {
    let mut second = open(options).await?;
    let mut pids = Vec::new();
    for connection in [&mut *first, &mut second] {
        pids.push(backend(connection, options).await?);
    }
    for connection in [&mut second, first] {
        pids.push(backend(connection, options).await?);
    }
    let _ = second.close().await;
    let is_shared = pids[0] == pids[1] || pids[1] != pids[2] || pids[0] != pids[3];
    if is_shared { Err(Error::SharedSessions { place: place(options) }) } else { Ok(()) }
}

async fn backend(connection: &mut PgConnection, options: &PgConnectOptions) -> Result<i32, Error> {
    let row = sqlx::raw_sql("select pg_backend_pid()").fetch_one(connection).await;
    row.and_then(|row| row.try_get(0)).map_err(|error| failed(options, error))
}

/// The server, database and user of a connection, for messages. Never the password.
pub(crate) fn place(options: &PgConnectOptions) -> String {
    let user = options.get_username();
    let database = options.get_database().unwrap_or(user);
    let server = match options.get_socket() {
        Some(folder) => format!("the socket {}/.s.PGSQL.{}", folder.display(), options.get_port()),
        None if options.get_host().starts_with('/') => {
            format!("the socket {}/.s.PGSQL.{}", options.get_host(), options.get_port())
        }
        None => format!("{}:{}", options.get_host(), options.get_port()),
    };
    format!("{server} (database {database}, user {user})")
}

/// The error of a connection that could not be made, with its cause in our own words.
pub(crate) fn failed(options: &PgConnectOptions, source: sqlx::Error) -> Error {
    Error::Unreachable { place: place(options), cause: cause(options, &source), source }
}

const CLOSED: &str = "the connection was closed before the session began: is it a Postgres server, and does it accept connections from here?";

fn cause(options: &PgConnectOptions, error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Io(error) => io_cause(error),
        sqlx::Error::Tls(error) => match error.to_string() {
            text if text.contains("does not support TLS") => {
                "sslmode requires TLS, but this server does not support it".to_owned()
            }
            text => format!("could not establish a TLS session ({text})"),
        },
        sqlx::Error::Database(error) => refusal(options, error.code().as_deref().unwrap_or_default(), error.message()),
        // The driver's error for a connection that is closed before the response to its first message.
        sqlx::Error::Protocol(text) if text.contains("SSLRequest: 0x00") => CLOSED.to_owned(),
        sqlx::Error::Protocol(_) => "the server there does not speak the Postgres protocol".to_owned(),
        sqlx::Error::PoolTimedOut => "all connections of the pool are in use".to_owned(),
        sqlx::Error::Configuration(error) => format!("the connection's settings cannot be used ({error})"),
        other => format!("the connection failed ({other})"),
    }
}

fn io_cause(error: &io::Error) -> String {
    let text = error.to_string();
    let known = match error.kind() {
        io::ErrorKind::ConnectionRefused => "nothing listens there: is Postgres running, and is the port right?",
        io::ErrorKind::NotFound => {
            "no such file: is Postgres running, and are the socket's folder and the certificates' paths right?"
        }
        io::ErrorKind::PermissionDenied => {
            "this account may not open the socket or a file of the connection's settings"
        }
        io::ErrorKind::TimedOut => "no response within 5 s: is the address right, and does a firewall block it?",
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => "there is no route to that address",
        io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => CLOSED,
        // The standard library has no kind for it; the words before the colon are its own.
        _ if text.contains("failed to lookup address") => "no address is known for that name (DNS): is it spelt right?",
        // Certificate errors of rustls.
        io::ErrorKind::InvalidData if text.contains("certificate") || text.contains("alert") => {
            return format!("{} ({text})", certificate_cause(&text));
        }
        _ => return format!("the connection failed ({text})"),
    };
    known.to_owned()
}

fn certificate_cause(text: &str) -> &'static str {
    if text.contains("UnknownIssuer") {
        "the server's certificate is not signed by an authority that is trusted here: name its file as sslrootcert"
    } else if text.contains("NotValidForName") || text.contains("not valid for name") {
        "the server's certificate is for another host name"
    } else if text.contains("Expired") || text.contains("NotValidYet") || text.contains("expired") {
        "the server's certificate is not valid at this time"
    } else if text.contains("alert") {
        "the server refuses this client's certificate, or requires one: sslcert and sslkey"
    } else {
        "the server's certificate is not accepted"
    }
}

/// The message for a connection that Postgres or a pooler refused. By SQLSTATE, since a server's own messages may be in any language.
fn refusal(options: &PgConnectOptions, code: &str, message: &str) -> String {
    let user = options.get_username();
    let database = options.get_database().unwrap_or(user);
    match code {
        "28P01" => format!("the password for user {user} is wrong or missing"),
        "28000" if message.contains("pg_hba.conf") => {
            let hint = match options.get_ssl_mode() {
                PgSslMode::Disable | PgSslMode::Allow => "; it may require TLS (sslmode=require)",
                PgSslMode::Prefer if message.contains("no encryption") => "; it may require TLS (sslmode=require)",
                _ => "",
            };
            format!(
                "the server's pg_hba.conf does not allow user {user} to connect to database {database} from here{hint}"
            )
        }
        "28000" => format!("the server does not allow user {user} to connect ({message})"),
        "3D000" => format!("there is no database {database} on this server"),
        "42501" => format!("user {user} may not connect to database {database} (grant connect)"),
        "53300" => format!(
            "the server has no connection left for user {user}: too many clients, or a limit of the role or database"
        ),
        "57P03" => "the server is starting, stopping or replaying its log; try again soon".to_owned(),
        "08P01" if message.contains("startup parameter") => {
            format!("a pooler refuses a connection setting ({message}); remove `options` from the URL")
        }
        // PgBouncer's only code.
        "08P01" => format!("the server or a pooler in front of it refuses the connection ({message})"),
        _ => format!("the server refuses the connection ({message}, SQLSTATE {code})"),
    }
}

#[cfg(test)]
mod tests {
    use sqlx::postgres::PgConnectOptions;

    use super::{MINIMUM_MAJOR, place, refusal, refuse_old};
    use crate::Error;

    fn options() -> PgConnectOptions {
        "postgres://luna:canary@db.example:5433/moon".parse().unwrap()
    }

    #[test]
    fn a_server_before_version_15_is_refused_by_name() {
        for (number, name) in [(140_011, "14.11"), (90_624, "9.6.24"), (100_000, "10.0")] {
            let error = refuse_old(number, &options()).unwrap_err();
            assert!(matches!(error, Error::OldServer { .. }));
            let text = error.to_string();
            assert!(text.contains(name) && text.contains("15 or newer") && text.contains("db.example:5433"), "{text}");
        }
        for number in [150_000, 150_018, 160_004, 180_001] {
            refuse_old(number, &options()).unwrap();
        }
    }

    #[test]
    fn the_embedded_server_is_new_enough_for_the_migrations() {
        assert_eq!(i32::try_from(embedded_postgres::MINIMUM_MAJOR), Ok(MINIMUM_MAJOR));
    }

    #[test]
    fn a_place_names_server_database_and_user_and_no_password() {
        assert_eq!(place(&options()), "db.example:5433 (database moon, user luna)");
        let socket: PgConnectOptions = "postgres://luna:canary@localhost/moon?host=/run/pg".parse().unwrap();
        assert_eq!(place(&socket), "the socket /run/pg/.s.PGSQL.5432 (database moon, user luna)");
    }

    #[test]
    fn a_refusal_is_recognised_by_its_code_in_any_language() {
        let said = refusal(&options(), "28P01", "Passwort-Authentifizierung fehlgeschlagen");
        assert_eq!(said, "the password for user luna is wrong or missing");
        assert!(refusal(&options(), "53300", "sorry").contains("too many clients"));
        assert!(
            refusal(&options(), "28000", "no pg_hba.conf entry for host, no encryption").contains("sslmode=require")
        );
        assert!(refusal(&options(), "XX000", "something").contains("something"));
    }
}
