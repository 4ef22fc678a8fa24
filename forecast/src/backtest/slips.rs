use chrono::{DateTime, TimeDelta, Utc};
use domain::DateForecast;
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

use crate::{
    cdf::Cdf,
    slip::{
        Announcement, Constants, Course, Multipliers, SlipModel, days_between, horizon::Horizons, promised_at,
        weibull::HybridWeibull,
    },
};

/// How far ahead of its forecast a launch was announced. Forecasts are scored in these groups, each over a fixed time
/// after the forecast, so that what is scored does not depend on the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Ahead {
    /// The announced T-0, or the end of the announced period, has passed.
    Overdue,
    UnderADay,
    ToAWeek,
    ToAMonth,
    ToNinetyDays,
    Beyond,
}

impl Ahead {
    pub const ALL: [Self; Self::VARIANTS.len()] = domain::variants(Self::VARIANTS);

    /// Returns the group of a launch that is announced for so many days ahead.
    pub fn of(days: f64) -> Self {
        match days {
            ..0.0 => Self::Overdue,
            0.0..1.0 => Self::UnderADay,
            1.0..7.0 => Self::ToAWeek,
            7.0..30.0 => Self::ToAMonth,
            30.0..90.0 => Self::ToNinetyDays,
            _ => Self::Beyond,
        }
    }

    /// Returns the group of a forecast.
    pub fn of_forecast(forecast: &DateForecast, made_at: DateTime<Utc>) -> Self {
        Self::of(days_between(made_at, promised_at(forecast.announced(), forecast.precision_id())))
    }

    /// Returns the look-ahead: the days after the forecast over which it is scored.
    pub fn look_ahead_days(self) -> f64 {
        match self {
            Self::UnderADay => 7.0,
            Self::ToAWeek => 14.0,
            Self::Overdue | Self::ToAMonth => 30.0,
            Self::ToNinetyDays | Self::Beyond => 90.0,
        }
    }

    /// Returns whether enough launches fly within the look-ahead for a verdict. Beyond 90 days nearly none does: a rule
    /// that predicts nothing for 90 days has the best score there, and calibration is not known.
    pub fn is_judged(self) -> bool {
        self != Self::Beyond
    }

    /// Returns the identifier used in tables.
    pub fn slug(self) -> &'static str {
        self.into()
    }

    /// Returns a description for people.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::UnderADay => "under a day",
            Self::ToAWeek => "1 to 7 days",
            Self::ToAMonth => "7 to 30 days",
            Self::ToNinetyDays => "30 to 90 days",
            Self::Beyond => "90 days and more",
        }
    }
}

/// The source of a prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Forecaster {
    Mooncoon,
    /// The rule that the announced date is right; a launch whose date has passed flies at once.
    Announced,
    /// Quantiles of all launches announced as far ahead and as exactly, as known at the time of the forecast.
    Horizon,
    /// The published hybrid Weibull model.
    Weibull,
}

impl Forecaster {
    pub const ALL: [Self; Self::VARIANTS.len()] = domain::variants(Self::VARIANTS);
    /// The rules that ours is compared with; the second is the strongest.
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
            Self::Horizon => "quantiles by horizon and exactness",
            Self::Weibull => "published Weibull",
        }
    }
}

/// A forecast of a date and its outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct SlipRow {
    pub launch_id: Uuid,
    pub made_at: DateTime<Utc>,
    pub announced: Announcement,
    pub slips: u32,
    pub forecast: DateForecast,
    pub ahead: Ahead,
    /// The predicted distributions, in days after `made_at`, by [`Forecaster::ALL`].
    pub predicted: [Cdf; Forecaster::ALL.len()],
    /// When it flew. None if it was not seen to fly.
    pub flown_at: Option<DateTime<Utc>>,
    /// The end of the record, the same for all launches: what happened later is not known.
    pub known_until: DateTime<Utc>,
    /// LL2 no longer lists the launch: what was announced may be out of date.
    pub is_stale: bool,
    /// It was last seen, waiting, after its announced T-0, and is no longer listed: it may have flown unseen.
    pub is_outcome_unknown: bool,
}

impl SlipRow {
    /// Puts a forecast of an announcement next to the rules' forecasts and to what became of the launch.
    pub fn new(
        course: &Course,
        announced: Announcement,
        forecast: DateForecast,
        horizons: &Horizons,
        made_at: DateTime<Utc>,
        known_until: DateTime<Utc>,
    ) -> Self {
        let ahead = days_between(made_at, announced.promised_at());
        let delays = HybridWeibull::published(ahead);
        Self {
            launch_id: course.launch_id,
            made_at,
            announced,
            slips: course.slips(made_at),
            ahead: Ahead::of(ahead),
            predicted: [
                Cdf::of_forecast(&forecast, made_at),
                Cdf::certain(days_between(made_at, announced.net).max(0.0)),
                horizons.predict(&announced, made_at),
                Cdf::from_quantiles(|level| Some(ahead + delays.quantile(level))),
            ],
            forecast,
            flown_at: course.flown_at(),
            known_until,
            is_stale: !course.is_listed(made_at),
            is_outcome_unknown: course.may_have_flown_unseen(known_until),
        }
    }

    /// Returns the days from the forecast to the flight. None if it has not flown within the record.
    pub fn flown_days(&self) -> Option<f64> {
        self.flown_at.map(|flown_at| days_between(self.made_at, flown_at))
    }

    /// Returns the prediction of one forecaster.
    pub fn predicted(&self, who: Forecaster) -> &Cdf {
        let place = Forecaster::ALL.iter().position(|one| *one == who).unwrap_or_default();
        &self.predicted[place]
    }

    /// Returns the days from the forecast to the end of the record.
    pub fn known_days(&self) -> f64 {
        days_between(self.made_at, self.known_until)
    }

    /// Returns whether the row counts in the scores: the record covers its look-ahead, the announcement was current,
    /// and the outcome is known.
    pub fn is_scored(&self) -> bool {
        self.is_settled(self.ahead.look_ahead_days())
    }

    /// Returns whether it is known what became of the launch in so many days, whatever that was.
    pub fn is_settled(&self, days: f64) -> bool {
        !self.is_stale && !self.is_outcome_unknown && days <= self.known_days()
    }
}

/// Predicts every waiting launch, on each day of `[from, to)` at the same time of day, from what was known then.
pub fn slips(courses: &[Course], constants: Constants, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<SlipRow> {
    let known_until = courses.iter().map(|course| course.last_seen_at).max().unwrap_or(to);
    let mut rows = Vec::new();
    let mut weekly: Option<(DateTime<Utc>, Multipliers)> = None;
    let mut made_at = from;
    while made_at < to && made_at <= known_until {
        let week = Multipliers::week(made_at);
        let multipliers = match weekly.take() {
            Some((of, multipliers)) if of == week => multipliers,
            _ => Multipliers::fit(courses, week, &constants),
        };
        let model = SlipModel::with_multipliers(courses, made_at, multipliers.clone(), constants);
        weekly = Some((week, multipliers));
        let horizons = Horizons::fit(courses, made_at);
        rows.extend(courses.iter().filter_map(|course| row(course, &model, &horizons, made_at, known_until)));
        made_at += TimeDelta::days(1);
    }
    rows
}

fn row(
    course: &Course,
    model: &SlipModel,
    horizons: &Horizons,
    made_at: DateTime<Utc>,
    known_until: DateTime<Utc>,
) -> Option<SlipRow> {
    let announced = course.announced(made_at)?;
    let slips = course.slips(made_at);
    let forecast = model.predict(announced, slips, made_at)?;
    Some(SlipRow::new(course, *announced, forecast, horizons, made_at, known_until))
}
