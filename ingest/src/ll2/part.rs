//! The parts of a launch that 2.2.0 and 2.3.0 send alike, or nearly: where only the spelling of a key or the dress of a value
//! differs, one type takes both.

use std::borrow::Cow;

use chrono::Datelike;
use serde::Deserialize;

use super::lenient::{Day, Flag, Integer, Link, List, Named, Number, Object, Text, TextOrList, Time, given, web_address};
use crate::record::{self, Absent, Unusable};

/// A status or a precision.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct Word<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default)]
    abbrev: Text<'a>,
    #[serde(default)]
    description: Text<'a>,
}

impl Word<'_> {
    /// The name may be missing, the id not: nothing is ever matched by name (rule 9).
    pub(super) fn record(&self) -> Option<record::Word<'_>> {
        let id = self.id.small()?;
        let name = self.name.as_deref().or(self.abbrev.as_deref()).unwrap_or("Unnamed");
        Some(record::Word {
            id,
            name,
            abbrev: self.abbrev.as_deref().unwrap_or(name),
            // 2.2.0 shows a masked status 9 as status 6 whose description merely repeats its name. Kept, it would make the
            // description of status 6 flap with every run.
            description: self.description.as_deref().filter(|description| *description != name),
        })
    }
}

/// The five counters of a provider or rocket with their column names, absences noted.
pub(super) fn counts(fields: [&Option<Integer>; 5], absent: &mut Absent) -> record::Counts {
    let columns = [
        "total_launch_count",
        "successful_launch_count",
        "failed_launch_count",
        "pending_launch_count",
        "consecutive_successful_launch_count",
    ];
    let mut noted = columns
        .into_iter()
        .zip(fields)
        .map(|(column, field)| absent.note(column, field).and_then(|count| count.small()));
    let mut next = || noted.next().flatten();
    record::Counts {
        total: next(),
        successful: next(),
        failed: next(),
        pending: next(),
        consecutive_successful: next(),
    }
}

/// An image: an address in 2.2.0, an object with address and credit in 2.3.0.
pub(super) type Image<'a> = Object<'a, ImageObject<'a>>;

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct ImageObject<'a> {
    #[serde(default)]
    image_url: Link<'a>,
    #[serde(default)]
    credit: Text<'a>,
}

pub(super) fn image_url<'i>(image: &'i Image<'_>) -> Option<&'i str> {
    match image {
        Object::Is(image) => image.image_url.as_deref(),
        Object::Text(address) => web_address(address),
        Object::Nothing => None,
    }
}

pub(super) fn image_credit<'i>(image: &'i Image<'_>) -> Option<&'i str> {
    image.get().and_then(|image| image.credit.as_deref())
}

/// A country, which only 2.3.0 sends as an object.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct Country<'a> {
    #[serde(default)]
    alpha_3_code: Text<'a>,
    #[serde(default)]
    nationality_name: Text<'a>,
}

impl Country<'_> {
    pub(super) fn code(&self) -> Option<&str> {
        self.alpha_3_code.as_deref()
    }
}

/// `FRA,ITA,DEU`: the form 2.2.0 sends and the column holds.
pub(super) fn country_codes(countries: &List<Country<'_>>) -> Option<String> {
    joined(countries.0.iter().filter_map(Country::code))
}

fn joined<'t>(texts: impl Iterator<Item = &'t str>) -> Option<String> {
    let all = texts.collect::<Vec<_>>().join(",");
    (!all.is_empty()).then_some(all)
}

/// A program; `image_url` is 2.2.0's, `image` 2.3.0's.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct Program<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default, deserialize_with = "given")]
    description: Option<Text<'a>>,
    #[serde(rename = "type", default, deserialize_with = "given")]
    kind: Option<Named<'a>>,
    #[serde(default, deserialize_with = "given")]
    start_date: Option<Day>,
    #[serde(default, deserialize_with = "given")]
    end_date: Option<Day>,
    #[serde(default, deserialize_with = "given")]
    info_url: Option<Link<'a>>,
    #[serde(default, deserialize_with = "given")]
    wiki_url: Option<Link<'a>>,
    #[serde(default, alias = "image_url", deserialize_with = "given")]
    image: Option<Image<'a>>,
}

impl Program<'_> {
    pub(super) fn record(&self) -> Option<record::Program<'_>> {
        let mut absent = Absent::default();
        Some(record::Program {
            id: self.id.small()?,
            name: self.name.as_deref()?,
            description: absent.note("description", &self.description).and_then(Text::as_deref),
            kind: absent.note("type", &self.kind).and_then(Named::as_deref),
            start_date: absent.note("start_date", &self.start_date).and_then(|day| day.0),
            end_date: absent.note("end_date", &self.end_date).and_then(|day| day.0),
            info_url: absent.note("info_url", &self.info_url).and_then(Link::as_deref),
            wiki_url: absent.note("wiki_url", &self.wiki_url).and_then(Link::as_deref),
            image_url: absent.note("image_url", &self.image).and_then(image_url),
            absent,
        })
    }
}

/// An agency of a mission; `country_code` is 2.2.0's, `country` 2.3.0's.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct Agency<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default)]
    abbrev: Text<'a>,
    #[serde(rename = "type", default)]
    kind: Named<'a>,
    #[serde(default)]
    country_code: Text<'a>,
    #[serde(default)]
    country: List<Country<'a>>,
}

impl Agency<'_> {
    pub(super) fn record(&self) -> Option<record::Agency<'_>> {
        Some(record::Agency {
            id: self.id.small()?,
            name: self.name.as_deref()?,
            abbrev: self.abbrev.as_deref(),
            kind: self.kind.as_deref(),
            country_code: self
                .country_code
                .as_deref()
                .map(str::to_owned)
                .or_else(|| country_codes(&self.country)),
        })
    }
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct Update<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    comment: Text<'a>,
    #[serde(default)]
    info_url: Link<'a>,
    #[serde(default)]
    created_by: Text<'a>,
    #[serde(default)]
    created_on: Time,
}

impl Update<'_> {
    pub(super) fn record(&self) -> Option<record::Update<'_>> {
        Some(record::Update {
            id: self.id.0?,
            comment: self.comment.as_deref().unwrap_or(""),
            info_url: self.info_url.as_deref(),
            created_by: self.created_by.as_deref(),
            created_at: self.created_on.0,
        })
    }
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Language<'a> {
    #[serde(default)]
    code: Text<'a>,
}

/// A video; one without a usable address is dropped, there is nothing to open.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct Video<'a> {
    #[serde(default)]
    url: Link<'a>,
    #[serde(default)]
    priority: Integer,
    #[serde(default)]
    title: Text<'a>,
    #[serde(default)]
    publisher: Text<'a>,
    #[serde(default)]
    source: Text<'a>,
    #[serde(default)]
    description: Text<'a>,
    #[serde(rename = "type", default)]
    kind: Named<'a>,
    #[serde(default)]
    language: Object<'a, Language<'a>>,
    #[serde(default)]
    start_time: Time,
    #[serde(default)]
    end_time: Time,
    #[serde(default)]
    live: Flag,
}

impl Video<'_> {
    pub(super) fn record(&self) -> Option<record::Video<'_>> {
        Some(record::Video {
            url: self.url.as_deref()?,
            priority: self.priority.small(),
            title: self.title.as_deref(),
            publisher: self.publisher.as_deref(),
            source: self.source.as_deref(),
            description: self.description.as_deref(),
            kind: self.kind.as_deref(),
            language_code: self.language.get().and_then(|language| language.code.as_deref()),
            start_at: self.start_time.0,
            end_at: self.end_time.0,
            is_live: self.live.0,
        })
    }
}

/// A page about the launch; dropped like a video when its address is unusable.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct InfoLink<'a> {
    #[serde(default)]
    url: Link<'a>,
    #[serde(default)]
    priority: Integer,
    #[serde(default)]
    title: Text<'a>,
    #[serde(default)]
    source: Text<'a>,
    #[serde(default)]
    description: Text<'a>,
    #[serde(rename = "type", default)]
    kind: Named<'a>,
}

impl InfoLink<'_> {
    pub(super) fn record(&self) -> Option<record::InfoLink<'_>> {
        Some(record::InfoLink {
            url: self.url.as_deref()?,
            priority: self.priority.small(),
            title: self.title.as_deref(),
            source: self.source.as_deref(),
            description: self.description.as_deref(),
            kind: self.kind.as_deref(),
        })
    }
}

/// A spacecraft on the launch, of which only the crew is kept so far.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct SpacecraftStage<'a> {
    #[serde(default)]
    launch_crew: List<CrewMember<'a>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct CrewMember<'a> {
    #[serde(default)]
    role: Object<'a, Role<'a>>,
    #[serde(default)]
    astronaut: Object<'a, Astronaut<'a>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Role<'a> {
    #[serde(default)]
    role: Text<'a>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Astronaut<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default)]
    agency: Named<'a>,
    #[serde(default)]
    nationality: Nationality<'a>,
}

/// `"American"` in 2.2.0, a list of countries in 2.3.0.
#[derive(Default)]
struct Nationality<'a>(Option<Cow<'a, str>>);

impl<'de: 'a, 'a> Deserialize<'de> for Nationality<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let either: TextOrList<'a, Country<'a>> = TextOrList::deserialize(deserializer)?;
        Ok(Self(match either {
            TextOrList::Text(text) => text.0,
            TextOrList::List(countries) => {
                joined(countries.iter().filter_map(|country| country.nationality_name.as_deref())).map(Cow::Owned)
            }
        }))
    }
}

impl SpacecraftStage<'_> {
    pub(super) fn crew(&self) -> impl Iterator<Item = record::CrewMember<'_>> {
        self.launch_crew.0.iter().filter_map(|member| {
            let astronaut = member.astronaut.get()?;
            Some(record::CrewMember {
                astronaut_id: astronaut.id.0?,
                role: member.role.get().and_then(|role| role.role.as_deref()).unwrap_or("Unknown"),
                name: astronaut.name.as_deref()?,
                agency_name: astronaut.agency.as_deref(),
                nationality: astronaut.nationality.0.as_deref().map(str::to_owned),
            })
        })
    }
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(super) struct LauncherStage<'a> {
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
    serial_number: Text<'a>,
    #[serde(default)]
    is_placeholder: Flag,
}

/// A landing; the place is `location` in 2.2.0, `landing_location` in 2.3.0.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Landing<'a> {
    #[serde(default)]
    attempt: Flag,
    #[serde(default)]
    success: Flag,
    #[serde(rename = "type", default)]
    kind: Named<'a>,
    #[serde(default, alias = "location")]
    landing_location: Named<'a>,
}

impl LauncherStage<'_> {
    pub(super) fn record(&self) -> record::Booster<'_> {
        let launcher = self.launcher.get();
        let landing = self.landing.get();
        let serial_number = launcher.and_then(|launcher| launcher.serial_number.as_deref());
        record::Booster {
            stage_type: self.kind.as_deref(),
            serial_number,
            // Only 2.3.0 says so; 2.2.0's shared dummies are named "Unknown F9" and the like (rule 21).
            is_placeholder: launcher
                .and_then(|launcher| launcher.is_placeholder.0)
                .unwrap_or_else(|| serial_number.is_none_or(|serial| serial.starts_with("Unknown"))),
            is_reused: self.reused.0,
            flight_number: self.launcher_flight_number.small(),
            previous_flight_at: self.previous_flight_date.0,
            landing_attempt: landing.and_then(|landing| landing.attempt.0),
            landing_success: landing.and_then(|landing| landing.success.0),
            landing_type: landing.and_then(|landing| landing.kind.as_deref()),
            landing_location: landing.and_then(|landing| landing.landing_location.as_deref()),
        }
    }
}

/// A probability within 0 to 100; old payloads send -1 for unknown.
pub(super) fn percent(probability: Integer) -> Option<i32> {
    probability.small().filter(|percent| (0..=100).contains(percent))
}

/// The members whose key is met for the first time; a key that came twice would break the child's primary key.
pub(super) fn distinct<T, K: Eq + std::hash::Hash>(members: impl Iterator<Item = T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut met = std::collections::HashSet::new();
    members.filter(|member| met.insert(key(member))).collect()
}

/// A NET that `dim_date` has a day for.
pub(super) fn on_the_calendar(net: Time) -> Result<chrono::DateTime<chrono::Utc>, Unusable> {
    let net = net.0.ok_or(Unusable::Missing("net"))?;
    if (1942..=2099).contains(&net.year()) { Ok(net) } else { Err(Unusable::OffCalendar("net")) }
}

/// A coordinate within `limit` degrees of zero; beyond, it is nothing. One absurd pad must not block a publication.
pub(super) fn degrees(coordinate: &Number, limit: f64) -> Option<f64> {
    coordinate.0.filter(|degrees| degrees.abs() <= limit)
}
