use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

/// How far the score of a ride moves while an agent waits: its standard deviation after one day. It grows with the root
/// of the days, because new information is independent of the old.
///
/// Of a ride to the surface with the default query. That of another ride is proportional to the power of its nearness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Movement {
    /// Millionths of a score per root of a day: an integer, so that it is never NaN.
    per_root_day: u32,
    launch_count: u32,
}

/// One score.
const UNIT: f64 = 1_000_000.0;

impl Movement {
    /// What is assumed without measurements: 0.022 per root of a day, as measured over the recorded months of 2026
    /// (ADR 0051).
    pub const PRIOR: Self = Self { per_root_day: 22_000, launch_count: 0 };

    /// Returns None unless the movement is above 0 and at most 1. `launch_count` is the number of launches that it was
    /// measured on.
    pub fn new(per_root_day: f64, launch_count: u32) -> Option<Self> {
        let units = (per_root_day * UNIT).round();
        (1.0..=UNIT).contains(&units).then_some(Self { per_root_day: units as u32, launch_count })
    }

    /// Returns the standard deviation after one day, above 0 and at most 1.
    pub fn per_root_day(self) -> f64 {
        f64::from(self.per_root_day) / UNIT
    }

    /// Returns the standard deviation after `days`; 0 if they are not positive.
    pub fn over(self, days: f64) -> f64 {
        self.per_root_day() * days.max(0.0).sqrt()
    }

    /// Returns the number of launches that it was measured on. 0: it is the assumption alone.
    pub fn launch_count(self) -> u32 {
        self.launch_count
    }
}

#[derive(Deserialize)]
struct Read {
    per_root_day: u32,
    launch_count: u32,
}

impl<'de> Deserialize<'de> for Movement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Read { per_root_day, launch_count } = Read::deserialize(deserializer)?;
        let movement = Self::new(f64::from(per_root_day) / UNIT, launch_count);
        movement.ok_or_else(|| D::Error::custom("a movement is not above 0 and at most 1"))
    }
}
