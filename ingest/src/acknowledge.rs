//! Acknowledges rows of data tests: an operator states that a number of rows of a test is known, why, and until when.
//! Until then the test neither warns nor blocks, unless it finds more rows.
//!
//! Rows are counted, not compared. Many tests return figures that change with each observation (counters of LL2, ages,
//! differences), so that a list of the rows would be out of date at once.

use chrono::{DateTime, TimeDelta, Utc};
use domain::TestSeverity;
use sqlx::{Connection as _, PgConnection, PgPool};

use crate::{
    acknowledgement::Acknowledgement,
    checks::{self, CHECKS, Check},
    error::Error,
};

/// The longest reason, in characters; the table has the same limit.
const LONGEST_REASON: usize = 500;
/// The longest name of a person, in characters; the table has the same limit.
const LONGEST_NAME: usize = 100;
/// How long rows of a blocking test can be acknowledged: what was accepted once must not keep other bad data from being
/// noticed for years.
const LONGEST_FOR_BLOCKING: TimeDelta = TimeDelta::days(30);
/// Names that an unknown name may have been meant for.
const SUGGESTED: usize = 3;

/// What an operator wants to acknowledge.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// The name of the test.
    pub test: &'r str,
    /// Why its rows are accepted: 1 to 500 characters.
    pub reason: &'r str,
    /// The operator: at most 100 characters.
    pub by: Option<&'r str>,
    /// The largest number of rows. Default: those that the test finds, in everything that is published or in the newest
    /// run. Rows that block publication have no default.
    pub rows: Option<i64>,
    /// When the acknowledgement ends. Default: only when there are more rows; required for rows that block publication.
    pub until: Option<DateTime<Utc>>,
}

/// The result of an acknowledgement.
#[derive(Clone, Debug)]
pub struct Acknowledged {
    /// The stored acknowledgement.
    pub acknowledgement: Acknowledgement,
    /// Rows that the test finds, in everything that is published or in the newest run, whichever are more.
    pub found: i64,
    /// Whether an earlier acknowledgement of the test was replaced.
    pub has_replaced: bool,
}

/// Acknowledges rows of a test. Replaces an earlier acknowledgement of the test, which stays in the table as revoked.
/// Of two at once the one that is stored later holds.
pub async fn acknowledge(pool: &PgPool, request: Request<'_>) -> Result<Acknowledged, Error> {
    let check = find(request.test)?;
    let refuse = |reason: String| Error::NotAcknowledged { test: check.name, reason };
    let reason = text(request.reason, LONGEST_REASON).map_err(|wrong| refuse(format!("the reason {wrong}")))?;
    let by = request.by.map(|name| text(name, LONGEST_NAME)).transpose();
    let by = by.map_err(|wrong| refuse(format!("the name {wrong}")))?;

    let mut connection = pool.acquire().await.map_err(Error::database("connect"))?;
    let now: DateTime<Utc> = sqlx::query_scalar("select ingest_now()")
        .fetch_one(&mut *connection)
        .await
        .map_err(Error::database("read the time"))?;
    if let Some(until) = request.until.filter(|until| *until <= now) {
        return Err(refuse(format!("{} has passed", until.format("%Y-%m-%d %H:%M UTC"))));
    }
    let published = checks::run_one_over_everything(&mut connection, check).await?.offending_count;
    let found = published.max(newest(&mut connection, check).await?);
    let rows = request.rows.unwrap_or(found);
    if rows < 1 {
        return Err(refuse("it finds no rows; give the number of rows to accept (--rows)".to_owned()));
    }
    if let Some(why) = check.refusal(rows, request.until.is_some()) {
        return Err(refuse(why.to_owned()));
    }
    if check.effect(rows) == Some(TestSeverity::Block) {
        if request.rows.is_none() {
            return Err(refuse(format!(
                "the rows block publication, so that their number must be given (--rows); it finds {found}"
            )));
        }
        if request.until.is_some_and(|until| until > now + LONGEST_FOR_BLOCKING) {
            let days = LONGEST_FOR_BLOCKING.num_days();
            return Err(refuse(format!(
                "the rows block publication, so that they are accepted for {days} days at most"
            )));
        }
    }

    let mut transaction = connection.begin().await.map_err(Error::database("open a transaction"))?;
    // Two at once would each find nothing to replace, and the second would fail at the unique index. Runs read on.
    sqlx::query("lock table data_test_acknowledgement in share row exclusive mode")
        .execute(&mut *transaction)
        .await
        .map_err(Error::database("lock the acknowledgements"))?;
    let has_replaced = revoke_in(&mut transaction, check).await?;
    let acknowledgement = sqlx::query_as(
        "insert into data_test_acknowledgement (test, reason, offending_count, acknowledged_by, expires_at)
        values ($1, $2, $3, $4, $5)
        returning data_test_acknowledgement_id, test, reason, offending_count, acknowledged_by, acknowledged_at, expires_at",
    )
    .bind(check.name)
    .bind(reason)
    .bind(rows)
    .bind(by)
    .bind(request.until)
    .fetch_one(&mut *transaction)
    .await
    .map_err(Error::database("store the acknowledgement"))?;
    transaction.commit().await.map_err(Error::database("store the acknowledgement"))?;
    Ok(Acknowledged { acknowledgement, found, has_replaced })
}

/// Returns how many rows the test found in the newest run that was tested. If it blocked the run, they are not published.
async fn newest(connection: &mut PgConnection, check: &Check) -> Result<i64, Error> {
    sqlx::query_scalar(
        "select coalesce(max(offending_count), 0)
        from data_test_result
        where ingest_run_id = (select max(ingest_run_id) from data_test_summary) and test = $1",
    )
    .bind(check.name)
    .fetch_one(connection)
    .await
    .map_err(Error::database("read the newest result"))
}

/// Revokes the acknowledgement of a test; returns whether there was one.
pub async fn revoke(pool: &PgPool, test: &str) -> Result<bool, Error> {
    let check = find(test)?;
    let mut connection = pool.acquire().await.map_err(Error::database("connect"))?;
    revoke_in(&mut connection, check).await
}

async fn revoke_in(connection: &mut PgConnection, check: &Check) -> Result<bool, Error> {
    sqlx::query(
        "update data_test_acknowledgement set revoked_at = ingest_now() where test = $1 and revoked_at is null
        returning expires_at is null or expires_at > ingest_now()",
    )
    .bind(check.name)
    .fetch_optional(connection)
    .await
    .and_then(|row| row.map_or(Ok(false), |row| sqlx::Row::try_get(&row, 0)))
    .map_err(Error::database("revoke the acknowledgement"))
}

/// Returns the test with this name.
fn find(name: &str) -> Result<&'static Check, Error> {
    if let Some(check) = CHECKS.iter().find(|check| check.name == name) {
        return Ok(check);
    }
    let name: String = name.chars().take(100).collect();
    let mut nearest: Vec<_> =
        CHECKS.iter().map(|check| (strsim::damerau_levenshtein(&name, check.name), check.name)).collect();
    nearest.sort_unstable();
    let nearest = nearest.iter().take(SUGGESTED).map(|(_, name)| *name).collect();
    Err(Error::UnknownTest { name, nearest })
}

/// Returns a text without the space around it, or what is wrong with it.
fn text(given: &str, longest: usize) -> Result<&str, String> {
    let text = given.trim();
    if text.is_empty() {
        return Err("is empty".to_owned());
    }
    if text.chars().count() > longest {
        return Err(format!("has more than {longest} characters"));
    }
    if text.chars().any(char::is_control) {
        return Err("contains a control character or a line break".to_owned());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_test_is_an_error_with_the_nearest_names() {
        let error = find("assert_window_hold_net").expect_err("there is none").to_string();
        assert!(error.contains("\"assert_window_hold_net\""), "{error}");
        assert!(error.contains("did you mean assert_window_holds_net"), "{error}");
        assert!(find("assert_window_holds_net").is_ok());
        let error = find(&"x".repeat(10_000)).expect_err("there is none").to_string();
        assert!(error.len() < 500, "{error}");
    }

    #[test]
    fn a_reason_has_words_in_one_line() {
        assert_eq!(text("  LL2 knows of it ", 500), Ok("LL2 knows of it"));
        assert_eq!(text("é".repeat(500).as_str(), 500).map(str::len), Ok(1000), "characters, not bytes");
        for (given, wrong) in [(" \t ", "empty"), (&"x".repeat(501), "500"), ("two\nlines", "line break")] {
            let error = text(given, 500).expect_err(wrong);
            assert!(error.contains(wrong), "{error}");
        }
    }
}
