//! Scores of stored date forecasts. A score follows from the forecast, from what was observed until the end of its
//! look-ahead, and from the history before the day of the forecast: whichever run computes it, it is the same. Except
//! for launches that LL2's list left out for some days and then showed again: the star schema keeps only when a launch
//! was last seen, so that a later run takes it for listed in between. On the recorded days, whose lists have only the
//! next 100 launches, a replay moves the integrated Brier score of the baseline by 1.5 % at one horizon and by less than
//! 0.1 % at the others.

mod row;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::{DateForecast, LaunchForecast};
use forecast::{
    backtest::SlipRow,
    slip::{Announcement, Course, horizon::Horizons},
};
use serde::Deserialize as _;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

use self::row::{LeftOut, Looked, Rows, Verdict};
use super::{MEMORY, memory};
use crate::error::Error;

/// How many forecasts a run looks at: a database with a year of forecasts catches up over some thirty runs, and no run
/// is held up for longer than a second. A data test knows the number.
const MOST: i64 = 5_000;

/// A launch that was not observed for longer than this, while others were, is no longer listed. Within it, the next
/// complete list may still show it: a run may read only what has changed.
const UNSEEN: TimeDelta = TimeDelta::days(2);

#[derive(FromRow)]
struct Due {
    launch_id: Uuid,
    made_at: DateTime<Utc>,
    content: Option<serde_json::Value>,
    is_deleted: bool,
}

/// Scores forecasts whose look-ahead has ended, oldest first, and anew those of launches whose outcome the run has
/// changed. Returns how many forecasts were looked at.
pub(crate) async fn refresh_scores(connection: &mut PgConnection, run_id: i64) -> Result<u64, Error> {
    sqlx::query(include_str!("../../../sql/forecasting/score_new.sql"))
        .bind(run_id)
        .execute(&mut *connection)
        .await
        .map_err(Error::database("note the forecasts to score"))?;
    sqlx::query(include_str!("../../../sql/forecasting/score_anew.sql"))
        .execute(&mut *connection)
        .await
        .map_err(Error::database("drop the scores of other outcomes"))?;
    Scorer::default().score(connection, run_id).await
}

/// Scores every forecast anew, from what a replay has rebuilt.
pub(crate) async fn rescore_everything(connection: &mut PgConnection, run_id: i64) -> Result<u64, Error> {
    sqlx::query(include_str!("../../../sql/forecasting/score_all_anew.sql"))
        .execute(&mut *connection)
        .await
        .map_err(Error::database("drop the scores"))?;
    let mut scorer = Scorer::default();
    let mut all = 0;
    loop {
        let looked = scorer.score(connection, run_id).await?;
        all += looked;
        if looked == 0 {
            return Ok(all);
        }
    }
}

/// What is shared by the forecasts of a run: the history, and the baseline of the last day.
#[derive(Default)]
struct Scorer {
    /// By launch, and since when LL2 must have mentioned it.
    courses: Option<(DateTime<Utc>, Vec<Course>)>,
    horizons: Option<(NaiveDate, Horizons)>,
}

impl Scorer {
    async fn score(&mut self, connection: &mut PgConnection, run_id: i64) -> Result<u64, Error> {
        let known_until: Option<DateTime<Utc>> = sqlx::query_scalar(
            "select greatest(
                (select max(observed_at) from stg_run),
                (select max(observed_at) from ingest_run where state = 'succeeded')
            )",
        )
        .fetch_one(&mut *connection)
        .await
        .map_err(Error::database("read the newest observation"))?;
        let due: Vec<Due> = sqlx::query_as(include_str!("../../../sql/forecasting/score_due.sql"))
            .bind(known_until)
            .bind(MOST)
            .bind(run_id)
            .fetch_all(&mut *connection)
            .await
            .map_err(Error::database("read the forecasts to score"))?;
        let (Some(known_until), Some(oldest)) = (known_until, due.iter().map(|due| due.made_at).min()) else {
            return Ok(0);
        };
        let mut rows = Rows::default();
        let mut to_score = Vec::new();
        for due in &due {
            let looked = Looked::at(due.launch_id, due.made_at, date_of(due));
            match looked.date {
                None => rows.push(&looked, Verdict::LeftOut(LeftOut::Unreadable)),
                Some(_) if due.is_deleted => rows.push(&looked, Verdict::LeftOut(LeftOut::Deleted)),
                // Forecasts that were only just made: no history is read for them.
                Some(_) if looked.due_at > known_until => rows.push(&looked, Verdict::Waiting),
                Some(date) => to_score.push((looked, date)),
            }
        }
        if !to_score.is_empty() {
            self.read_courses(connection, oldest - MEMORY).await?;
        }
        for (looked, date) in to_score {
            let verdict = self.verdict(&looked, date, known_until);
            rows.push(&looked, verdict);
        }
        rows.store(connection, run_id).await
    }

    async fn read_courses(&mut self, connection: &mut PgConnection, since: DateTime<Utc>) -> Result<(), Error> {
        if self.courses.as_ref().is_none_or(|(from, _)| since < *from) {
            self.courses = Some((since, memory::courses(connection, since).await?));
        }
        Ok(())
    }

    fn verdict(&mut self, looked: &Looked, date: DateForecast, known_until: DateTime<Utc>) -> Verdict {
        let Some((_, courses)) = &self.courses else { return Verdict::Waiting };
        let course = courses.iter().find(|course| course.launch_id == looked.launch_id);
        let Some(course) = course else { return Verdict::LeftOut(LeftOut::NotWaiting) };
        let is_settled = course.flown_at().is_some()
            || course.last_seen_at >= looked.due_at
            || known_until - course.last_seen_at > UNSEEN;
        if !is_settled {
            return Verdict::Waiting;
        }
        if !course.is_listed(looked.made_at) {
            return Verdict::LeftOut(LeftOut::Stale);
        }
        let Some(announced) = course.announced(looked.made_at) else {
            return Verdict::LeftOut(LeftOut::NotWaiting);
        };
        // Not at the newest observation: a launch that was seen waiting at the end of the look-ahead had not flown in it.
        if course.may_have_flown_unseen(looked.due_at) {
            return Verdict::LeftOut(LeftOut::OutcomeUnknown);
        }
        // The date is the one that the forecast was made from, even if the history says otherwise now.
        let announced = Announcement { net: date.announced(), precision_id: date.precision_id(), ..*announced };
        let day = looked.made_at.date_naive();
        let horizons = match &self.horizons {
            Some((of, horizons)) if *of == day => horizons,
            _ => &self.horizons.insert((day, fit(courses, day))).1,
        };
        Verdict::scored(&SlipRow::new(course, announced, date, horizons, looked.made_at, looked.due_at), looked.due_at)
    }
}

/// Fits the baseline to what was known at the start of the day, without what was observed or corrected later.
fn fit(courses: &[Course], day: NaiveDate) -> Horizons {
    let morning = day.and_time(NaiveTime::MIN).and_utc();
    let known: Vec<Course> = courses
        .iter()
        .filter(|course| course.last_seen_at > morning - MEMORY)
        .filter_map(|course| course.known_at(morning))
        .collect();
    Horizons::fit(&known, morning)
}

fn date_of(due: &Due) -> Option<DateForecast> {
    LaunchForecast::deserialize(due.content.as_ref()?).ok()?.date
}

#[cfg(test)]
mod tests {
    use super::MOST;

    #[test]
    fn the_data_test_knows_how_many_forecasts_a_run_looks_at() {
        let sql = include_str!("../../../sql/checks/assert_date_forecasts_are_scored.sql");
        assert_eq!(sql.matches(&format!(" {MOST}\n")).count(), 2, "{sql}");
    }
}
