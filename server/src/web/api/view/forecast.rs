use chrono::{DateTime, Days, Utc};
use domain::{Chance, DateForecast, SuccessForecast};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{FromDomain as _, Source};

/// The date by which a launch has flown; null if nothing is predicted, or if the date is beyond the forecast's range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(in crate::web::api) struct PredictedDates {
    /// The median: the launch flies before or after it with equal probability.
    #[schema(required = true)]
    pub(in crate::web::api) date_p50: Option<DateTime<Utc>>,
    /// Four of five such launches have flown by then.
    #[schema(required = true)]
    pub(in crate::web::api) date_p80: Option<DateTime<Utc>>,
}

impl PredictedDates {
    pub(in crate::web::api) fn of(launch: &domain::Launch) -> Self {
        let Some(date) = launch.forecast.as_deref().and_then(|forecast| forecast.date) else { return Self::default() };
        Self { date_p50: date.p50(), date_p80: date.p80() }
    }

    /// Returns a sentence for a calendar or a feed; with days only, because the forecast is not more exact.
    pub(in crate::web::api) fn describe(self) -> Option<String> {
        let day = |at: DateTime<Utc>| at.format("%-d %b %Y").to_string();
        let p50 = self.date_p50?;
        let by = self.date_p80.map(|p80| format!("; 80 % chance to have flown by {}", day(p80)));
        Some(format!("Median date: {}{}.", day(p50), by.unwrap_or_default()))
    }
}

/// The forecast for one launch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct Forecast {
    launch_id: Uuid,
    source: Source,
    /// Null, like the rest, if there is no forecast: the launch has flown, or was first read just now.
    #[schema(required = true)]
    made_at: Option<DateTime<Utc>>,
    #[schema(required = true)]
    success: Option<PredictedSuccess>,
    #[schema(required = true)]
    date: Option<PredictedDate>,
}

/// The chance of success with its 80 % interval and the record that it is based on.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct PredictedSuccess {
    chance: f64,
    low: f64,
    high: f64,
    /// `configuration`, `family`, `provider` or `world`: the most specific record that it is based on.
    rests_on: &'static str,
    flights: u32,
    succeeded: u32,
    partial: u32,
    failed: u32,
}

/// The date of the launch.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct PredictedDate {
    announced_net: DateTime<Utc>,
    /// LL2's id of the precision.
    #[schema(required = true)]
    announced_precision_id: Option<i32>,
    /// One of ten such launches has flown by then, and so on; null: beyond the forecast's range.
    #[schema(required = true)]
    p10: Option<DateTime<Utc>>,
    #[schema(required = true)]
    p50: Option<DateTime<Utc>>,
    #[schema(required = true)]
    p80: Option<DateTime<Utc>>,
    #[schema(required = true)]
    p90: Option<DateTime<Utc>>,
    #[schema(required = true)]
    chance_as_announced: Option<f64>,
    /// Counted from `made_at`.
    #[schema(required = true)]
    chance_within_7_days: Option<f64>,
    #[schema(required = true)]
    chance_within_30_days: Option<f64>,
    /// `configuration`, `family`, `provider` or `world`: the most specific record that it is based on.
    rests_on: &'static str,
    launches: u32,
}

impl Forecast {
    pub(in crate::web::api) fn new(
        launch_id: Uuid,
        source: domain::Source,
        forecast: Option<&domain::LaunchForecast>,
    ) -> Self {
        let date = forecast.and_then(|forecast| Some(PredictedDate::new(forecast.made_at, forecast.date?)));
        Self {
            launch_id,
            source: Source::from_domain(source),
            made_at: forecast.map(|forecast| forecast.made_at),
            success: forecast.and_then(|forecast| forecast.success).map(PredictedSuccess::new),
            date,
        }
    }
}

impl PredictedSuccess {
    fn new(success: SuccessForecast) -> Self {
        Self {
            chance: success.chance.mean(),
            low: success.chance.low(),
            high: success.chance.high(),
            rests_on: success.rests_on.slug(),
            flights: success.chance.n(),
            succeeded: success.succeeded,
            partial: success.partial,
            failed: success.failed(),
        }
    }
}

impl PredictedDate {
    fn new(made_at: DateTime<Utc>, date: DateForecast) -> Self {
        let within = |days: u64| {
            let end = made_at.checked_add_days(Days::new(days))?;
            date.chance_within(made_at, end).map(Chance::mean)
        };
        Self {
            announced_net: date.announced(),
            announced_precision_id: date.precision_id(),
            p10: date.quantile(0.1),
            p50: date.p50(),
            p80: date.p80(),
            p90: date.quantile(0.9),
            chance_as_announced: date.chance_as_announced().map(Chance::mean),
            chance_within_7_days: within(7),
            chance_within_30_days: within(30),
            rests_on: date.rests_on().slug(),
            launches: date.n(),
        }
    }
}
