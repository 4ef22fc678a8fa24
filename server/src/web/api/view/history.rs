use chrono::{DateTime, Utc};

use super::{
    launch::{NetPrecision, Status},
    view,
};

view! {
    /// The state of a launch over an interval in which no tracked field changed.
    Revision of domain::Revision {
        number: i32,
        valid_from: DateTime<Utc>,
        /// Null: it is still valid.
        valid_to: Option<DateTime<Utc>>,
        name: String,
        status: Status,
        net: DateTime<Utc>,
        net_precision: Option<NetPrecision>,
        window_start: Option<DateTime<Utc>>,
        window_end: Option<DateTime<Utc>>,
        provider: String,
        rocket: String,
        pad: String,
        location: String,
        mission: Option<String>,
        orbit: Option<String>,
        /// Chance of acceptable weather in per cent.
        probability: Option<i16>,
        is_upcoming: bool,
    }
}

view! {
    /// The kind of a change of the NET.
    NetChangeKind of domain::NetChangeKind [
        /// Later than the whole old period, by at least 15 minutes.
        Slip,
        /// Earlier than the whole old period, by at least 15 minutes.
        PullIn,
        /// The periods overlap, and the new one is shorter.
        Firmed,
        /// The periods overlap, and the new one is longer.
        Loosened,
        /// Neither later nor earlier can be said: a precision is not given or not known.
        Placeholder,
        /// Less than 15 minutes, another instant of the same period, or a change after lift-off.
        Trim,
        /// The time at which it flew, published at lift-off or with the outcome.
        Actual,
    ]
}

view! {
    /// Where the new period lies.
    NetDirection of domain::NetDirection [
        /// After the whole old period. If that had passed when the change was observed, only the rest of the new period counts.
        Later,
        /// Before the whole old period.
        Earlier,
        /// The periods overlap.
        None,
        /// A precision is not given or not known.
        Unknown,
    ]
}

view! {
    /// How the precision changed. No precision is coarser than any.
    PrecisionChange of domain::PrecisionChange [
        Finer,
        Coarser,
        Same,
    ]
}

view! {
    /// An observed change of the NET or of its precision.
    NetChange of domain::NetChange {
        observed_at: DateTime<Utc>,
        kind: NetChangeKind,
        direction: NetDirection,
        precision_change: PrecisionChange,
        /// The old period had passed when the change was observed.
        is_after_old_date: bool,
        /// Before the flight, and later than the whole announced period, by at least 15 minutes.
        is_slip: bool,
        /// A slip of a scrub: observed from 24 hours before the old date on, to a date at most 48 hours later.
        is_recycle: bool,
        net_before: DateTime<Utc>,
        net_precision_before: Option<NetPrecision>,
        net_after: DateTime<Utc>,
        net_precision_after: Option<NetPrecision>,
        /// How far the NET moved, in seconds, signed: between precise dates their difference, else how far the new period lies from the
        /// old one; 0 while they overlap.
        shift_seconds: i64,
        /// The least by which the flight moved, in seconds, signed: from the end of the old period to the start of the new one. Null if the
        /// direction is unknown.
        shift_min_seconds: Option<i64>,
        /// The most by which the flight moved: from the start of the old period to the end of the new one. Equal to the least between
        /// instants.
        shift_max_seconds: Option<i64>,
        /// Observed as it happened; otherwise it was read later, and may combine several changes.
        observed_live: bool,
    }
}
