//! The structs that are sent: how each of their fields is written, and whether it is a text that pages show. A new field
//! needs a new line here, and nowhere else.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    codec::{Boxed, Codec, columns},
    form::{Cell, Damaged},
    reader::{Reader, Row},
    scalar::{After, AfterLast, FullName, Key},
    table::{ManyShared, Named, Shared, Table, named},
    writer::Writer,
};
use crate::{
    DateForecast, DeltaV, Isolate, Launch, LaunchForecast, Location, Mission, MoonReach, MoonTier, NetPrecision, Orbit,
    Pad, Program, Provider, Rocket, Status, SuccessForecast,
};

columns! {
    Launch {
        id: Uuid,
        net: AfterLast,
        net_precision: Option<Shared<NetPrecision>>,
        window_start: Option<After> = net.to_utc(),
        window_end: Option<After> = net.to_utc(),
        status: Shared<Status>,
        provider: Shared<Provider>,
        rocket: Shared<Rocket>,
        mission: Option<Mission>,
        name: FullName = rocket.usual_name(mission.as_ref()),
        orbit: Option<Shared<Orbit>>,
        pad: Shared<Pad>,
        location: Shared<Location>,
        programs: ManyShared<Program>,
        probability: Option<i16>,
        weather_concerns: Option<String>,
        fail_reason: Option<String>,
        webcast_live: bool,
        crewed: Option<bool>,
        image: Option<Key>,
        image_credit: Option<String>,
        last_updated: DateTime<Utc>,
        slip_count: i32,
        moon: Shared<MoonReach>,
        forecast: Option<Boxed<LaunchForecast>> = net.to_utc(),
    }
}

columns! {
    Mission {
        id: i32,
        name: String,
        kind: Option<Key>,
        description: Option<String>,
    }
}

columns! {
    LaunchForecast(net: DateTime<Utc>) {
        made_at: DateTime<Utc>,
        success: Option<SuccessForecast>,
        date: Option<DateForecast> = net,
    }
}

columns! { DeltaV { low: f64, high: f64 } }

macro_rules! tables {
    ($($name:ident: $table:ident { $($columns:tt)+ })+) => {
        #[expect(non_camel_case_types, reason = "the names in the packed format")]
        enum Place {
            $($name,)+
        }

        $(
            columns! { $table { $($columns)+ } }

            impl Table for $table {
                const PLACE: usize = Place::$name as usize;
            }
        )+

        /// Indexed by [`Table::PLACE`].
        pub(super) const TABLES: &[Named] =
            &[$(named::<$table>(stringify!($name))),+];
    };
}

tables! {
    precision: NetPrecision { id: i32, abbrev: String, name: String }
    status: Status { id: i32, abbrev: String, name: String }
    provider: Provider { id: i32, name: String, abbrev: Option<String> }
    rocket: Rocket {
        id: i32,
        name: String,
        family: Option<Key>,
        length_m: Option<f64>,
        leo_capacity_kg: Option<f64>,
    }
    orbit: Orbit { id: i32, name: String, abbrev: String, celestial_body: Option<String> }
    pad: Pad { id: i32, name: String, latitude: Option<f64>, longitude: Option<f64> }
    location: Location { id: i32, name: String, country_code: Option<Key>, timezone: Option<Key> }
    program: Program { id: i32, name: String }
    moon: MoonReach { tier: MoonTier, delta_v_left_km_s: Option<DeltaV>, reason: String }
}

impl Rocket {
    /// Returns the name that LL2 gives to nearly all launches: "Falcon 9 Block 5 | Starlink Group 17-17".
    fn usual_name(&self, mission: Option<&Mission>) -> Option<String> {
        mission.map(|mission| format!("{} | {}", self.name, mission.name))
    }
}
