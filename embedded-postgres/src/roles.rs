//! The three roles of our own cluster, created and corrected at every start, also in older clusters whose only user was the
//! superuser.
//!
//! The program uses the superuser only for the statements in this file and for `create database`: an attacker who can inject SQL into
//! the pages or the job must not reach `copy ... to program`, which runs commands of the operating system.

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, postgres::PgConnectOptions};

use crate::{error::EmbeddedError, setup::SUPERUSER};

/// A role of the program and the file with its password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Role {
    pub(crate) name: &'static str,
    pub(crate) file: &'static str,
}

pub(crate) const OWNER: Role = Role { name: "mooncoon_owner", file: "password-owner" };
pub(crate) const INGEST: Role = Role { name: "mooncoon_ingest", file: "password-ingest" };
pub(crate) const WEB: Role = Role { name: "mooncoon_web", file: "password-web" };

/// Options for connecting to one database as each of the three roles.
///
/// Without `Debug`: sqlx prints passwords.
#[derive(Clone)]
pub struct RoleLogins {
    /// Owns the database and its contents.
    pub owner: PgConnectOptions,
    /// For the ingest job.
    pub ingest: PgConnectOptions,
    /// For the pages.
    pub web: PgConnectOptions,
}

/// The passwords of the three roles.
#[derive(Clone)]
pub(crate) struct Passwords {
    pub(crate) owner: String,
    pub(crate) ingest: String,
    pub(crate) web: String,
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("(passwords)")
    }
}

impl Passwords {
    /// Reads or creates each password, by the name of its file.
    pub(crate) fn by(password: impl Fn(&str) -> Result<String, EmbeddedError>) -> Result<Self, EmbeddedError> {
        Ok(Self { owner: password(OWNER.file)?, ingest: password(INGEST.file)?, web: password(WEB.file)? })
    }

    /// The three logins, for the server and database of `options`.
    pub(crate) fn logins(&self, options: &PgConnectOptions) -> RoleLogins {
        let login = |role: Role, password: &str| options.clone().username(role.name).password(password);
        RoleLogins { owner: login(OWNER, &self.owner), ingest: login(INGEST, &self.ingest), web: login(WEB, &self.web) }
    }
}

fn failed(action: &'static str) -> impl FnOnce(sqlx::Error) -> EmbeddedError {
    move |source| EmbeddedError::Query { action, source }
}

/// Creates the roles, revokes attributes that they must not have, and sets their passwords, also if the files were lost.
pub(crate) async fn make(superuser: &mut PgConnection, passwords: &Passwords) -> Result<(), EmbeddedError> {
    // Names and passwords are our own constants and hexadecimal digits; `create role` takes no parameters.
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
    sqlx::raw_sql(AssertSqlSafe(script)).execute(superuser).await.map(drop).map_err(failed("create the roles"))
}

/// Creates a database unless one of that name exists, and makes its owner the owner of all its contents; returns whether it was created.
pub(crate) async fn prepare(superuser: &PgConnectOptions, database: &str) -> Result<bool, EmbeddedError> {
    let is_new = create_database_if_missing(superuser, database, Some(OWNER)).await?;
    let mut connection = connect(&superuser.clone().database(database)).await?;
    transfer_ownership(&mut connection).await.map_err(failed("set the owner of the database"))?;
    let _ = connection.close().await;
    Ok(is_new)
}

/// Creates a database, with the given owner or the superuser, unless one of that name exists; returns whether it was created.
pub(crate) async fn create_database_if_missing(
    superuser: &PgConnectOptions,
    database: &str,
    owner: Option<Role>,
) -> Result<bool, EmbeddedError> {
    let mut connection = connect(&superuser.clone().database("postgres")).await?;
    let is_there: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(database)
        .fetch_one(&mut connection)
        .await
        .map_err(failed("check for the database"))?;
    if !is_there {
        // `create database` takes no parameters.
        let name = database.replace('"', "\"\"");
        let owner = owner.map_or(SUPERUSER, |owner| owner.name);
        let statement = format!("create database \"{name}\" owner {owner}");
        sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await.map_err(failed("create the database"))?;
    }
    // Optional: the server notices a closed socket as well.
    let _ = connection.close().await;
    Ok(!is_there)
}

/// In one transaction: either everything changes its owner, or nothing. A second run changes nothing.
async fn transfer_ownership(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(include_str!("hand_over.sql")).execute(connection).await.map(drop)
}

async fn connect(options: &PgConnectOptions) -> Result<PgConnection, EmbeddedError> {
    PgConnection::connect_with(options).await.map_err(failed("connect"))
}
