//! Launches in the format of 2.2.0: flat images, country codes, coordinates as text.

mod places;
mod vehicles;

use serde::Serialize;
use serde_json::Value;

use super::{
    calendar::iso,
    codes::{self, DEPLOYED_IN_220, status},
    facts::Facts,
    item::Item,
    shape::{self, CodeShape, Counters, IdName, Update, url},
    stages,
    totals::Totals,
};
use crate::{ApiVersion, query::Mode};
use vehicles::{Agency, Rocket, agency, configuration};

#[derive(Serialize)]
struct Launch<'a> {
    id: &'a str,
    url: String,
    slug: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    flightclub_url: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r_spacex_api_id: Option<Value>,
    name: &'a str,
    status: CodeShape,
    last_updated: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    updates: Option<Vec<Update>>,
    net: String,
    net_precision: Option<CodeShape>,
    window_end: String,
    window_start: String,
    probability: Option<u8>,
    weather_concerns: Option<&'static str>,
    holdreason: &'static str,
    failreason: &'static str,
    hashtag: Option<&'static str>,
    launch_service_provider: Agency<'a>,
    rocket: Rocket<'a>,
    mission: Option<Mission<'a>>,
    pad: places::Pad<'a>,
    #[serde(rename = "infoURLs", skip_serializing_if = "Option::is_none")]
    info_urls: Option<[(); 0]>,
    #[serde(rename = "vidURLs", skip_serializing_if = "Option::is_none")]
    vid_urls: Option<Vec<Video<'a>>>,
    webcast_live: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeline: Option<[(); 0]>,
    image: Option<&'static str>,
    infographic: Option<&'static str>,
    program: Vec<Program<'a>>,
    #[serde(flatten)]
    counters: Counters,
    #[serde(skip_serializing_if = "Option::is_none")]
    pad_turnaround: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mission_patches: Option<Vec<shape::Patch>>,
    r#type: &'static str,
}

/// The flat format of `mode=list`, which has no ids.
#[derive(Serialize)]
struct ListedLaunch<'a> {
    id: &'a str,
    url: String,
    slug: &'a str,
    name: &'a str,
    status: CodeShape,
    last_updated: String,
    net: String,
    net_precision: Option<CodeShape>,
    window_end: String,
    window_start: String,
    lsp_name: &'a str,
    mission: Option<&'a str>,
    mission_type: Option<&'a str>,
    pad: &'a str,
    location: &'a str,
    landing: Option<&'static str>,
    landing_success: Option<bool>,
    launcher: Option<&'static str>,
    orbit: Option<&'static str>,
    image: Option<&'static str>,
    infographic: Option<&'static str>,
    r#type: &'static str,
}

#[derive(Serialize)]
struct Mission<'a> {
    id: u64,
    name: &'a str,
    description: &'a str,
    launch_designator: Option<&'static str>,
    r#type: &'a str,
    orbit: Orbit,
    agencies: [(); 0],
    info_urls: [(); 0],
    vid_urls: [(); 0],
}

#[derive(Serialize)]
struct Orbit {
    id: i64,
    name: &'static str,
    abbrev: &'static str,
}

#[derive(Serialize)]
struct Video<'a> {
    priority: u8,
    source: &'static str,
    publisher: &'a str,
    title: &'a str,
    description: &'static str,
    feature_image: Option<&'static str>,
    url: String,
    r#type: IdName<'static>,
    language: Language,
    start_time: String,
    end_time: Option<String>,
}

#[derive(Serialize)]
struct Language {
    id: i64,
    name: &'static str,
    code: &'static str,
}

#[derive(Serialize)]
struct Program<'a> {
    id: i64,
    url: String,
    name: &'a str,
    description: &'static str,
    agencies: Vec<Agency<'a>>,
    image_url: Option<&'static str>,
    start_date: &'a str,
    end_date: Option<&'static str>,
    info_url: Option<&'static str>,
    wiki_url: Option<&'static str>,
    mission_patches: [(); 0],
    r#type: IdName<'a>,
}

/// Serializes one launch as JSON.
pub(super) fn launch(item: &Item, totals: &Totals, mode: Mode) -> serde_json::Result<Vec<u8>> {
    let facts = Facts::get();
    let entry = item.launch.entry;
    let state = item.state();
    let title = item.title();
    let provider = &facts.providers[&entry.provider];
    let rocket = &facts.rockets[&entry.rocket];
    let pad = facts.pad(entry.pad);
    let url = url(ApiVersion::V220, "launch", &item.launch.id);
    // 2.2.0 has no status for a deployed payload.
    let code = if state.status == status::DEPLOYED { &DEPLOYED_IN_220 } else { codes::status_code(state.status) };
    let net_precision = state.precision.and_then(codes::precision_code).map(CodeShape::from);
    let has_mission = state.is_named || !item.launch.lacks_mission;
    let mission_name = if state.is_named { &item.launch.mission.name } else { super::mission::UNNAMED };
    let location = pad.and_then(|pad| facts.locations.get(&pad.location));

    if mode == Mode::List {
        return serde_json::to_vec(&ListedLaunch {
            id: &item.launch.id,
            url,
            slug: &title.slug,
            name: &title.name,
            status: code.into(),
            last_updated: iso(item.edit().at),
            net: iso(state.net),
            net_precision,
            window_end: iso(state.window_end),
            window_start: iso(state.window_start),
            lsp_name: &provider.name,
            mission: has_mission.then_some(mission_name),
            mission_type: has_mission.then_some(&entry.mission_type),
            pad: pad.map_or("", |pad| &pad.name),
            location: location.map_or("", |location| &location.name),
            landing: None,
            landing_success: None,
            launcher: None,
            orbit: None,
            image: None,
            infographic: None,
            r#type: mode.as_str(),
        });
    }
    let is_detailed = mode == Mode::Detailed;
    let whole = is_detailed.then_some(totals);
    serde_json::to_vec(&Launch {
        id: &item.launch.id,
        url,
        slug: &title.slug,
        flightclub_url: is_detailed.then_some(Value::Null),
        r_spacex_api_id: is_detailed.then_some(Value::Null),
        name: &title.name,
        status: code.into(),
        last_updated: iso(item.edit().at),
        updates: is_detailed.then(|| shape::updates(item)),
        net: iso(state.net),
        net_precision,
        window_end: iso(state.window_end),
        window_start: iso(state.window_start),
        probability: state.probability,
        weather_concerns: shape::weather(state),
        holdreason: "",
        failreason: shape::failreason(state),
        hashtag: None,
        launch_service_provider: agency(provider, whole),
        rocket: Rocket {
            id: item.launch.serial + 1,
            configuration: configuration(rocket, whole),
            launcher_stage: is_detailed.then(|| stages::launchers(item, ApiVersion::V220)),
            spacecraft_stage: is_detailed.then(|| stages::spacecraft(item, ApiVersion::V220)),
        },
        mission: has_mission.then(|| mission(item, mission_name)),
        pad: places::pad(entry.pad, totals),
        info_urls: is_detailed.then_some([]),
        vid_urls: is_detailed.then(|| video(item, &provider.name).into_iter().collect()),
        webcast_live: state.webcast_live,
        timeline: is_detailed.then_some([]),
        image: None,
        infographic: None,
        program: programs(&entry.programs),
        counters: item.attempts.into(),
        pad_turnaround: item.turnaround.filter(|_| is_detailed).map(shape::duration),
        mission_patches: is_detailed.then(|| shape::patches(item)),
        r#type: mode.as_str(),
    })
}

fn mission<'a>(item: &'a Item, name: &'a str) -> Mission<'a> {
    let (id, orbit_name, abbrev) = codes::orbit(item.launch.entry.orbit);
    Mission {
        id: item.launch.serial + 1,
        name,
        description: &item.launch.mission.description,
        launch_designator: None,
        r#type: &item.launch.entry.mission_type,
        orbit: Orbit { id, name: orbit_name, abbrev },
        agencies: [],
        info_urls: [],
        vid_urls: [],
    }
}

fn video<'a>(item: &'a Item, publisher: &'a str) -> Option<Video<'a>> {
    let (start_time, url) = shape::webcast(item)?;
    Some(Video {
        priority: 10,
        source: "video.example.org",
        publisher,
        title: &item.title().name,
        description: super::mission::DISCLAIMER,
        feature_image: None,
        url,
        r#type: IdName { id: 1, name: "Official Webcast" },
        language: Language { id: 1, name: "English", code: "en" },
        start_time,
        end_time: None,
    })
}

fn programs(ids: &'static str) -> Vec<Program<'static>> {
    let facts = Facts::get();
    let known = ids.split_whitespace().filter_map(|id| facts.programs.get(&id.parse().ok()?));
    known
        .map(|program| Program {
            id: program.id,
            url: url(ApiVersion::V220, "program", program.id),
            name: &program.name,
            description: "",
            agencies: program
                .agency
                .and_then(|id| facts.providers.get(&id))
                .map(|provider| agency(provider, None))
                .into_iter()
                .collect(),
            image_url: None,
            start_date: &program.start_date,
            end_date: None,
            info_url: None,
            wiki_url: None,
            mission_patches: [],
            r#type: IdName { id: program.type_id, name: &program.type_name },
        })
        .collect()
}
