//! The vehicles of a launch that come back, or may: stages of the rocket and spacecraft, with their landings.

use serde::Deserialize;

use super::{
    agency::Mention,
    crew::CrewMember,
    lenient::{Day, Description, Flag, Integer, Link, List, Named, Number, Object, OrName, Text, Time, given},
    part::{Image, OnlyId, degrees},
    version::Version,
};
use crate::record::{self, Absent};

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct LauncherStage<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(rename = "type", default)]
    kind: Named<'a>,
    #[serde(default)]
    reused: Flag,
    #[serde(default)]
    launcher_flight_number: Integer,
    #[serde(default)]
    launcher: Object<'a, Launcher<'a>>,
    #[serde(default)]
    landing: Object<'a, Landing<'a>>,
    #[serde(default)]
    previous_flight_date: Time,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Launcher<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    serial_number: Text<'a>,
    #[serde(default)]
    is_placeholder: Flag,
    #[serde(default, deserialize_with = "given")]
    status: Option<Named<'a>>,
    #[serde(default, deserialize_with = "given")]
    details: Option<Description<'a>>,
    #[serde(default, deserialize_with = "given")]
    flight_proven: Option<Flag>,
    #[serde(default, deserialize_with = "given")]
    flights: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    attempted_landings: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    successful_landings: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    first_launch_date: Option<Time>,
    #[serde(default, deserialize_with = "given")]
    last_launch_date: Option<Time>,
    #[serde(default, deserialize_with = "given")]
    image_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    image: Option<Image<'a>>,
}

impl LauncherStage<'_> {
    /// `position`: in the list, from 1. A stage without an id is known by it, as a negative number: LL2's ids are
    /// positive.
    pub(super) fn record<V: Version>(&self, position: i64) -> record::Booster<'_> {
        let launcher = self.launcher.get();
        let serial_number = launcher.and_then(|launcher| launcher.serial_number.as_deref());
        record::Booster {
            stage_id: self.id.0.filter(|id| *id >= 0).unwrap_or(-position),
            launcher: launcher.and_then(Launcher::record::<V>),
            stage_type: self.kind.as_deref(),
            serial_number,
            is_placeholder: launcher.is_none_or(Launcher::is_placeholder),
            is_reused: self.reused.0,
            flight_number: self.launcher_flight_number.small(),
            previous_flight_at: self.previous_flight_date.0,
            landing: self.landing.get().map(Landing::record).unwrap_or_default(),
        }
    }
}

impl Launcher<'_> {
    /// Only 2.3.0 has the flag; the shared dummies of 2.2.0 are named "Unknown F9" and similar (rule 21).
    fn is_placeholder(&self) -> bool {
        let serial_number = self.serial_number.as_deref();
        self.is_placeholder.0.unwrap_or_else(|| serial_number.is_none_or(|serial| serial.starts_with("Unknown")))
    }

    fn record<V: Version>(&self) -> Option<record::Launcher<'_>> {
        let mut absent = Absent::default();
        Some(record::Launcher {
            id: self.id.member()?,
            serial_number: self.serial_number.as_deref(),
            is_placeholder: self.is_placeholder(),
            status: absent.note("status", &self.status).and_then(Named::as_deref),
            description: absent.note("description", &self.details).and_then(Text::as_deref),
            is_flight_proven: absent.note("is_flight_proven", &self.flight_proven).and_then(|flag| flag.0),
            flight_count: absent.note("flight_count", &self.flights).and_then(|count| count.small()),
            attempted_landing_count: absent
                .note("attempted_landing_count", &self.attempted_landings)
                .and_then(|count| count.small()),
            successful_landing_count: absent
                .note("successful_landing_count", &self.successful_landings)
                .and_then(|count| count.small()),
            first_launch_at: absent.note("first_launch_at", &self.first_launch_date).and_then(|time| time.0),
            last_launch_at: absent.note("last_launch_at", &self.last_launch_date).and_then(|time| time.0),
            image_url: V::image(&mut absent, "image_url", &self.image_url, &self.image),
            absent,
        })
    }
}

/// A landing; the place is in `location` in 2.2.0, in `landing_location` in 2.3.0.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Landing<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    attempt: Flag,
    #[serde(default)]
    success: Flag,
    #[serde(rename = "type", default)]
    kind: Named<'a>,
    #[serde(default)]
    landing_location: OrName<'a, LandingLocation<'a>>,
    #[serde(default)]
    location: OrName<'a, LandingLocation<'a>>,
    #[serde(default)]
    downrange_distance: Number,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct LandingLocation<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default)]
    abbrev: Text<'a>,
    #[serde(default, deserialize_with = "given")]
    description: Option<Description<'a>>,
    #[serde(default, deserialize_with = "given")]
    location: Option<Object<'a, OnlyId>>,
    #[serde(default, deserialize_with = "given")]
    latitude: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    longitude: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    active: Option<Flag>,
    #[serde(default, deserialize_with = "given")]
    attempted_landings: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    successful_landings: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    failed_landings: Option<Integer>,
}

impl Landing<'_> {
    fn record(&self) -> record::Landing<'_> {
        let name = |place: &'_ OrName<'_, LandingLocation<'_>>| place.name_or(|place| place.name.as_deref()).is_some();
        let place = if name(&self.landing_location) { &self.landing_location } else { &self.location };
        record::Landing {
            id: self.id.0,
            is_attempted: self.attempt.0,
            is_successful: self.success.0,
            kind: self.kind.as_deref(),
            location_name: place.name_or(|place| place.name.as_deref()),
            location: place.get().and_then(LandingLocation::record),
            downrange_km: self.downrange_distance.0.filter(|distance| *distance >= 0.0),
        }
    }
}

impl LandingLocation<'_> {
    fn record(&self) -> Option<record::LandingLocation<'_>> {
        let mut absent = Absent::default();
        Some(record::LandingLocation {
            id: self.id.member()?,
            name: self.name.as_deref(),
            abbrev: self.abbrev.as_deref(),
            description: absent.note("description", &self.description).and_then(Text::as_deref),
            location_id: absent
                .note("location_id", &self.location)
                .and_then(Object::get)
                .and_then(|location| location.id.member()),
            latitude: absent.note("latitude", &self.latitude).and_then(|latitude| degrees(latitude, 90.0)),
            longitude: absent.note("longitude", &self.longitude).and_then(|longitude| degrees(longitude, 180.0)),
            is_active: absent.note("is_active", &self.active).and_then(|flag| flag.0),
            attempted_landing_count: absent
                .note("attempted_landing_count", &self.attempted_landings)
                .and_then(|count| count.small()),
            successful_landing_count: absent
                .note("successful_landing_count", &self.successful_landings)
                .and_then(|count| count.small()),
            failed_landing_count: absent
                .note("failed_landing_count", &self.failed_landings)
                .and_then(|count| count.small()),
            absent,
        })
    }
}

/// A spacecraft on the launch, with its crew.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct SpacecraftStage<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    destination: Text<'a>,
    #[serde(default)]
    mission_end: Time,
    #[serde(default)]
    spacecraft: Object<'a, Spacecraft<'a>>,
    #[serde(default)]
    landing: Object<'a, Landing<'a>>,
    #[serde(default)]
    launch_crew: List<CrewMember<'a>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Spacecraft<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default)]
    serial_number: Text<'a>,
    #[serde(default, deserialize_with = "given")]
    is_placeholder: Option<Flag>,
    #[serde(default, deserialize_with = "given")]
    status: Option<Named<'a>>,
    #[serde(default, deserialize_with = "given")]
    description: Option<Description<'a>>,
    #[serde(default, deserialize_with = "given")]
    in_space: Option<Flag>,
    #[serde(default, deserialize_with = "given")]
    flights_count: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    mission_ends_count: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    image_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    image: Option<Image<'a>>,
    #[serde(default)]
    spacecraft_config: Object<'a, SpacecraftConfig<'a>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct SpacecraftConfig<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(rename = "type", default, deserialize_with = "given")]
    kind: Option<Named<'a>>,
    #[serde(default, deserialize_with = "given")]
    agency: Option<Mention<'a>>,
    #[serde(default, deserialize_with = "given")]
    human_rated: Option<Flag>,
    #[serde(default, deserialize_with = "given")]
    crew_capacity: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    payload_capacity: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    maiden_flight: Option<Day>,
}

impl SpacecraftStage<'_> {
    pub(super) fn crew<V: Version>(&self) -> impl Iterator<Item = record::CrewMember<'_>> {
        self.launch_crew.0.iter().filter_map(CrewMember::record::<V>)
    }

    /// Returns none without an id: two flights could not be distinguished.
    pub(super) fn flight<V: Version>(&self) -> Option<record::SpacecraftFlight<'_>> {
        Some(record::SpacecraftFlight {
            id: self.id.0?,
            spacecraft: self.spacecraft.get().and_then(Spacecraft::record::<V>),
            destination: self.destination.as_deref(),
            mission_end_at: self.mission_end.0,
            landing: self.landing.get().map(Landing::record).unwrap_or_default(),
        })
    }
}

impl Spacecraft<'_> {
    fn record<V: Version>(&self) -> Option<record::Spacecraft<'_>> {
        let mut absent = Absent::default();
        let spacecraft = record::Spacecraft {
            id: self.id.member()?,
            name: self.name.as_deref().or(self.serial_number.as_deref()),
            serial_number: self.serial_number.as_deref(),
            is_placeholder: absent.note("is_placeholder", &self.is_placeholder).and_then(|flag| flag.0),
            status: absent.note("status", &self.status).and_then(Named::as_deref),
            description: absent.note("description", &self.description).and_then(Text::as_deref),
            is_in_space: absent.note("is_in_space", &self.in_space).and_then(|flag| flag.0),
            flight_count: absent.note("flight_count", &self.flights_count).and_then(|count| count.small()),
            mission_end_count: absent
                .note("mission_end_count", &self.mission_ends_count)
                .and_then(|count| count.small()),
            image_url: V::image(&mut absent, "image_url", &self.image_url, &self.image),
            ..record::Spacecraft::default()
        };
        let Some(config) = self.spacecraft_config.get() else {
            absent.0.extend([
                "config_id",
                "config_name",
                "config_type",
                "manufacturer_id",
                "is_human_rated",
                "crew_capacity",
                "payload_capacity_kg",
                "maiden_flight_date",
            ]);
            return Some(record::Spacecraft { absent, ..spacecraft });
        };
        Some(record::Spacecraft {
            config_id: config.id.member(),
            config_name: config.name.as_deref(),
            config_type: absent.note("config_type", &config.kind).and_then(Named::as_deref),
            manufacturer: absent.note("manufacturer_id", &config.agency).and_then(Mention::agency::<V>),
            is_human_rated: absent.note("is_human_rated", &config.human_rated).and_then(|flag| flag.0),
            crew_capacity: absent.note("crew_capacity", &config.crew_capacity).and_then(|count| count.small()),
            payload_capacity_kg: absent
                .note("payload_capacity_kg", &config.payload_capacity)
                .and_then(|mass| mass.0)
                .filter(|mass| *mass >= 0.0),
            maiden_flight_date: absent.note("maiden_flight_date", &config.maiden_flight).and_then(|day| day.0),
            absent,
            ..spacecraft
        })
    }
}
