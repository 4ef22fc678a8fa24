//! From launches to cells.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::{COLUMNS, Cell, TABLES, Table, usual_name};
use crate::{Launch, MoonTier};

#[derive(Default)]
pub(super) struct Packer {
    pub(super) texts: Vec<String>,
    known_texts: HashMap<String, i64>,
    pub(super) tables: [Vec<Cell>; TABLES.len()],
    known_rows: [HashMap<Vec<Cell>, i64>; TABLES.len()],
}

impl Packer {
    fn text(&mut self, text: &str) -> Cell {
        if let Some(place) = self.known_texts.get(text) {
            return Some(*place);
        }
        let place = place(self.texts.len());
        self.texts.push(text.to_owned());
        self.known_texts.insert(text.to_owned(), place);
        Some(place)
    }

    fn maybe(&mut self, text: Option<&str>) -> Cell {
        text.and_then(|text| self.text(text))
    }

    /// As text: the shortest that reads back as the same number.
    fn real(&mut self, number: Option<f64>) -> Cell {
        number.and_then(|number| self.text(&number.to_string()))
    }

    fn row(&mut self, table: Table, row: Vec<Cell>) -> Cell {
        let known = &mut self.known_rows[table as usize];
        if let Some(place) = known.get(&row) {
            return Some(*place);
        }
        let rows = &mut self.tables[table as usize];
        let place = place(rows.len() / table.width());
        rows.extend(row.iter().copied());
        known.insert(row, place);
        Some(place)
    }

    pub(super) fn launch(&mut self, launch: &Launch, before: DateTime<Utc>) -> [Cell; COLUMNS] {
        let Launch { net, status, provider, rocket, orbit, pad, location, moon, .. } = launch;
        let id = |id: i32| Some(i64::from(id));
        let precision = launch.net_precision.as_ref().and_then(|precision| {
            let row = vec![id(precision.id), self.text(&precision.abbrev), self.text(&precision.name)];
            self.row(Table::Precision, row)
        });
        let row = vec![id(status.id), self.text(&status.abbrev), self.text(&status.name)];
        let status = self.row(Table::Status, row);
        let row = vec![id(provider.id), self.text(&provider.name), self.maybe(provider.abbrev.as_deref())];
        let provider = self.row(Table::Provider, row);
        let usual_name = usual_name(rocket, launch.mission.as_ref());
        let name = if usual_name.as_ref() == Some(&launch.name) { None } else { self.text(&launch.name) };
        let row = vec![
            id(rocket.id),
            self.text(&rocket.name),
            self.maybe(rocket.family.as_deref()),
            self.real(rocket.length_m),
            self.real(rocket.leo_capacity_kg),
        ];
        let rocket = self.row(Table::Rocket, row);
        let orbit = orbit.as_ref().and_then(|orbit| {
            let row = vec![
                id(orbit.id),
                self.text(&orbit.name),
                self.text(&orbit.abbrev),
                self.maybe(orbit.celestial_body.as_deref()),
            ];
            self.row(Table::Orbit, row)
        });
        let row = vec![id(pad.id), self.text(&pad.name), self.real(pad.latitude), self.real(pad.longitude)];
        let pad = self.row(Table::Pad, row);
        let row = vec![
            id(location.id),
            self.text(&location.name),
            self.maybe(location.country_code.as_deref()),
            self.maybe(location.timezone.as_deref()),
        ];
        let location = self.row(Table::Location, row);
        let left = moon.delta_v_left_km_s;
        let row = vec![
            MoonTier::ALL.iter().position(|tier| *tier == moon.tier).map(place),
            self.real(left.map(|left| left.low)),
            self.real(left.map(|left| left.high)),
            self.text(&moon.reason),
        ];
        let moon = self.row(Table::Moon, row);
        let programs: Vec<String> = launch
            .programs
            .iter()
            .filter_map(|program| {
                let row = vec![id(program.id), self.text(&program.name)];
                self.row(Table::Program, row).map(|place| place.to_string())
            })
            .collect();
        let programs = if programs.is_empty() { None } else { self.text(&programs.join(",")) };
        let mission = launch.mission.as_ref();
        let forecast = launch.forecast.as_deref();
        let date = forecast.and_then(|forecast| forecast.date);
        [
            name,
            Some(since(*net, before)),
            precision,
            launch.window_start.map(|start| since(start, *net)),
            launch.window_end.map(|end| since(end, *net)),
            status,
            provider,
            rocket,
            mission.map(|mission| i64::from(mission.id)),
            self.maybe(mission.map(|mission| mission.name.as_str())),
            self.maybe(mission.and_then(|mission| mission.kind.as_deref())),
            self.maybe(mission.and_then(|mission| mission.description.as_deref())),
            orbit,
            pad,
            location,
            programs,
            launch.probability.map(i64::from),
            self.maybe(launch.weather_concerns.as_deref()),
            self.maybe(launch.fail_reason.as_deref()),
            Some(i64::from(launch.webcast_live) + launch.crewed.map_or(0, |crewed| if crewed { 4 } else { 2 })),
            self.maybe(launch.image.as_deref()),
            self.maybe(launch.image_credit.as_deref()),
            Some(since(launch.last_updated, DateTime::UNIX_EPOCH)),
            moon,
            // Rare, and as text: a board that the browser kept from an earlier release reads the same.
            if launch.slip_count == 0 { None } else { self.text(&launch.slip_count.to_string()) },
            forecast.map(|forecast| since(forecast.made_at, DateTime::UNIX_EPOCH)),
            forecast.and_then(|forecast| forecast.success).and_then(|success| self.text(&success.to_text())),
            date.map(|date| since(date.announced(), *net)),
            date.and_then(|date| self.text(&date.to_text())),
        ]
    }
}

/// Microseconds, as exact as the database keeps time.
fn since(at: DateTime<Utc>, before: DateTime<Utc>) -> i64 {
    at.timestamp_micros().saturating_sub(before.timestamp_micros())
}

fn place(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
