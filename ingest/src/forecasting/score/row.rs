use chrono::{DateTime, TimeDelta, Utc};
use domain::DateForecast;
use forecast::{
    backtest::{Ahead, Forecaster, Loss, SlipRow, WITHIN_DAYS},
    cdf::Cdf,
};
use sqlx::PgConnection;
use strum::IntoStaticStr;
use uuid::Uuid;

use crate::error::Error;

/// Why a forecast is not scored: the values of `model_forecast_score.left_out`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(super) enum LeftOut {
    Unreadable,
    Deleted,
    Stale,
    NotWaiting,
    OutcomeUnknown,
}

/// The losses of each forecaster, in the order of [`Forecaster::ALL`].
type Losses = [Loss; Forecaster::ALL.len()];

/// What is said of a forecast that was looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    /// Its outcome is not known yet.
    Waiting,
    LeftOut(LeftOut),
    /// With the time of the flight, if it was within the look-ahead.
    Scored(Option<DateTime<Utc>>, Losses),
}

impl Verdict {
    pub(super) fn scored(row: &SlipRow, due_at: DateTime<Utc>) -> Self {
        Self::Scored(row.flown_at.filter(|at| *at <= due_at), Forecaster::ALL.map(|who| Loss::of(row, who)))
    }
}

/// A forecast that is looked at, with what follows from it alone.
pub(super) struct Looked {
    pub(super) launch_id: Uuid,
    pub(super) made_at: DateTime<Utc>,
    pub(super) date: Option<DateForecast>,
    ahead: Option<Ahead>,
    /// The end of its look-ahead.
    pub(super) due_at: DateTime<Utc>,
    within: [Option<f64>; WITHIN_DAYS.len()],
}

impl Looked {
    pub(super) fn at(launch_id: Uuid, made_at: DateTime<Utc>, date: Option<DateForecast>) -> Self {
        let ahead = date.as_ref().map(|date| Ahead::of_forecast(date, made_at));
        let look_ahead = ahead.map_or(TimeDelta::zero(), |ahead| TimeDelta::days(ahead.look_ahead_days() as i64));
        let cdf = date.as_ref().map(|date| Cdf::of_forecast(date, made_at));
        Self {
            launch_id,
            made_at,
            date,
            ahead,
            due_at: made_at.checked_add_signed(look_ahead).unwrap_or(made_at),
            within: WITHIN_DAYS.map(|days| cdf.as_ref().map(|cdf| cdf.at(days))),
        }
    }
}

/// Forecasts that were looked at, as the columns of one update.
#[derive(Default)]
pub(super) struct Rows {
    launch_ids: Vec<Uuid>,
    made_at: Vec<DateTime<Utc>>,
    next_at: Vec<Option<DateTime<Utc>>>,
    horizons: Vec<Option<&'static str>>,
    look_aheads: Vec<Option<i16>>,
    within: [Vec<Option<f64>>; WITHIN_DAYS.len()],
    left_out: Vec<Option<&'static str>>,
    flown_at: Vec<Option<DateTime<Utc>>>,
    briers: [Vec<Option<f64>>; Forecaster::ALL.len()],
    p50: [Vec<Option<f64>>; Forecaster::ALL.len()],
    p80: [Vec<Option<f64>>; Forecaster::ALL.len()],
}

impl Rows {
    pub(super) fn push(&mut self, looked: &Looked, verdict: Verdict) {
        self.launch_ids.push(looked.launch_id);
        self.made_at.push(looked.made_at);
        self.next_at.push((verdict == Verdict::Waiting).then_some(looked.due_at));
        self.horizons.push(looked.ahead.map(Ahead::slug));
        self.look_aheads.push(looked.ahead.map(|ahead| ahead.look_ahead_days() as i16));
        for (column, chance) in self.within.iter_mut().zip(looked.within) {
            column.push(chance);
        }
        self.left_out.push(match verdict {
            Verdict::LeftOut(why) => Some(why.into()),
            Verdict::Waiting | Verdict::Scored(..) => None,
        });
        let (flown_at, losses) = match verdict {
            Verdict::Scored(flown_at, losses) => (flown_at, losses.map(Some)),
            Verdict::Waiting | Verdict::LeftOut(_) => (None, [None; Forecaster::ALL.len()]),
        };
        self.flown_at.push(flown_at);
        let columns = self.briers.iter_mut().zip(&mut self.p50).zip(&mut self.p80);
        for (((brier, p50), p80), loss) in columns.zip(losses) {
            let [at_half, at_four_fifths] = loss.map_or([None; 2], |loss| loss.pinball.map(Some));
            brier.push(loss.map(|loss| loss.brier));
            p50.push(at_half);
            p80.push(at_four_fifths);
        }
    }

    pub(super) async fn store(self, connection: &mut PgConnection, run_id: i64) -> Result<u64, Error> {
        let mut query = sqlx::query(include_str!("../../../sql/forecasting/score.sql"))
            .bind(run_id)
            .bind(self.launch_ids)
            .bind(self.made_at)
            .bind(self.next_at)
            .bind(self.horizons)
            .bind(self.look_aheads);
        for column in self.within {
            query = query.bind(column);
        }
        query = query.bind(self.left_out).bind(self.flown_at);
        for column in self.briers.into_iter().chain(self.p50).chain(self.p80) {
            query = query.bind(column);
        }
        let done = query.execute(connection).await.map_err(Error::database("store the scores"))?;
        Ok(done.rows_affected())
    }
}
