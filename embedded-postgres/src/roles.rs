//! The three roles of a cluster of our own, made and kept as they should be at every start, also in clusters that were made when its
//! superuser was its only user.
//!
//! The superuser starts no statement of the program's but those in this file and `create database`: whoever can make the pages or the job run
//! SQL of theirs must not reach `copy ... to program`, which runs commands of the operating system.

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, postgres::PgConnectOptions};

use super::error::EmbeddedError;
use crate::Logins;

/// A role of the program's and the file with its password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Role {
    pub(super) name: &'static str,
    pub(super) file: &'static str,
}

pub(super) const OWNER: Role = Role { name: "mooncoon_owner", file: "password-owner" };
pub(super) const INGEST: Role = Role { name: "mooncoon_ingest", file: "password-ingest" };
pub(super) const WEB: Role = Role { name: "mooncoon_web", file: "password-web" };

/// The passwords of the three roles.
#[derive(Clone)]
pub(super) struct Passwords {
    pub(super) owner: String,
    pub(super) ingest: String,
    pub(super) web: String,
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("(passwords)")
    }
}

impl Passwords {
    /// Reads or makes each, by the name of its file.
    pub(super) fn by(password: impl Fn(&str) -> Result<String, EmbeddedError>) -> Result<Self, EmbeddedError> {
        Ok(Self { owner: password(OWNER.file)?, ingest: password(INGEST.file)?, web: password(WEB.file)? })
    }

    /// The three logins, to the place that `options` lead to.
    pub(super) fn logins(&self, options: &PgConnectOptions) -> Logins {
        let login = |role: Role, password: &str| options.clone().username(role.name).password(password);
        Logins { owner: login(OWNER, &self.owner), ingest: login(INGEST, &self.ingest), web: login(WEB, &self.web) }
    }
}

fn failed(action: &'static str) -> impl FnOnce(sqlx::Error) -> EmbeddedError {
    move |source| EmbeddedError::Query { action, source }
}

/// Makes the roles, takes from them what they must not have, and sets their passwords: also when the files were lost.
pub(super) async fn make(superuser: &mut PgConnection, passwords: &Passwords) -> Result<(), EmbeddedError> {
    // Names and passwords are constants and hexadecimal digits of ours; `create role` takes no parameters.
    let mut script = String::from("begin;\n");
    for (role, password) in [(OWNER, &passwords.owner), (INGEST, &passwords.ingest), (WEB, &passwords.web)] {
        let name = role.name;
        script.push_str(&format!(
            "do $$ begin
                if not exists (select from pg_roles where rolname = '{name}') then
                    create role {name};
                end if;
            end $$;
            alter role {name} with login nosuperuser nocreaterole nocreatedb noreplication nobypassrls password '{password}';\n"
        ));
    }
    script.push_str("commit;");
    sqlx::raw_sql(AssertSqlSafe(script)).execute(superuser).await.map(drop).map_err(failed("make the roles"))
}

/// Makes a database unless there is one of that name, and hands it and all that is in it over to its owner; says whether it made it.
pub(super) async fn prepare(superuser: &PgConnectOptions, database: &'static str) -> Result<bool, EmbeddedError> {
    let mut connection = connect(&superuser.clone().database("postgres")).await?;
    let is_there: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(database)
        .fetch_one(&mut connection)
        .await
        .map_err(failed("look for the database"))?;
    if !is_there {
        let statement = format!("create database {database} owner {}", OWNER.name);
        sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await.map_err(failed("create the database"))?;
    }
    let _ = connection.close().await;
    let mut connection = connect(&superuser.clone().database(database)).await?;
    hand_over(&mut connection).await.map_err(failed("hand the database over to its owner"))?;
    let _ = connection.close().await;
    Ok(!is_there)
}

/// In one transaction: all of it has changed hands, or none. Nothing is done a second time.
async fn hand_over(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(include_str!("hand_over.sql")).execute(connection).await.map(drop)
}

async fn connect(options: &PgConnectOptions) -> Result<PgConnection, EmbeddedError> {
    PgConnection::connect_with(options).await.map_err(failed("connect"))
}
