//! The parts of a launch that 2.2.0 and 2.3.0 send in the same or nearly the same shape. Where only a key or the form
//! of a value differs, one type accepts both.

mod child;

use chrono::{DateTime, Datelike, Utc};
use serde::Deserialize;

pub(in crate::ll2) use self::child::{InfoLink, Patch, Update, Video};
use super::lenient::{
    Day, Description, Integer, Link, List, Named, Number, Object, Text, Time, given, limit, web_address,
};
use crate::{
    defect::{Treatment, note},
    record::{self, Absent, UNKNOWN, UNKNOWN_ID},
};

/// A status or a precision.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(in crate::ll2) struct Word<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default)]
    abbrev: Text<'a>,
    #[serde(default)]
    description: Description<'a>,
}

impl Word<'_> {
    /// The name may be missing, but not the id: nothing is ever matched by name (rule 9).
    pub(in crate::ll2) fn record(&self) -> Option<record::Word<'_>> {
        let name = self.name.as_deref().or(self.abbrev.as_deref());
        Some(record::Word {
            id: self.id.member()?,
            name,
            abbrev: self.abbrev.as_deref().or(name),
            // 2.2.0 sends a masked status 9 as status 6 with a description that only repeats its name. If it were kept,
            // the description of status 6 would alternate between runs.
            description: self.description.as_deref().filter(|description| Some(*description) != name),
        })
    }
}

/// Returns the status of a launch without a status in LL2.
pub(in crate::ll2) fn unknown_status<'r>() -> record::Word<'r> {
    note("status", Treatment::Unknown);
    record::Word { id: UNKNOWN_ID, name: Some(UNKNOWN), abbrev: Some(UNKNOWN), description: None }
}

/// Returns the provider of a launch without a provider in LL2.
pub(in crate::ll2) fn unknown_provider<'r>() -> record::Agency<'r> {
    note("launch_service_provider", Treatment::Unknown);
    record::Agency { id: UNKNOWN_ID, name: Some(UNKNOWN), ..record::Agency::default() }
}

/// Returns the rocket of a launch without a rocket in LL2.
pub(in crate::ll2) fn unknown_rocket<'r>() -> record::RocketConfig<'r> {
    note("rocket.configuration", Treatment::Unknown);
    record::RocketConfig {
        id: UNKNOWN_ID,
        name: Some(UNKNOWN),
        full_name: Some(UNKNOWN),
        ..record::RocketConfig::default()
    }
}

/// Returns the pad of a launch without a pad in LL2.
pub(in crate::ll2) fn unknown_pad<'r>() -> record::Pad<'r> {
    note("pad", Treatment::Unknown);
    record::Pad { id: UNKNOWN_ID, name: Some(UNKNOWN), ..record::Pad::default() }
}

/// Returns the five counters of a provider or rocket, and notes missing keys by their column names.
pub(in crate::ll2) fn counts(fields: [&Option<Integer>; 5], absent: &mut Absent) -> record::Counts {
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

/// An image: an address in 2.2.0, an object with an address and a credit in 2.3.0.
pub(in crate::ll2) type Image<'a> = Object<'a, ImageObject<'a>>;

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(in crate::ll2) struct ImageObject<'a> {
    #[serde(default)]
    image_url: Link<'a>,
    #[serde(default)]
    credit: Text<'a>,
}

pub(in crate::ll2) fn image_url<'i>(image: &'i Image<'_>) -> Option<&'i str> {
    match image {
        Object::Is(image) => image.image_url.as_deref(),
        Object::Text(address) => web_address(address),
        Object::Nothing => None,
    }
}

pub(in crate::ll2) fn image_credit<'i>(image: &'i Image<'_>) -> Option<&'i str> {
    image.get().and_then(|image| image.credit.as_deref())
}

/// A country, which only 2.3.0 sends as an object.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(in crate::ll2) struct Country<'a> {
    #[serde(default)]
    alpha_3_code: Text<'a>,
    #[serde(default)]
    nationality_name: Text<'a>,
}

impl Country<'_> {
    pub(in crate::ll2) fn code(&self) -> Option<&str> {
        self.alpha_3_code.as_deref()
    }

    pub(in crate::ll2) fn nationality(&self) -> Option<&str> {
        self.nationality_name.as_deref()
    }
}

/// Returns the codes as `FRA,ITA,DEU`: the form that 2.2.0 sends and the column stores.
pub(in crate::ll2) fn country_codes(countries: &List<Country<'_>>) -> Option<String> {
    joined(countries.0.iter().filter_map(Country::code))
}

/// Joins texts by commas, up to the maximum length of a name.
pub(in crate::ll2) fn joined<'t>(texts: impl Iterator<Item = &'t str>) -> Option<String> {
    let mut all = String::new();
    for text in texts {
        if all.len() + text.len() >= limit::NAME {
            note("list", Treatment::Cut);
            break;
        }
        if !all.is_empty() {
            all.push(',');
        }
        all.push_str(text);
    }
    (!all.is_empty()).then_some(all)
}

/// A family of rockets, which only 2.3.0 sends as an object; in `detailed` mode it contains its parent.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(in crate::ll2) struct Family<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default)]
    parent: Object<'a, OnlyId>,
}

/// An object of which only the id is of use.
#[derive(Deserialize)]
pub(in crate::ll2) struct OnlyId {
    #[serde(default)]
    pub(in crate::ll2) id: Integer,
}

/// Returns the last family in the list that is not the parent of another: "Falcon 9" of Falcon, Falcon 9.
pub(in crate::ll2) fn nearest_family<'f>(families: &'f List<Family<'_>>) -> Option<&'f str> {
    let is_parent = |candidate: &Family<'_>| {
        families
            .0
            .iter()
            .filter_map(|family| family.parent.get())
            .any(|parent| parent.id.0.is_some() && parent.id == candidate.id)
    };
    families.0.iter().rev().find(|family| !is_parent(family)).and_then(|family| family.name.as_deref())
}

/// A program; `image_url` is sent by 2.2.0, `image` by 2.3.0.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
pub(in crate::ll2) struct Program<'a> {
    #[serde(default)]
    id: Integer,
    #[serde(default)]
    name: Text<'a>,
    #[serde(default, deserialize_with = "given")]
    description: Option<Description<'a>>,
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
    #[serde(default, deserialize_with = "given")]
    image: Option<Image<'a>>,
    #[serde(default, deserialize_with = "given")]
    image_url: Option<Image<'a>>,
}

impl Program<'_> {
    pub(in crate::ll2) fn record(&self) -> Option<record::Program<'_>> {
        let mut absent = Absent::default();
        Some(record::Program {
            id: self.id.member()?,
            name: self.name.as_deref(),
            description: absent.note("description", &self.description).and_then(Text::as_deref),
            kind: absent.note("type", &self.kind).and_then(Named::as_deref),
            start_date: absent.note("start_date", &self.start_date).and_then(|day| day.0),
            end_date: absent.note("end_date", &self.end_date).and_then(|day| day.0),
            info_url: absent.note("info_url", &self.info_url).and_then(Link::as_deref),
            wiki_url: absent.note("wiki_url", &self.wiki_url).and_then(Link::as_deref),
            image_url: absent
                .note("image_url", self.image.as_ref().map_or(&self.image_url, |_| &self.image))
                .and_then(image_url),
            absent,
        })
    }
}

/// Returns a probability from 0 to 100, else none; old payloads send -1 for unknown.
pub(in crate::ll2) fn percent(probability: Integer) -> Option<i32> {
    probability.small().filter(|percent| (0..=100).contains(percent))
}

/// Returns the first member for each key, at most `limit` of them; a repeated key would violate the primary key of the
/// child table.
pub(in crate::ll2) fn distinct<T, K: Eq + std::hash::Hash>(
    name: &'static str,
    limit: usize,
    members: impl Iterator<Item = T>,
    key: impl Fn(&T) -> K,
) -> Vec<T> {
    let mut met = std::collections::HashSet::new();
    at_most(name, limit, members.filter(|member| met.insert(key(member))))
}

/// Returns the first `limit` members.
pub(in crate::ll2) fn at_most<T>(name: &'static str, limit: usize, mut members: impl Iterator<Item = T>) -> Vec<T> {
    let kept = members.by_ref().take(limit).collect();
    if members.next().is_some() {
        note(name, Treatment::Cut);
    }
    kept
}

/// Returns the date of a launch with its precision. It is LL2's NET, if `dim_date` has a day for it. Else it is a bound
/// of the window, in which the NET must be, with no precision, so that it counts as vague as a year. Else none.
pub(in crate::ll2) fn date<'r>(
    net: Time,
    precision: Option<record::Word<'r>>,
    window: [Time; 2],
) -> (Option<DateTime<Utc>>, Option<record::Word<'r>>) {
    let on_the_calendar = |time: Time| time.0.filter(|time| (1942..=2099).contains(&time.year()));
    if let Some(net) = on_the_calendar(net) {
        return (Some(net), precision);
    }
    note("net", Treatment::Unknown);
    (window.into_iter().find_map(on_the_calendar), None)
}

/// Returns a coordinate within `limit` degrees of zero, else none. One invalid pad must not block a publication.
pub(in crate::ll2) fn degrees(coordinate: &Number, limit: f64) -> Option<f64> {
    coordinate.0.filter(|degrees| degrees.abs() <= limit)
}
