use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::DateForecast;
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

use crate::{
    score::{self, Block, Gain},
    slip::{Announcement, Course, SlipModel, days_between, horizon::Horizons, moved_days, weibull::HybridWeibull},
};

/// The quantiles that are predicted and scored: the ends of the 80 % band (0.1 and 0.9), P50 and P80.
pub const LEVELS: [f64; 4] = [0.1, 0.5, 0.8, 0.9];

/// A forecast of a date and its outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct SlipRow {
    pub launch_id: Uuid,
    pub made_at: DateTime<Utc>,
    pub announced: Announcement,
    pub slips: u32,
    pub forecast: DateForecast,
    /// Our quantiles at 0.1, 0.5, 0.8 and 0.9.
    pub ours: [DateTime<Utc>; LEVELS.len()],
    /// The quantiles of the horizon baseline; the announced NET if that has no data.
    pub horizon: [DateTime<Utc>; LEVELS.len()],
    /// The quantiles of the published Weibull model, from the NET if it has a time of day, otherwise from the end of
    /// the announced period.
    pub weibull: [DateTime<Utc>; LEVELS.len()],
    /// The probability to fly when announced: on the day, or in the period.
    pub as_announced: f64,
    /// When it flew. None if it still waits.
    pub flown_at: Option<DateTime<Utc>>,
    /// The end of the data: all later times of a row are cut to this.
    pub known_until: DateTime<Utc>,
}

/// The source of a prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Forecaster {
    Mooncoon,
    /// The rule that the announced date is right.
    Announced,
    /// Quantiles of all launches announced as far ahead, as known at the time of the forecast.
    Horizon,
    /// The published hybrid Weibull model.
    Weibull,
}

impl Forecaster {
    pub const ALL: [Self; Self::VARIANTS.len()] = domain::variants(Self::VARIANTS);
    pub const BASELINES: [Self; 3] = [Self::Announced, Self::Horizon, Self::Weibull];

    /// Returns the identifier used in column names.
    pub fn slug(self) -> &'static str {
        self.into()
    }

    /// Returns a description for people.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Mooncoon => "mooncoon",
            Self::Announced => "the announced date is right",
            Self::Horizon => "quantiles by horizon",
            Self::Weibull => "published Weibull",
        }
    }
}

/// Indexes of P50 and P80 in [`LEVELS`]: the quantiles that are scored.
pub const SCORED: [usize; 2] = [1, 2];

impl SlipRow {
    /// Returns the time that a forecaster predicts for one of [`LEVELS`].
    pub fn at(&self, who: Forecaster, level: usize) -> DateTime<Utc> {
        match who {
            Forecaster::Mooncoon => self.ours[level],
            Forecaster::Announced => self.announced.net,
            Forecaster::Horizon => self.horizon[level],
            Forecaster::Weibull => self.weibull[level],
        }
    }

    /// Returns the days from the forecast to the announced NET.
    pub fn days_ahead(&self) -> f64 {
        days_between(self.made_at, self.announced.net)
    }

    /// Returns the pinball losses of a forecaster's P50 and P80, in days beyond the announced period.
    pub fn losses(&self, who: Forecaster) -> [f64; SCORED.len()] {
        SCORED.map(|level| self.pinball(LEVELS[level], self.at(who, level)))
    }

    fn capped(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        at.min(self.known_until)
    }

    /// Returns the outcome as far as it is known: the flight, or the end of the data if it still waits.
    fn came(&self) -> DateTime<Utc> {
        self.capped(self.flown_at.unwrap_or(self.known_until))
    }

    /// Returns the days beyond the announced period; 0 within it.
    pub fn moved(&self, at: DateTime<Utc>) -> f64 {
        moved_days(&self.announced.span(), self.announced.precision_id, self.capped(at))
    }

    /// Returns the pinball loss of a predicted time, in days of movement beyond the announced period.
    fn pinball(&self, level: f64, predicted: DateTime<Utc>) -> f64 {
        score::pinball(level, self.moved(predicted), self.moved(self.came()))
    }

    /// Returns the same in plain days between the instants.
    fn pinball_of_dates(&self, level: f64, predicted: DateTime<Utc>) -> f64 {
        let days = |at: DateTime<Utc>| days_between(self.announced.net, self.capped(at));
        score::pinball(level, days(predicted), days(self.came()))
    }
}

/// Predicts every waiting launch, on each day of `[from, to)` at the same time of day, from what was known then.
pub fn slips(courses: &[Course], from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<SlipRow> {
    let known_until = courses.iter().map(|course| course.last_seen_at).max().unwrap_or(to);
    let mut rows = Vec::new();
    let mut made_at = from;
    while made_at < to && made_at <= known_until {
        let model = SlipModel::fit(courses, made_at);
        let horizons = Horizons::fit(courses, made_at);
        for course in courses {
            let Some(announced) = course.announced(made_at) else { continue };
            // A launch that LL2 no longer mentions is not on the board.
            if course.last_seen_at < made_at {
                continue;
            }
            let slips = course.slips(made_at);
            let Some(forecast) = model.predict(announced, slips, made_at) else { continue };
            let net = announced.net;
            let horizon = LEVELS.map(|level| {
                let days = horizons.quantile(net, made_at, level).unwrap_or(0.0);
                (net + TimeDelta::seconds((days * 86_400.0) as i64)).max(made_at)
            });
            let flown_at = course.flown_at();
            let promised =
                if domain::Granularity::of(announced.precision_id).ticks() { net } else { announced.span().end };
            let model_of_delays = HybridWeibull::published(days_between(made_at, promised));
            let weibull = LEVELS.map(|level| {
                let days = model_of_delays.quantile(level);
                (promised + TimeDelta::seconds((days * 86_400.0) as i64)).max(made_at)
            });
            rows.push(SlipRow {
                launch_id: course.launch_id,
                made_at,
                announced: *announced,
                slips,
                ours: LEVELS.map(|level| forecast.quantile(level).unwrap_or(net)),
                horizon,
                weibull,
                as_announced: forecast.chance_as_announced().map_or(0.0, domain::Chance::mean),
                forecast,
                flown_at,
                // A launch that LL2 no longer mentions is known only until it was last seen.
                known_until: flown_at.map_or(course.last_seen_at, |_| known_until),
            });
        }
        made_at += TimeDelta::days(1);
    }
    rows
}

/// The scores of date forecasts, with those of the baselines.
#[derive(Clone, Debug, PartialEq)]
pub struct SlipSummary {
    pub count: usize,
    pub launches: usize,
    /// Rows of launches that had not flown by the end of the data.
    pub waiting: usize,
    /// For each of [`Forecaster::ALL`]: pinball loss at P50 and P80 in days of movement beyond the announced period.
    pub moves: [[f64; 2]; Forecaster::ALL.len()],
    /// The same in plain days between instants.
    pub dates: [[f64; 2]; Forecaster::ALL.len()],
    /// Share of launches that flew within our 80 % band, among those that are known to have flown inside or outside it.
    pub coverage: f64,
    pub coverage_count: usize,
    /// Brier score of flying as announced: for our forecast, and for the announcement taken as certain.
    pub brier: [f64; 2],
    /// Gain in pinball loss of moves (P50 and P80 together) over each of [`Forecaster::BASELINES`]. The bootstrap draws
    /// whole launches.
    pub gains: [Option<Gain>; Forecaster::BASELINES.len()],
}

/// Summarizes the rows. None if there are no rows.
pub fn summarize_slips<'r>(rows: impl IntoIterator<Item = &'r SlipRow>) -> Option<SlipSummary> {
    let rows: Vec<&SlipRow> = rows.into_iter().collect();
    let mean_of = |loss: &dyn Fn(&SlipRow) -> f64| score::mean(rows.iter().map(|row| loss(row))).unwrap_or_default();
    let moves = Forecaster::ALL.map(|who| [0, 1].map(|at| mean_of(&|row| row.losses(who)[at])));
    let dates = Forecaster::ALL
        .map(|who| SCORED.map(|level| mean_of(&|row| row.pinball_of_dates(LEVELS[level], row.at(who, level)))));
    // A launch that still waits only counts as outside the band after the band has passed.
    let within: Vec<bool> = rows
        .iter()
        .filter_map(|row| match row.flown_at {
            Some(flown_at) => Some((row.ours[0]..=row.ours[3]).contains(&flown_at)),
            None => (row.known_until > row.ours[3]).then_some(false),
        })
        .collect();
    let kept = |row: &SlipRow| {
        let end = row.announced.span().end.max(row.announced.net + TimeDelta::days(1));
        match row.flown_at {
            Some(flown_at) => Some(row.moved(flown_at) == 0.0 || same_day(row, flown_at)),
            None => (row.known_until > end).then_some(false),
        }
    };
    let brier = |chance: &dyn Fn(&SlipRow) -> f64| {
        score::mean(rows.iter().filter_map(|row| kept(row).map(|kept| score::brier(chance(row), kept))))
            .unwrap_or_default()
    };
    let mut blocks: BTreeMap<Uuid, [Block; Forecaster::BASELINES.len()]> = BTreeMap::new();
    for row in &rows {
        let both = |who| row.losses(who).iter().sum::<f64>();
        let entry = blocks.entry(row.launch_id).or_default();
        for (block, who) in entry.iter_mut().zip(Forecaster::BASELINES) {
            block.ours += both(Forecaster::Mooncoon);
            block.theirs += both(who);
        }
    }
    let gains = std::array::from_fn(|who| {
        score::gain(&blocks.values().map(|blocks| blocks[who]).collect::<Vec<_>>(), super::DRAWS)
    });
    (!rows.is_empty()).then(|| SlipSummary {
        count: rows.len(),
        launches: blocks.len(),
        waiting: rows.iter().filter(|row| row.flown_at.is_none()).count(),
        moves,
        dates,
        coverage: within.iter().filter(|within| **within).count() as f64 / within.len().max(1) as f64,
        coverage_count: within.len(),
        brier: [brier(&|row| row.as_announced), brier(&|_| 1.0)],
        gains,
    })
}

/// Returns whether it flew on the UTC day of a NET that names one.
fn same_day(row: &SlipRow, flown_at: DateTime<Utc>) -> bool {
    domain::Granularity::of(row.announced.precision_id).names_a_day()
        && row.announced.net.date_naive() == flown_at.date_naive()
}
