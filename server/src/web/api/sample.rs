//! A launch for tests of exported files.

use chrono::DateTime;
use domain::{Launch, Location, NetPrecision, Pad, Provider, Rocket, Status};
use uuid::Uuid;

/// Returns a launch with LL2's ids of its precision and of its status.
pub(super) fn launch(precision: i32, net: &str, status: i32) -> Launch {
    let net = DateTime::parse_from_rfc3339(net).expect("a time").to_utc();
    Launch {
        id: Uuid::from_u128(7),
        name: "Falcon 9 | A, B; C".to_owned(),
        net,
        net_precision: Some(NetPrecision { id: precision, abbrev: String::new(), name: String::new() }),
        window_start: Some(net),
        window_end: Some(net + chrono::TimeDelta::hours(2)),
        status: Status { id: status, abbrev: String::new(), name: "S".to_owned() },
        provider: Provider { id: 1, name: "P".to_owned(), abbrev: None },
        rocket: Rocket { id: 1, name: "Falcon 9".to_owned(), ..Rocket::default() },
        pad: Pad { id: 1, name: "Pad".to_owned(), ..Pad::default() },
        location: Location { id: 1, name: "Place".to_owned(), ..Location::default() },
        ..Launch::default()
    }
}
