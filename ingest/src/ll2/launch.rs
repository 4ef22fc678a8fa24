//! A launch in the shape of both versions. Where a key or the form of a value differs, both forms are parsed, and
//! [`Version`] selects one.

use serde::Deserialize;

use super::{
    agency::Agency,
    lenient::{Flag, Integer, Link, List, Object, Remark, Text, Time, given, limit},
    part::{self, Image, InfoLink, Patch, Program, Update, Video, Word, image_credit, image_url},
    place::{Location, Mission, Orbit, Pad},
    rocket::RocketConfig,
    v230::PayloadFlight,
    vehicle::{LauncherStage, SpacecraftStage},
    version::Version,
};
use crate::record::{self, Absent, Detail, Record, Unusable};

/// Declares the keys of a launch. A missing key is parsed as null. `=>` takes a value into the record as it was parsed:
/// the field of the record, and the method that returns the value. `absent` is for a key that records may omit; the
/// column is then noted as absent.
macro_rules! keys {
    ($(#[$meta:meta])* $visibility:vis struct $launch:ident<$life:lifetime> {
        $($(#[$attribute:meta])* $key:ident: $type:ty $(=> $field:ident: $method:ident)? $(| absent => $omitted:ident: $of_omitted:ident)?,)+
    }) => {
        $(#[$meta])*
        $visibility struct $launch<$life> {
            $($(#[$attribute])* #[serde(default)] $key: $type,)+
        }

        impl $launch<'_> {
            /// Returns the record's fields that are taken as they were parsed; the others are empty.
            fn plain(&self, mut absent: Absent) -> record::Launch<'_> {
                record::Launch {
                    $($($field: self.$key.$method(),)?)+
                    $($($omitted: absent.note(stringify!($omitted), &self.$key).and_then(|value| value.$of_omitted()),)?)+
                    absent,
                    ..record::Launch::default()
                }
            }
        }
    };
}

keys! {
    #[derive(Deserialize)]
    #[serde(bound(deserialize = "'de: 'a"))]
    pub(super) struct Launch<'a> {
        id: Text<'a>,
        name: Text<'a>,
        slug: Text<'a> => slug: as_deref,
        #[serde(deserialize_with = "given")]
        launch_designator: Option<Text<'a>>,
        status: Object<'a, Word<'a>>,
        last_updated: Time => last_updated_at: get,
        net: Time,
        net_precision: Object<'a, Word<'a>>,
        window_start: Time => window_start_at: get,
        window_end: Time => window_end_at: get,
        probability: Integer,
        weather_concerns: Text<'a> => weather_concerns: as_deref,
        failreason: Remark<'a> => fail_reason: as_deref,
        hashtag: Text<'a> => hashtag: as_deref,
        launch_service_provider: Object<'a, Agency<'a>>,
        rocket: Object<'a, Rocket<'a>>,
        mission: Object<'a, Mission<'a>>,
        pad: Object<'a, Pad<'a>>,
        webcast_live: Flag,
        image: Image<'a>,
        infographic: Link<'a> => infographic_url: as_deref,
        program: List<Program<'a>>,
        orbital_launch_attempt_count: Integer => orbital_launch_attempt_count: small,
        location_launch_attempt_count: Integer => location_launch_attempt_count: small,
        pad_launch_attempt_count: Integer => pad_launch_attempt_count: small,
        agency_launch_attempt_count: Integer => agency_launch_attempt_count: small,
        orbital_launch_attempt_count_year: Integer => orbital_launch_attempt_count_year: small,
        location_launch_attempt_count_year: Integer => location_launch_attempt_count_year: small,
        pad_launch_attempt_count_year: Integer => pad_launch_attempt_count_year: small,
        agency_launch_attempt_count_year: Integer => agency_launch_attempt_count_year: small,
        #[serde(deserialize_with = "given")]
        flightclub_url: Option<Link<'a>> | absent => flightclub_url: as_deref,
        #[serde(deserialize_with = "given")]
        pad_turnaround: Option<Text<'a>> | absent => pad_turnaround: as_deref,
        #[serde(deserialize_with = "given")]
        updates: Option<List<Update<'a>>>,
        #[serde(rename = "infoURLs")]
        info_urls_220: List<InfoLink<'a>>,
        info_urls: List<InfoLink<'a>>,
        #[serde(rename = "vidURLs")]
        vid_urls_220: List<Video<'a>>,
        vid_urls: List<Video<'a>>,
        mission_patches: List<Patch<'a>>,
    }
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
        let sent_pad = self.pad.get();
        let sent_mission = self.mission.get();
        let precision = self.net_precision.get().and_then(Word::record);
        let (net_at, net_precision) = part::date(self.net, precision, [self.window_start, self.window_end]);
        let status = self.status.get().and_then(Word::record).unwrap_or_else(part::unknown_status);
        let provider =
            self.launch_service_provider.get().and_then(Agency::record::<V>).unwrap_or_else(part::unknown_provider);
        let rocket_config = rocket
            .and_then(|rocket| rocket.configuration.get())
            .and_then(RocketConfig::record::<V>)
            .unwrap_or_else(part::unknown_rocket);
        let pad = sent_pad.and_then(Pad::record::<V>).unwrap_or_else(part::unknown_pad);
        let mission = sent_mission.and_then(Mission::record);

        let mut absent = Absent::of(V::NEVER_OF_LAUNCH);
        let designator =
            V::only_230(&self.launch_designator).and_then(|designator| absent.note("launch_designator", designator));
        Ok(Record {
            launch_id: id,
            launch: record::Launch {
                is_detailed: self.updates.is_some(),
                name,
                launch_designator: designator.and_then(Text::as_deref),
                status_id: status.id,
                provider_id: provider.id,
                rocket_config_id: rocket_config.id,
                mission_id: mission.as_ref().map(|mission| mission.id),
                pad_id: pad.id,
                net_at,
                net_precision_id: net_precision.map(|precision| precision.id),
                probability_percent: part::percent(self.probability),
                is_webcast_live: self.webcast_live.0.unwrap_or(false),
                image_url: image_url(&self.image),
                image_credit: image_credit(&self.image),
                ..self.plain(absent)
            },
            status,
            net_precision,
            provider,
            rocket_config,
            location: sent_pad.and_then(|pad| pad.location.get()).and_then(Location::record::<V>),
            pad,
            orbit: sent_mission.and_then(|mission| mission.orbit.get()).and_then(Orbit::record::<V>),
            mission,
            programs: part::distinct(
                "program",
                limit::PROGRAMS,
                self.program.0.iter().filter_map(Program::record),
                |program| program.id,
            ),
            agencies: part::distinct(
                "mission.agencies",
                limit::AGENCIES,
                sent_mission.into_iter().flat_map(|mission| &mission.agencies.0).filter_map(Agency::record::<V>),
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
                    self.mission_patches.0.iter().filter_map(Patch::record::<V>),
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
                    rocket
                        .into_iter()
                        .flat_map(|rocket| &rocket.spacecraft_stage.0)
                        .flat_map(SpacecraftStage::crew::<V>),
                    |member| (member.astronaut.id, member.role),
                ),
                boosters: part::distinct(
                    "rocket.launcher_stage",
                    limit::BOOSTERS,
                    (1..)
                        .zip(rocket.into_iter().flat_map(|rocket| &rocket.launcher_stage.0))
                        .map(|(position, stage)| stage.record::<V>(position)),
                    |booster| booster.stage_id,
                ),
                spacecraft_flights: part::distinct(
                    "rocket.spacecraft_stage",
                    limit::SPACECRAFT,
                    rocket
                        .into_iter()
                        .flat_map(|rocket| &rocket.spacecraft_stage.0)
                        .filter_map(SpacecraftStage::flight::<V>),
                    |flight| flight.id,
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
        })
    }
}
