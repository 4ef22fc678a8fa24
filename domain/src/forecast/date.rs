use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};

use super::{Basis, Chance};
use crate::{Granularity, NetSpan};

/// The probabilities, in per mille, for which a [`DateForecast`] stores the time by which the launch has flown. The
/// first is the earliest possible time. The launches beyond the last never fly, or later than can be predicted.
pub const DATE_LEVELS: [u16; 21] =
    [0, 50, 100, 150, 200, 250, 300, 350, 400, 450, 500, 550, 600, 650, 700, 750, 800, 850, 900, 950, 990];

/// When a launch will really fly: for each of [`DATE_LEVELS`], the minutes from the announced NET to the time by which it
/// has flown with that probability. Equal minutes are a chance to fly at that very time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateForecast {
    announced: DateTime<Utc>,
    precision_id: Option<i32>,
    minutes: [i32; DATE_LEVELS.len()],
    n: u32,
    rests_on: Basis,
}

impl DateForecast {
    /// Returns None if the minutes decrease. `n` is the number of launches, not of observations, that it is based on.
    pub fn new(
        announced: DateTime<Utc>,
        precision_id: Option<i32>,
        minutes: [i32; DATE_LEVELS.len()],
        n: u32,
        rests_on: Basis,
    ) -> Option<Self> {
        minutes.is_sorted().then_some(Self { announced, precision_id, minutes, n, rests_on })
    }

    /// Returns the NET that was announced when the forecast was made.
    pub fn announced(&self) -> DateTime<Utc> {
        self.announced
    }

    /// Returns the precision that was announced with it.
    pub fn precision_id(&self) -> Option<i32> {
        self.precision_id
    }

    /// Returns the announced period.
    pub fn span(&self) -> NetSpan {
        NetSpan::new(self.announced, Granularity::of(self.precision_id))
    }

    /// Returns the minutes after the announced NET, one for each of [`DATE_LEVELS`].
    pub fn minutes(&self) -> &[i32; DATE_LEVELS.len()] {
        &self.minutes
    }

    /// Returns the number of launches that it is based on.
    pub fn n(&self) -> u32 {
        self.n
    }

    pub fn rests_on(&self) -> Basis {
        self.rests_on
    }

    /// Returns the time by which the launch has flown with probability `p`. None beyond the last of [`DATE_LEVELS`].
    pub fn quantile(&self, p: f64) -> Option<DateTime<Utc>> {
        let level = |at: usize| f64::from(DATE_LEVELS[at]) / 1000.0;
        if !(0.0..=level(DATE_LEVELS.len() - 1)).contains(&p) {
            return None;
        }
        let above = (1..DATE_LEVELS.len()).find(|at| p <= level(*at))?;
        let (low, high) = (f64::from(self.minutes[above - 1]), f64::from(self.minutes[above]));
        let share = (p - level(above - 1)) / (level(above) - level(above - 1));
        self.announced.checked_add_signed(TimeDelta::seconds(((low + (high - low) * share) * 60.0) as i64))
    }

    /// Returns the median: the launch is as likely to fly before it as after it.
    pub fn p50(&self) -> Option<DateTime<Utc>> {
        self.quantile(0.5)
    }

    /// Returns the time by which four of five such launches have flown.
    pub fn p80(&self) -> Option<DateTime<Utc>> {
        self.quantile(0.8)
    }

    /// Returns the probability that the launch has flown at that instant.
    pub fn chance_by(&self, instant: DateTime<Utc>) -> f64 {
        let minutes = (instant - self.announced).num_seconds() as f64 / 60.0;
        let reached = self.minutes.iter().take_while(|at| f64::from(**at) <= minutes).count();
        let level = |at: usize| f64::from(DATE_LEVELS[at]) / 1000.0;
        match reached {
            0 => 0.0,
            all if all == DATE_LEVELS.len() => level(all - 1),
            next => {
                let (low, high) = (f64::from(self.minutes[next - 1]), f64::from(self.minutes[next]));
                level(next - 1) + (level(next) - level(next - 1)) * (minutes - low) / (high - low)
            }
        }
    }

    /// Returns the probability that it flies in `[from, to)`. 0 if the window ends before it starts.
    pub fn chance_within(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Option<Chance> {
        // The last second before the window: a launch exactly at `from` is in it.
        let before = from.checked_sub_signed(TimeDelta::seconds(1)).unwrap_or(from);
        let end = to.checked_sub_signed(TimeDelta::seconds(1)).unwrap_or(to);
        Chance::of_share((self.chance_by(end) - self.chance_by(before)).clamp(0.0, 1.0), self.n)
    }

    /// Returns the probability that it flies when announced: on the UTC day of the NET if the precision is a day or
    /// finer, otherwise in the period.
    pub fn chance_as_announced(&self) -> Option<Chance> {
        let span = self.span();
        if !Granularity::of(self.precision_id).names_a_day() {
            return self.chance_within(span.start, span.end);
        }
        let day = self.announced.date_naive();
        let next = day.checked_add_days(Days::new(1))?;
        self.chance_within(day.and_time(NaiveTime::MIN).and_utc(), next.and_time(NaiveTime::MIN).and_utc())
    }
}
