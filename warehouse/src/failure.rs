//! The public description of a failure.
//!
//! `ingest_run.error` has the whole chain of causes, for operators: names of tables and constraints, conflicting rows, hosts and accounts.
//! A visitor reads the kind of the failure, and no text that the database wrote.

/// Longer sentences are truncated; ours are shorter.
const LONGEST: usize = 300;

/// The beginnings of our own sentences that name no cause of the database (`ingest::Error`, the job's remarks). Any other text is not
/// shown: an unforeseen kind of error must not disclose too much.
const OURS: [&str; 18] = [
    "base URL ",
    "no usable response from ",
    "the response from ",
    "the page ",
    "the list ",
    "the lease of epoch ",
    "data tests block publication",
    "the landed page ",
    "no run has published anything yet",
    "a background job ended early",
    "the run ",
    "run ",
    "the program ",
    "stopped",
    "LL2 ",
    "the budget",
    // In runs of earlier versions.
    "no usable answer from ",
    "the answer from ",
];

/// The prefixes that sqlx puts before a text that is not ours.
const FOREIGN: [&str; 6] = [
    "from database",
    "with database",
    "error occurred while",
    "unexpected or invalid data",
    "open connection",
    "closed pool",
];

/// Converts the error chain of a run to the text for the public.
pub(crate) fn in_public(chain: &str) -> String {
    let first = chain.split(": ").next().unwrap_or_default();
    let is_foreign = FOREIGN.iter().any(|words| chain.contains(words)) || state(chain).is_some();
    let is_database =
        first.starts_with("could not ") || (first.starts_with("the statement ") && first.ends_with(" failed"));
    let is_plain = first.len() <= 100
        && first.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, ' ' | '_' | '-' | '\'' | ','));
    if is_database && is_plain {
        return format!("{first}: {}", cause(chain));
    }
    if !is_foreign && (is_a_deferral(chain) || OURS.iter().any(|words| chain.starts_with(words))) {
        return cut(chain);
    }
    if is_foreign { cause(chain) } else { "the log has the reason".to_owned() }
}

/// "...; retry at 2026-03-23 09:00:00 UTC", in earlier versions "...; may go on at ..."
fn is_a_deferral(chain: &str) -> bool {
    chain.contains("; retry at ") || chain.contains("; may go on at ")
}

/// The kind of a database failure, by the class of its SQLSTATE where the chain has one.
fn cause(chain: &str) -> String {
    if let Some(state) = state(chain) {
        let class = &state[..2];
        let kind = match class {
            "08" => "the connection to the database failed",
            "22" => "the database cannot store one of the values",
            "23" => "a database constraint was violated",
            "25" | "40" => "the database rolled the transaction back",
            "28" => "the database refused the login",
            "42" => "the statement does not match the schema, or is not allowed",
            "53" => "the database is out of sessions, memory or space",
            "57" => "the database was stopped, or ended the statement",
            "58" | "XX" => "the database has an internal error",
            _ => "the database refused it",
        };
        return format!("{kind} (SQLSTATE class {class}); the log has details");
    }
    let kind = if chain.contains("from database") {
        "the database refused it"
    } else if chain.contains("with database") || chain.contains("TLS connection") {
        "the connection to the database failed"
    } else if chain.contains("open connection") || chain.contains("closed pool") {
        "no database session was available in time"
    } else {
        return "the log has the reason".to_owned();
    };
    format!("{kind}; the log has details")
}

/// The SQLSTATE that `ingest` writes at the end of a chain.
fn state(chain: &str) -> Option<&str> {
    let state = chain.rsplit_once("(SQLSTATE ")?.1.strip_suffix(')')?;
    (state.len() == 5 && state.bytes().all(|one| one.is_ascii_digit() || one.is_ascii_uppercase())).then_some(state)
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::in_public;

    #[test]
    fn no_error_text_of_the_database_is_shown() {
        for (chain, shown) in [
            (
                "could not close the run: error returned from database: new row for relation \"canary\" violates check constraint \"canary\" (SQLSTATE 23514)",
                "could not close the run: a database constraint was violated (SQLSTATE class 23); the log has details",
            ),
            (
                "the statement dim_pad failed: error returned from database: column \"canary\" does not exist",
                "the statement dim_pad failed: the database refused it; the log has details",
            ),
            (
                "could not look at the lease: error communicating with database: canary: Connection refused",
                "could not look at the lease: the connection to the database failed; the log has details",
            ),
            (
                "could not connect for the run: pool timed out while waiting for an open connection",
                "could not connect for the run: no database session was available in time; the log has details",
            ),
            ("an unforeseen kind: canary", "the log has the reason"),
            ("could not canary=postgres://u:p@h/d: x", "the log has the reason"),
            (
                "the run stopped: error returned from database: canary (SQLSTATE 57P01)",
                "the database was stopped, or ended the statement (SQLSTATE class 57); the log has details",
            ),
        ] {
            let public = in_public(chain);
            assert_eq!(public, shown, "{chain}");
            assert!(!public.contains("canary"));
        }
    }

    #[test]
    fn our_own_error_texts_are_shown() {
        for chain in [
            "data tests block publication: board_is_not_empty (1)",
            "no usable response from http://127.0.0.1:1/2.3.0/launches/ after 3 attempts: 503 Service Unavailable",
            "the budget of 15 requests per hour is used up; retry at 2026-03-23 09:00:00 UTC",
            "no usable answer from http://127.0.0.1:1/2.3.0/launches/ after 3 tries: 503 Service Unavailable",
            "the budget of 15 requests an hour is spent; may go on at 2026-03-23 09:00:00 UTC",
        ] {
            assert_eq!(in_public(chain), chain);
        }
        assert!(in_public(&format!("the answer from {}", "x".repeat(1000))).len() < 310);
    }
}
