//! Launches in the format of 2.3.0: `response_mode` everywhere, countries as objects, coordinates as numbers.

mod places;
mod vehicles;

use serde::Serialize;

use super::{
    calendar::iso,
    codes,
    facts::Facts,
    item::Item,
    shape::{self, CodeShape, Counters, IdName, Update, url},
    stages,
    totals::Totals,
};
use crate::{ApiVersion, query::Mode};
use places::{Pad, pad};
use vehicles::{Agency, Rocket, Stages, agency, configuration};

/// `LaunchBasic`, then what `normal` adds, then what `detailed` adds.
#[derive(Serialize)]
struct Launch<'a> {
    id: &'a str,
    url: String,
    name: &'a str,
    response_mode: &'static str,
    slug: &'a str,
    launch_designator: Option<String>,
    status: CodeShape,
    last_updated: String,
    net: String,
    net_precision: Option<CodeShape>,
    window_end: String,
    window_start: String,
    image: Option<&'static str>,
    infographic: Option<&'static str>,
    #[serde(flatten)]
    normal: Option<Normal<'a>>,
    #[serde(flatten)]
    detailed: Option<Detailed<'a>>,
}

#[derive(Serialize)]
struct Normal<'a> {
    probability: Option<u8>,
    weather_concerns: Option<&'static str>,
    failreason: &'static str,
    hashtag: Option<&'static str>,
    launch_service_provider: Agency<'a>,
    rocket: Rocket<'a>,
    mission: Option<Mission<'a>>,
    pad: Pad<'a>,
    webcast_live: bool,
    program: Vec<Program<'a>>,
    #[serde(flatten)]
    counters: Counters,
}

#[derive(Serialize)]
struct Detailed<'a> {
    flightclub_url: Option<&'static str>,
    updates: Vec<Update>,
    info_urls: [(); 0],
    vid_urls: Vec<Video<'a>>,
    timeline: [(); 0],
    pad_turnaround: Option<String>,
    mission_patches: Vec<shape::Patch>,
}

#[derive(Serialize)]
struct Mission<'a> {
    id: u64,
    name: &'a str,
    r#type: &'a str,
    description: &'a str,
    image: Option<&'static str>,
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
    celestial_body: Body,
}

#[derive(Serialize)]
struct Body {
    response_mode: &'static str,
    id: i64,
    name: &'static str,
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
    live: bool,
}

#[derive(Serialize)]
struct Language {
    id: i64,
    name: &'static str,
    code: &'static str,
}

#[derive(Serialize)]
struct Program<'a> {
    response_mode: &'static str,
    id: i64,
    url: String,
    name: &'a str,
    image: Option<&'static str>,
    info_url: Option<&'static str>,
    wiki_url: Option<&'static str>,
    description: &'static str,
    agencies: Vec<Agency<'a>>,
    start_date: &'a str,
    end_date: Option<&'static str>,
    mission_patches: [(); 0],
    r#type: IdName<'a>,
}

/// Serializes one launch as JSON.
pub(super) fn launch(item: &Item, totals: &Totals, mode: Mode) -> serde_json::Result<Vec<u8>> {
    let state = item.state();
    let title = item.title();
    serde_json::to_vec(&Launch {
        id: &item.launch.id,
        url: url(ApiVersion::V230, "launches", &item.launch.id),
        name: &title.name,
        response_mode: mode.as_str(),
        slug: &title.slug,
        launch_designator: shape::designator(item),
        status: codes::status_code(state.status).into(),
        last_updated: iso(item.edit().at),
        net: iso(state.net),
        net_precision: state.precision.and_then(codes::precision_code).map(CodeShape::from),
        window_end: iso(state.window_end),
        window_start: iso(state.window_start),
        image: None,
        infographic: None,
        normal: (mode != Mode::List).then(|| normal(item, totals, mode)),
        detailed: (mode == Mode::Detailed).then(|| detailed(item)),
    })
}

fn normal<'a>(item: &'a Item, totals: &Totals, mode: Mode) -> Normal<'a> {
    let facts = Facts::get();
    let entry = item.launch.entry;
    let state = item.state();
    let whole = (mode == Mode::Detailed).then_some(totals);
    Normal {
        probability: state.probability,
        weather_concerns: shape::weather(state),
        failreason: shape::failreason(state),
        hashtag: None,
        launch_service_provider: agency(&facts.providers[&entry.provider], whole),
        rocket: Rocket {
            id: item.launch.serial + 1,
            configuration: configuration(&facts.rockets[&entry.rocket], whole),
            stages: whole.map(|_| Stages {
                launcher_stage: stages::launchers(item, ApiVersion::V230),
                spacecraft_stage: stages::spacecraft(item, ApiVersion::V230).into_iter().collect(),
                payloads: [],
            }),
        },
        mission: (state.is_named || !item.launch.lacks_mission).then(|| mission(item)),
        pad: pad(entry.pad, totals),
        webcast_live: state.webcast_live,
        program: programs(&entry.programs),
        counters: item.attempts.into(),
    }
}

fn detailed(item: &Item) -> Detailed<'_> {
    let provider = &Facts::get().providers[&item.launch.entry.provider];
    Detailed {
        flightclub_url: None,
        updates: shape::updates(item),
        info_urls: [],
        vid_urls: video(item, &provider.name).into_iter().collect(),
        timeline: [],
        pad_turnaround: item.turnaround.map(shape::duration),
        mission_patches: shape::patches(item),
    }
}

fn mission(item: &Item) -> Mission<'_> {
    let entry = item.launch.entry;
    let (id, name, abbrev) = codes::orbit(entry.orbit);
    // LL2 assigns orbits around the Moon and flybys to the Moon, and everything else to the Earth.
    let around_moon = matches!(id, 9 | 11);
    let body = if around_moon { (2, "Moon") } else { (1, "Earth") };
    Mission {
        id: item.launch.serial + 1,
        name: if item.state().is_named { &item.launch.mission.name } else { super::mission::UNNAMED },
        r#type: &entry.mission_type,
        description: &item.launch.mission.description,
        image: None,
        orbit: Orbit { id, name, abbrev, celestial_body: Body { response_mode: "list", id: body.0, name: body.1 } },
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
        live: item.state().webcast_live,
    })
}

fn programs(ids: &'static str) -> Vec<Program<'static>> {
    let facts = Facts::get();
    let known = ids.split_whitespace().filter_map(|id| facts.programs.get(&id.parse().ok()?));
    known
        .map(|program| Program {
            response_mode: "normal",
            id: program.id,
            url: url(ApiVersion::V230, "programs", program.id),
            name: &program.name,
            image: None,
            info_url: None,
            wiki_url: None,
            description: "",
            agencies: program
                .agency
                .and_then(|id| facts.providers.get(&id))
                .map(|provider| agency(provider, None))
                .into_iter()
                .collect(),
            start_date: &program.start_date,
            end_date: None,
            mission_patches: [],
            r#type: IdName { id: program.type_id, name: &program.type_name },
        })
        .collect()
}
