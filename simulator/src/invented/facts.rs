//! Facts about the real world that the invented world uses: committed tables with LL2's own ids.
//!
//! The tables contain only facts (names, ids, coordinates, dates, counts), never LL2's sentences or pictures.
//! `manifest.csv` lists who flies what from where: rows with `flown` describe the past (counts and failures as
//! recorded), rows with `listed` how often a combination is on the list of upcoming launches.

use std::{collections::HashMap, sync::OnceLock};

use serde::{Deserialize, de::DeserializeOwned};

/// All tables, read once.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) providers: HashMap<i64, Provider>,
    pub(crate) rockets: HashMap<i64, Rocket>,
    pub(crate) locations: HashMap<i64, Location>,
    pub(crate) programs: HashMap<i64, Program>,
    pub(crate) countries: HashMap<String, Country>,
    pub(crate) manifest: Vec<Entry>,
    pads: HashMap<i64, Pad>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Provider {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) abbrev: String,
    pub(crate) kind: String,
    /// Three-letter codes, separated by spaces.
    pub(crate) countries: String,
    pub(crate) founded: Option<i32>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Rocket {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) family: String,
    pub(crate) full_name: String,
    pub(crate) variant: String,
    pub(crate) manufacturer: Option<i64>,
    pub(crate) length_m: Option<f64>,
    pub(crate) diameter_m: Option<f64>,
    pub(crate) mass_t: Option<f64>,
    pub(crate) leo_kg: Option<f64>,
    pub(crate) gto_kg: Option<f64>,
    pub(crate) thrust_kn: Option<f64>,
    pub(crate) cost_usd: Option<i64>,
    pub(crate) maiden_flight: Option<String>,
    pub(crate) reusable: bool,
    pub(crate) active: bool,
    /// Flights and failures as recorded, for a realistic reliability.
    pub(crate) flown: u32,
    pub(crate) failed: u32,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Location {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) time_zone: String,
    pub(crate) latitude: Option<f64>,
    pub(crate) longitude: Option<f64>,
    pub(crate) body: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Pad {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) location: i64,
    pub(crate) latitude: Option<f64>,
    pub(crate) longitude: Option<f64>,
    pub(crate) country: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Program {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) type_id: i64,
    pub(crate) type_name: String,
    pub(crate) start_date: String,
    pub(crate) agency: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Country {
    pub(crate) alpha_3: String,
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) alpha_2: String,
    pub(crate) nationality: String,
}

/// One combination of provider, rocket, pad, mission type and orbit.
#[derive(Debug, Deserialize)]
pub(crate) struct Entry {
    pub(crate) provider: i64,
    pub(crate) rocket: i64,
    pub(crate) pad: i64,
    pub(crate) mission_type: String,
    pub(crate) orbit: i64,
    /// Ids, separated by spaces.
    pub(crate) programs: String,
    pub(crate) first_year: i32,
    pub(crate) last_year: i32,
    pub(crate) flown: u32,
    pub(crate) failed: u32,
    pub(crate) listed: u32,
}

impl Facts {
    /// Returns the tables; the first call takes a few milliseconds to read them.
    pub(crate) fn get() -> &'static Facts {
        static FACTS: OnceLock<Facts> = OnceLock::new();
        FACTS.get_or_init(|| Facts {
            providers: by(read(include_str!("../../facts/providers.csv")), |provider: &Provider| provider.id),
            rockets: by(read(include_str!("../../facts/rockets.csv")), |rocket: &Rocket| rocket.id),
            locations: by(read(include_str!("../../facts/locations.csv")), |location: &Location| location.id),
            programs: by(read(include_str!("../../facts/programs.csv")), |program: &Program| program.id),
            countries: by(read(include_str!("../../facts/countries.csv")), |country: &Country| country.alpha_3.clone()),
            manifest: read(include_str!("../../facts/manifest.csv")),
            pads: by(read(include_str!("../../facts/pads.csv")), |pad: &Pad| pad.id),
        })
    }

    /// Returns a pad by LL2's id.
    pub(crate) fn pad(&self, id: i64) -> Option<&Pad> {
        self.pads.get(&id)
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Vec<T> {
    csv::Reader::from_reader(text.as_bytes())
        .into_deserialize()
        .collect::<Result<_, _>>()
        .expect("the committed tables are well formed: a unit test reads each of them")
}

fn by<T, K: std::hash::Hash + Eq>(rows: Vec<T>, key: impl Fn(&T) -> K) -> HashMap<K, T> {
    rows.into_iter().map(|row| (key(&row), row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_in_the_tables_refers_to_a_row() {
        let facts = Facts::get();
        for entry in &facts.manifest {
            assert!(facts.providers.contains_key(&entry.provider), "{entry:?}");
            assert!(facts.rockets.contains_key(&entry.rocket), "{entry:?}");
            let pad = facts.pad(entry.pad).expect("pad");
            assert!(facts.locations.contains_key(&pad.location), "{pad:?}");
            for program in entry.programs.split_whitespace() {
                assert!(facts.programs.contains_key(&program.parse().expect("a number")), "{entry:?}");
            }
            assert!(entry.first_year <= entry.last_year && entry.failed <= entry.flown, "{entry:?}");
            assert_ne!(entry.flown == 0, entry.listed == 0, "{entry:?}");
        }
        for rocket in facts.rockets.values() {
            assert!(rocket.manufacturer.is_none_or(|id| facts.providers.contains_key(&id)), "{rocket:?}");
        }
    }
}
