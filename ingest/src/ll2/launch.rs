//! A launch in the shape of both versions. Where a key or the form of a value differs, both forms are parsed, and
//! [`Version`] selects one.

use serde::Deserialize;

use super::{
    craft::{Provider, RocketConfig},
    lenient::{Flag, Integer, Link, List, Object, Remark, Text, Time, given, limit},
    part::{
        self, Agency, Image, InfoLink, LauncherStage, Patch, Program, SpacecraftStage, Update, Video, Word,
        image_credit, image_url,
    },
    place::{Location, Mission, Orbit, Pad},
    v230::PayloadFlight,
    version::Version,
};
use crate::record::{self, Absent, Attempts, Detail, Record, Unusable};

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct Launch<'a> {
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
    failreason: Remark<'a>,
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
    #[serde(rename = "infoURLs", default)]
    info_urls_220: List<InfoLink<'a>>,
    #[serde(default)]
    info_urls: List<InfoLink<'a>>,
    #[serde(rename = "vidURLs", default)]
    vid_urls_220: List<Video<'a>>,
    #[serde(default)]
    vid_urls: List<Video<'a>>,
    #[serde(default)]
    mission_patches: List<Patch<'a>>,
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
    #[serde(default)]
    payloads: List<PayloadFlight<'a>>,
}

impl Launch<'_> {
    /// Returns the launch as a [`Record`]; fails if a required field is missing.
    pub(super) fn record<V: Version>(&self) -> Result<Record<'_>, Unusable> {
        let id = self.id.as_deref().and_then(|id| id.parse().ok()).ok_or(Unusable::Missing("id"))?;
        let name = self.name.as_deref().ok_or(Unusable::Missing("name"))?;
        let rocket = self.rocket.get();
        let pad = self.pad.get();
        let precision = self.net_precision.get().and_then(Word::record);
        let (net_at, net_precision) = part::date(self.net, precision, [self.window_start, self.window_end]);
        let mission = self.mission.get();

        let mut absent = Absent::of(V::NEVER_OF_LAUNCH);
        Ok(Record {
            status: self.status.get().and_then(Word::record).unwrap_or_else(part::unknown_status),
            net_precision,
            provider: self
                .launch_service_provider
                .get()
                .and_then(Provider::record::<V>)
                .unwrap_or_else(part::unknown_provider),
            rocket_config: rocket
                .and_then(|rocket| rocket.configuration.get())
                .and_then(RocketConfig::record::<V>)
                .unwrap_or_else(part::unknown_rocket),
            location: pad.and_then(|pad| pad.location.get()).and_then(Location::record::<V>),
            pad: pad.and_then(Pad::record::<V>).unwrap_or_else(part::unknown_pad),
            orbit: mission.and_then(|mission| mission.orbit.get()).and_then(Orbit::record::<V>),
            mission: mission.and_then(Mission::record),
            programs: part::distinct(
                "program",
                limit::PROGRAMS,
                self.program.0.iter().filter_map(Program::record),
                |program| program.id,
            ),
            agencies: part::distinct(
                "mission.agencies",
                limit::AGENCIES,
                mission.into_iter().flat_map(|mission| &mission.agencies.0).filter_map(Agency::record),
                |agency| agency.id,
            ),
            detail: self.updates.as_ref().map(|updates| Detail {
                updates: part::distinct(
                    "updates",
                    limit::UPDATES,
                    updates.0.iter().filter_map(Update::record),
                    |update| update.id,
                ),
                videos: part::distinct(
                    "vid_urls",
                    limit::VIDEOS,
                    V::either(&self.vid_urls_220, &self.vid_urls).0.iter().filter_map(Video::record),
                    |video| video.url,
                ),
                patches: part::distinct(
                    "mission_patches",
                    limit::PATCHES,
                    self.mission_patches.0.iter().filter_map(Patch::record),
                    |patch| patch.id,
                ),
                links: part::distinct(
                    "info_urls",
                    limit::LINKS,
                    V::either(&self.info_urls_220, &self.info_urls).0.iter().filter_map(InfoLink::record),
                    |link| link.url,
                ),
                crew: part::distinct(
                    "launch_crew",
                    limit::CREW,
                    rocket.into_iter().flat_map(|rocket| &rocket.spacecraft_stage.0).flat_map(SpacecraftStage::crew),
                    |member| (member.astronaut_id, member.role),
                ),
                boosters: part::at_most(
                    "rocket.launcher_stage",
                    limit::BOOSTERS,
                    rocket.into_iter().flat_map(|rocket| &rocket.launcher_stage.0).map(LauncherStage::record),
                ),
                payloads: part::distinct(
                    "rocket.payloads",
                    limit::PAYLOADS,
                    rocket
                        .into_iter()
                        .filter_map(|rocket| V::only_230(&rocket.payloads))
                        .flat_map(|payloads| &payloads.0)
                        .filter_map(PayloadFlight::record),
                    |payload| payload.flight_id,
                ),
            }),
            launch: record::Launch {
                id,
                name,
                slug: self.slug.as_deref(),
                launch_designator: V::only_230(&self.launch_designator)
                    .and_then(|designator| absent.note("launch_designator", designator))
                    .and_then(Text::as_deref),
                net_at,
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
                last_updated_at: self.last_updated.0,
                absent,
            },
        })
    }
}
