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
        /// The new period lies after the old one.
        Slip,
        /// The new period lies before the old one.
        PullIn,
        /// The periods overlap, and the new one is shorter.
        Firmed,
        /// The periods overlap, and the new one is longer.
        Loosened,
        /// From one date that is coarser than a month to another.
        Placeholder,
        /// Less than two minutes between precise dates, another instant of the same period, or a change after lift-off.
        Trim,
        /// The time at which it flew, published at lift-off or with the outcome.
        Actual,
    ]
}

view! {
    /// An observed change of the NET or of its precision.
    NetChange of domain::NetChange {
        observed_at: DateTime<Utc>,
        kind: NetChangeKind,
        net_before: DateTime<Utc>,
        net_precision_before: Option<NetPrecision>,
        net_after: DateTime<Utc>,
        net_precision_after: Option<NetPrecision>,
        /// How far the NET moved, in seconds, signed: between precise dates their difference, else how far the new period lies from the
        /// old one; 0 while they overlap.
        shift_seconds: i64,
        /// Observed as it happened; otherwise it was read later, and may combine several changes.
        observed_live: bool,
    }
}
