//! Checks the URL of a Postgres before the driver does: the driver ignores an unknown parameter, and logs it with its value.

use anyhow::{Context as _, bail};
use url::Url;

/// The parameters that the driver (sqlx) reads.
const READ: [&str; 18] = [
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
    "ssl-key",
    "statement-cache-capacity",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
];

/// Other parameters of libpq that hosted databases use: harmless to ignore, and not secret.
const IGNORED_PARAMETERS: [&str; 14] = [
    "channel_binding",
    "client_encoding",
    "connect_timeout",
    "fallback_application_name",
    "gssencmode",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "load_balance_hosts",
    "pgbouncer",
    "sslnegotiation",
    "target_session_attrs",
    "tcp_user_timeout",
];

/// Fails for a text that is not the URL of a Postgres, and for an unsupported parameter: with `sslmod=require` the connection would be
/// unencrypted. Never repeats a value.
pub(crate) fn check(name: &str, text: &str) -> anyhow::Result<()> {
    let url =
        Url::parse(text.trim()).with_context(|| format!("{name} is not a URL like postgres://user@host/database"))?;
    if !matches!(url.scheme(), "postgres" | "postgresql") {
        bail!("{name} does not start with postgres://");
    }
    for (key, _) in url.query_pairs() {
        if READ.contains(&&*key) || IGNORED_PARAMETERS.contains(&&*key) || key.starts_with("options[") {
            continue;
        }
        let nearest = READ.iter().min_by_key(|known| strsim::damerau_levenshtein(&key, known));
        bail!(
            "{name} has the parameter {key:.40}, which is not supported; did you mean {}?",
            nearest.unwrap_or(&"sslmode")
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invalid_url_or_unused_parameter_is_refused_without_its_values() {
        for url in [
            "postgres://u:canary@h/d?sslmod=canary",
            "postgres://u:canary@h/d?passwrd=canary",
            "postgres://u:canary@h/d?sslpassword=canary",
            "postgres://u:canary@h:canary/d",
            "mysql://u:canary@h/d",
            "u:canary@h/d",
            "canary",
        ] {
            let error = check("DATABASE_URL", url).expect_err("not valid");
            let error = format!("{error:#} {error:?}");
            assert!(error.contains("DATABASE_URL") && !error.contains("canary"), "{error}");
        }
        let error = check("DATABASE_URL", "postgres://h/d?sslmod=require").expect_err("not valid").to_string();
        assert!(error.ends_with("did you mean sslmode?"), "{error}");
    }

    #[test]
    fn common_forms_are_accepted() {
        for url in [
            "postgres://localhost/mooncoon",
            "postgresql://u:p@h:5432/d?sslmode=verify-full&sslrootcert=/etc/ca.pem",
            "postgres:///d?host=/var/run/postgresql",
            "postgres://u:p@%2Fvar%2Frun%2Fpostgresql/d",
            "postgres://u:p@h/d?sslmode=require&channel_binding=require&connect_timeout=10",
            "postgres://u:p@[::1]:5432/d?options=-c%20search_path%3Dx&options[statement_timeout]=5s",
        ] {
            check("DATABASE_URL", url).unwrap_or_else(|error| panic!("{url}: {error:#}"));
        }
    }
}
