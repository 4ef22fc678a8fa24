//! Launches of API 2.3.0: countries, images, families and bodies as objects; `normal` mode leaves whole groups of keys out.

use serde::Deserialize;

use super::{
    lenient::{Day, Flag, Integer, Link, List, Named, Number, Object, Text, Time, given},
    part::{
        self, Agency, Country, Image, InfoLink, LauncherStage, Program, SpacecraftStage, Update, Video, Word, image_credit,
        image_url,
    },
};
use crate::record::{self, Absent, Attempts, Detail, Record, Unusable};

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(crate) struct Launch<'a> {
    #[serde(default)]
    id: Text<'a>,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default)]
    slug: Text<'a>,
    #[serde(default, deserialize_with = "given")]
    launch_designator: Option<Text<'a>>,
    #[serde(default)]
    status: Object<'a, Word<'a>>,
    #[serde(default)]
    last_updated: Time,
    #[serde(default)]
    net: Time,
    #[serde(default)]
    net_precision: Object<'a, Word<'a>>,
    #[serde(default)]
    window_start: Time,
    #[serde(default)]
    window_end: Time,
    #[serde(default)]
    probability: Integer,
    #[serde(default)]
    weather_concerns: Text<'a>,
    #[serde(default)]
    failreason: Text<'a>,
    #[serde(default)]
    hashtag: Text<'a>,
    #[serde(default)]
    launch_service_provider: Object<'a, Provider<'a>>,
    #[serde(default)]
    rocket: Object<'a, Rocket<'a>>,
    #[serde(default)]
    mission: Object<'a, Mission<'a>>,
    #[serde(default)]
    pad: Object<'a, Pad<'a>>,
    #[serde(default)]
    webcast_live: Flag,
    #[serde(default)]
    image: Image<'a>,
    #[serde(default)]
    infographic: Link<'a>,
    #[serde(default)]
    program: List<Program<'a>>,
    #[serde(default)]
    orbital_launch_attempt_count: Integer,
    #[serde(default)]
    location_launch_attempt_count: Integer,
    #[serde(default)]
    pad_launch_attempt_count: Integer,
    #[serde(default)]
    agency_launch_attempt_count: Integer,
    #[serde(default)]
    orbital_launch_attempt_count_year: Integer,
    #[serde(default)]
    location_launch_attempt_count_year: Integer,
    #[serde(default)]
    pad_launch_attempt_count_year: Integer,
    #[serde(default)]
    agency_launch_attempt_count_year: Integer,
    #[serde(default, deserialize_with = "given")]
    flightclub_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    pad_turnaround: Option<Text<'a>>,
    #[serde(default, deserialize_with = "given")]
    updates: Option<List<Update<'a>>>,
    #[serde(default)]
    info_urls: List<InfoLink<'a>>,
    #[serde(default)]
    vid_urls: List<Video<'a>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Provider<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default, deserialize_with = "given")]
    abbrev: Option<Text<'a>>,
    #[serde(rename = "type", default, deserialize_with = "given")]
    kind: Option<Named<'a>>,
    #[serde(default, deserialize_with = "given")]
    country: Option<List<Country<'a>>>,
    #[serde(default, deserialize_with = "given")]
    description: Option<Text<'a>>,
    #[serde(default, deserialize_with = "given")]
    administrator: Option<Text<'a>>,
    #[serde(default, deserialize_with = "given")]
    founding_year: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    total_launch_count: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    successful_launches: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    failed_launches: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    pending_launches: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    consecutive_successful_launches: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    info_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    wiki_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    logo: Option<Image<'a>>,
    #[serde(default, deserialize_with = "given")]
    image: Option<Image<'a>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Rocket<'a> {
    #[serde(default)]
    configuration: Object<'a, RocketConfig<'a>>,
    #[serde(default)]
    launcher_stage: List<LauncherStage<'a>>,
    #[serde(default)]
    spacecraft_stage: List<SpacecraftStage<'a>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct RocketConfig<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default)]
    full_name: Text<'a>,
    #[serde(default, deserialize_with = "given")]
    families: Option<List<Family<'a>>>,
    #[serde(default, deserialize_with = "given")]
    variant: Option<Text<'a>>,
    #[serde(default, deserialize_with = "given")]
    manufacturer: Option<Named<'a>>,
    #[serde(default, deserialize_with = "given")]
    active: Option<Flag>,
    #[serde(default, deserialize_with = "given")]
    reusable: Option<Flag>,
    #[serde(default, deserialize_with = "given")]
    description: Option<Text<'a>>,
    #[serde(default, deserialize_with = "given")]
    length: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    diameter: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    launch_mass: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    leo_capacity: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    gto_capacity: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    to_thrust: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    launch_cost: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    maiden_flight: Option<Day>,
    #[serde(default, deserialize_with = "given")]
    total_launch_count: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    successful_launches: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    failed_launches: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    pending_launches: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    consecutive_successful_launches: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    info_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    wiki_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    image: Option<Image<'a>>,
}

/// A family of rockets; in `detailed` mode it names its parent.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Family<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default)]
    parent: Object<'a, Parent>,
}

#[derive(Deserialize)]
struct Parent {
    #[serde(default)]
    id: Integer,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Mission<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(rename = "type", default)]
    kind: Named<'a>,
    #[serde(default)]
    description: Text<'a>,
    #[serde(default)]
    orbit: Object<'a, Orbit<'a>>,
    #[serde(default)]
    agencies: List<Agency<'a>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Orbit<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default)]
    abbrev: Text<'a>,
    #[serde(default, deserialize_with = "given")]
    celestial_body: Option<Named<'a>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Pad<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default, deserialize_with = "given")]
    latitude: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    longitude: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    country: Option<Object<'a, Country<'a>>>,
    #[serde(default, deserialize_with = "given")]
    description: Option<Text<'a>>,
    #[serde(default, deserialize_with = "given")]
    total_launch_count: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    orbital_launch_attempt_count: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    map_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    wiki_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    info_url: Option<Link<'a>>,
    #[serde(default)]
    location: Object<'a, Location<'a>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Location<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default, deserialize_with = "given")]
    country: Option<Object<'a, Country<'a>>>,
    #[serde(default, deserialize_with = "given")]
    timezone_name: Option<Text<'a>>,
    #[serde(default, deserialize_with = "given")]
    latitude: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    longitude: Option<Number>,
    #[serde(default, deserialize_with = "given")]
    celestial_body: Option<Named<'a>>,
    #[serde(default, deserialize_with = "given")]
    description: Option<Text<'a>>,
    #[serde(default, deserialize_with = "given")]
    total_launch_count: Option<Integer>,
    #[serde(default, deserialize_with = "given")]
    total_landing_count: Option<Integer>,
}

impl Launch<'_> {
    /// The record in our words; fails when a field is missing that a launch cannot do without.
    pub(crate) fn record(&self) -> Result<Record<'_>, Unusable> {
        let id = self.id.as_deref().and_then(|id| id.parse().ok()).ok_or(Unusable::Missing("id"))?;
        let status = self.status.get().and_then(Word::record).ok_or(Unusable::Missing("status.id"))?;
        let provider = self
            .launch_service_provider
            .get()
            .and_then(Provider::record)
            .ok_or(Unusable::Missing("launch_service_provider.id"))?;
        let rocket = self.rocket.get().ok_or(Unusable::Missing("rocket"))?;
        let rocket_config = rocket
            .configuration
            .get()
            .and_then(RocketConfig::record)
            .ok_or(Unusable::Missing("rocket.configuration.id"))?;
        let pad = self.pad.get().ok_or(Unusable::Missing("pad"))?;
        let location = pad
            .location
            .get()
            .and_then(Location::record)
            .ok_or(Unusable::Missing("pad.location.id"))?;
        let mission = self.mission.get();

        let mut absent = Absent::default();
        Ok(Record {
            status,
            net_precision: self.net_precision.get().and_then(Word::record),
            provider,
            rocket_config,
            location,
            pad: pad.record().ok_or(Unusable::Missing("pad.id"))?,
            orbit: mission.and_then(|mission| mission.orbit.get()).and_then(Orbit::record),
            mission: mission.and_then(Mission::record),
            programs: part::distinct(self.program.0.iter().filter_map(Program::record), |program| program.id),
            agencies: part::distinct(
                mission
                    .into_iter()
                    .flat_map(|mission| &mission.agencies.0)
                    .filter_map(Agency::record),
                |agency| agency.id,
            ),
            detail: self.updates.as_ref().map(|updates| Detail {
                updates: part::distinct(updates.0.iter().filter_map(Update::record), |update| update.id),
                videos: part::distinct(self.vid_urls.0.iter().filter_map(Video::record), |video| video.url),
                links: part::distinct(self.info_urls.0.iter().filter_map(InfoLink::record), |link| link.url),
                crew: part::distinct(rocket.spacecraft_stage.0.iter().flat_map(SpacecraftStage::crew), |member| (member.astronaut_id, member.role)),
                boosters: rocket.launcher_stage.0.iter().map(LauncherStage::record).collect(),
            }),
            launch: record::Launch {
                id,
                name: self.name.as_deref().ok_or(Unusable::Missing("name"))?,
                slug: self.slug.as_deref(),
                launch_designator: absent
                    .note("launch_designator", &self.launch_designator)
                    .and_then(Text::as_deref),
                net_at: part::on_the_calendar(self.net)?,
                window_start_at: self.window_start.0,
                window_end_at: self.window_end.0,
                probability_percent: part::percent(self.probability),
                weather_concerns: self.weather_concerns.as_deref(),
                fail_reason: self.failreason.as_deref(),
                hashtag: self.hashtag.as_deref(),
                is_webcast_live: self.webcast_live.0.unwrap_or(false),
                image_url: image_url(&self.image),
                image_credit: image_credit(&self.image),
                infographic_url: self.infographic.as_deref(),
                flightclub_url: absent.note("flightclub_url", &self.flightclub_url).and_then(Link::as_deref),
                pad_turnaround: absent.note("pad_turnaround", &self.pad_turnaround).and_then(Text::as_deref),
                attempts: Attempts {
                    orbital: self.orbital_launch_attempt_count.small(),
                    location: self.location_launch_attempt_count.small(),
                    pad: self.pad_launch_attempt_count.small(),
                    agency: self.agency_launch_attempt_count.small(),
                    orbital_year: self.orbital_launch_attempt_count_year.small(),
                    location_year: self.location_launch_attempt_count_year.small(),
                    pad_year: self.pad_launch_attempt_count_year.small(),
                    agency_year: self.agency_launch_attempt_count_year.small(),
                },
                last_updated_at: self.last_updated.0.ok_or(Unusable::Missing("last_updated"))?,
                absent,
            },
        })
    }
}

impl Provider<'_> {
    fn record(&self) -> Option<record::Provider<'_>> {
        let mut absent = Absent::default();
        Some(record::Provider {
            id: self.id.small()?,
            name: self.name.as_deref()?,
            abbrev: absent.note("abbrev", &self.abbrev).and_then(Text::as_deref),
            kind: absent.note("type", &self.kind).and_then(Named::as_deref),
            country_code: absent.note("country_code", &self.country).and_then(part::country_codes),
            description: absent.note("description", &self.description).and_then(Text::as_deref),
            administrator: absent.note("administrator", &self.administrator).and_then(Text::as_deref),
            founding_year: absent.note("founding_year", &self.founding_year).and_then(|year| year.small()),
            counts: part::counts(
                [
                    &self.total_launch_count,
                    &self.successful_launches,
                    &self.failed_launches,
                    &self.pending_launches,
                    &self.consecutive_successful_launches,
                ],
                &mut absent,
            ),
            info_url: absent.note("info_url", &self.info_url).and_then(Link::as_deref),
            wiki_url: absent.note("wiki_url", &self.wiki_url).and_then(Link::as_deref),
            logo_url: absent.note("logo_url", &self.logo).and_then(image_url),
            image_url: absent.note("image_url", &self.image).and_then(image_url),
            absent,
        })
    }
}

impl RocketConfig<'_> {
    fn record(&self) -> Option<record::RocketConfig<'_>> {
        let mut absent = Absent::default();
        let full_name = self.full_name.as_deref().or(self.name.as_deref())?;
        Some(record::RocketConfig {
            id: self.id.small()?,
            name: self.name.as_deref().unwrap_or(full_name),
            full_name,
            family: absent.note("family", &self.families).and_then(nearest_family),
            variant: absent.note("variant", &self.variant).and_then(Text::as_deref),
            manufacturer_name: absent.note("manufacturer_name", &self.manufacturer).and_then(Named::as_deref),
            is_active: absent.note("is_active", &self.active).and_then(|flag| flag.0),
            is_reusable: absent.note("is_reusable", &self.reusable).and_then(|flag| flag.0),
            description: absent.note("description", &self.description).and_then(Text::as_deref),
            length_m: absent.note("length_m", &self.length).and_then(|number| number.0),
            diameter_m: absent.note("diameter_m", &self.diameter).and_then(|number| number.0),
            launch_mass_t: absent.note("launch_mass_t", &self.launch_mass).and_then(|number| number.0),
            leo_capacity_kg: absent.note("leo_capacity_kg", &self.leo_capacity).and_then(|number| number.0),
            gto_capacity_kg: absent.note("gto_capacity_kg", &self.gto_capacity).and_then(|number| number.0),
            liftoff_thrust_kn: absent.note("liftoff_thrust_kn", &self.to_thrust).and_then(|number| number.0),
            launch_cost_usd: absent.note("launch_cost_usd", &self.launch_cost).and_then(|number| number.0),
            maiden_flight_date: absent.note("maiden_flight_date", &self.maiden_flight).and_then(|day| day.0),
            counts: part::counts(
                [
                    &self.total_launch_count,
                    &self.successful_launches,
                    &self.failed_launches,
                    &self.pending_launches,
                    &self.consecutive_successful_launches,
                ],
                &mut absent,
            ),
            info_url: absent.note("info_url", &self.info_url).and_then(Link::as_deref),
            wiki_url: absent.note("wiki_url", &self.wiki_url).and_then(Link::as_deref),
            image_url: absent.note("image_url", &self.image).and_then(image_url),
            absent,
        })
    }
}

impl Mission<'_> {
    fn record(&self) -> Option<record::Mission<'_>> {
        Some(record::Mission {
            id: self.id.small()?,
            name: self.name.as_deref().unwrap_or("Unnamed"),
            mission_type: self.kind.as_deref(),
            description: self.description.as_deref(),
        })
    }
}

impl Orbit<'_> {
    fn record(&self) -> Option<record::Orbit<'_>> {
        let mut absent = Absent::default();
        let name = self.name.as_deref().or(self.abbrev.as_deref()).unwrap_or("Unnamed");
        Some(record::Orbit {
            id: self.id.small()?,
            name,
            abbrev: self.abbrev.as_deref().unwrap_or(name),
            celestial_body: absent.note("celestial_body", &self.celestial_body).and_then(Named::as_deref),
            absent,
        })
    }
}

impl Pad<'_> {
    fn record(&self) -> Option<record::Pad<'_>> {
        let mut absent = Absent::default();
        Some(record::Pad {
            id: self.id.small()?,
            name: self.name.as_deref().unwrap_or("Unnamed"),
            latitude: absent.note("latitude", &self.latitude).and_then(|latitude| part::degrees(latitude, 90.0)),
            longitude: absent.note("longitude", &self.longitude).and_then(|longitude| part::degrees(longitude, 180.0)),
            country_code: absent
                .note("country_code", &self.country)
                .and_then(Object::get)
                .and_then(Country::code),
            description: absent.note("description", &self.description).and_then(Text::as_deref),
            total_launch_count: absent
                .note("total_launch_count", &self.total_launch_count)
                .and_then(|count| count.small()),
            orbital_launch_attempt_count: absent
                .note("orbital_launch_attempt_count", &self.orbital_launch_attempt_count)
                .and_then(|count| count.small()),
            map_url: absent.note("map_url", &self.map_url).and_then(Link::as_deref),
            wiki_url: absent.note("wiki_url", &self.wiki_url).and_then(Link::as_deref),
            info_url: absent.note("info_url", &self.info_url).and_then(Link::as_deref),
            absent,
        })
    }
}

impl Location<'_> {
    fn record(&self) -> Option<record::Location<'_>> {
        let mut absent = Absent::default();
        Some(record::Location {
            id: self.id.small()?,
            name: self.name.as_deref().unwrap_or("Unnamed"),
            country_code: absent
                .note("country_code", &self.country)
                .and_then(Object::get)
                .and_then(Country::code),
            timezone_name: absent.note("timezone_name", &self.timezone_name).and_then(Text::as_deref),
            latitude: absent.note("latitude", &self.latitude).and_then(|latitude| part::degrees(latitude, 90.0)),
            longitude: absent.note("longitude", &self.longitude).and_then(|longitude| part::degrees(longitude, 180.0)),
            celestial_body: absent.note("celestial_body", &self.celestial_body).and_then(Named::as_deref),
            description: absent.note("description", &self.description).and_then(Text::as_deref),
            total_launch_count: absent
                .note("total_launch_count", &self.total_launch_count)
                .and_then(|count| count.small()),
            total_landing_count: absent
                .note("total_landing_count", &self.total_landing_count)
                .and_then(|count| count.small()),
            absent,
        })
    }
}

/// The last family listed that is not the parent of another: "Falcon 9" of Falcon, Falcon 9.
fn nearest_family<'f>(families: &'f List<Family<'_>>) -> Option<&'f str> {
    let is_parent = |candidate: &Family<'_>| {
        families
            .0
            .iter()
            .filter_map(|family| family.parent.get())
            .any(|parent| parent.id.0.is_some() && parent.id == candidate.id)
    };
    families.0.iter().rev().find(|family| !is_parent(family)).and_then(|family| family.name.as_deref())
}
