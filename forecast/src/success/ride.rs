use chrono::{DateTime, Utc};

/// The input of a forecast of success. It does not contain LL2's own count of flights, because that is the current one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ride<'r> {
    pub at: DateTime<Utc>,
    /// Full name of the configuration.
    pub rocket: &'r str,
    /// LL2's family; blank counts as none.
    pub family: Option<&'r str>,
    /// The launch service provider: it is responsible for the flight, even if it did not build the rocket.
    pub maker: &'r str,
}
