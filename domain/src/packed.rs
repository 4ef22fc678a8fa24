//! A board as it crosses the wire: columns of numbers over one list of the texts that differ.
//!
//! A launch as JSON is 1.5 kB, most of it said a hundred times over: the names of a few providers, rockets and pads. Here every
//! text is written once, and what several launches share is a row of a table. Lossless, and read without a type of its own for
//! each shape: the browser half carries the reading of texts and of numbers, and no more.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use uuid::Uuid;

use crate::{
    Board, DateForecast, DeltaV, Freshness, Launch, LaunchForecast, Location, Mission, MoonReach, MoonTier,
    NetPrecision, Orbit, Pad, Program, Provider, Rocket, Status, SuccessForecast, Then,
};

/// A number, the place of a text, the place of a row in a table; none where the source gives none.
type Cell = Option<i64>;

/// The form on the wire.
#[derive(Serialize, Deserialize)]
struct Packed {
    now: DateTime<Utc>,
    freshness: Freshness,
    past_from: Option<u32>,
    then: Option<Then>,
    /// The launches' ids, 32 digits each.
    ids: String,
    texts: Vec<String>,
    /// What launches share: rows of fixed width, one after the other.
    tables: Vec<Vec<Cell>>,
    /// One list per column, one cell per launch.
    columns: Vec<Vec<Cell>>,
}

/// A packed board that cannot be: cut short, or of another version of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the packed board is damaged")]
struct Damaged;

/// The tables with the width of their rows.
#[derive(Clone, Copy)]
enum Table {
    Precision,
    Status,
    Provider,
    Rocket,
    Orbit,
    Pad,
    Location,
    Moon,
    Program,
}

const TABLES: [Table; 9] = [
    Table::Precision,
    Table::Status,
    Table::Provider,
    Table::Rocket,
    Table::Orbit,
    Table::Pad,
    Table::Location,
    Table::Moon,
    Table::Program,
];

impl Table {
    fn width(self) -> usize {
        match self {
            Self::Precision | Self::Status | Self::Provider => 3,
            Self::Orbit | Self::Pad | Self::Location | Self::Moon => 4,
            Self::Rocket => 5,
            Self::Program => 2,
        }
    }
}

/// Cells of a launch, in the order of [`Packer::launch`] and [`Reader::launch`].
const COLUMNS: usize = 29;

impl Serialize for Board {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut packer = Packer::default();
        let mut columns: Vec<Vec<Cell>> = vec![Vec::new(); COLUMNS];
        let mut before = DateTime::UNIX_EPOCH;
        for launch in &self.launches {
            for (column, cell) in columns.iter_mut().zip(packer.launch(launch, before)) {
                column.push(cell);
            }
            before = launch.net;
        }
        let ids = self.launches.iter().map(|launch| launch.id.simple().to_string()).collect();
        Packed {
            now: self.now,
            freshness: self.freshness.clone(),
            past_from: self.past_from.and_then(|from| u32::try_from(from).ok()),
            then: self.then,
            ids,
            texts: packer.texts,
            tables: packer.tables.into(),
            columns,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Board {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let packed = Packed::deserialize(deserializer)?;
        let launches = packed.launches().map_err(D::Error::custom)?;
        Ok(Self {
            launches,
            past_from: packed.past_from.map(|from| from as usize),
            then: packed.then,
            freshness: packed.freshness,
            now: packed.now,
        })
    }
}

#[derive(Default)]
struct Packer {
    texts: Vec<String>,
    known_texts: HashMap<String, i64>,
    tables: [Vec<Cell>; TABLES.len()],
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

    fn launch(&mut self, launch: &Launch, before: DateTime<Utc>) -> [Cell; COLUMNS] {
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
            // Rare together: the count of slips, and a score as a text behind it.
            match launch.score {
                None if launch.slip_count == 0 => None,
                score => self.text(&format!(
                    "{} {}",
                    launch.slip_count,
                    score.map(|score| score.to_string()).unwrap_or_default()
                )),
            },
            forecast.map(|forecast| since(forecast.made_at, DateTime::UNIX_EPOCH)),
            forecast.and_then(|forecast| forecast.success).and_then(|success| self.text(&success.to_text())),
            date.map(|date| since(date.announced(), *net)),
            date.and_then(|date| self.text(&date.to_text())),
        ]
    }
}

impl Packed {
    fn launches(&self) -> Result<Vec<Launch>, Damaged> {
        let [
            name,
            net,
            precision,
            window_start,
            window_end,
            status,
            provider,
            rocket,
            mission,
            mission_name,
            kind,
            description,
            orbit,
            pad,
            location,
            programs,
            probability,
            weather,
            fail_reason,
            flags,
            image,
            image_credit,
            updated,
            moon,
            slips,
            made_at,
            success,
            announced,
            date,
        ] = self.columns.as_slice()
        else {
            return Err(Damaged);
        };
        let count = self.ids.len() / 32;
        if self.columns.iter().any(|column| column.len() != count) || self.tables.len() != TABLES.len() {
            return Err(Damaged);
        }
        let mut before = DateTime::UNIX_EPOCH;
        let mut launches = Vec::with_capacity(count);
        for at in 0..count {
            let id = self.ids.get(at * 32..at * 32 + 32).ok_or(Damaged)?;
            let net = after(before, net[at].ok_or(Damaged)?)?;
            before = net;
            let rocket = self.rocket(rocket[at])?;
            let mission = match mission[at] {
                None => None,
                Some(id) => Some(Mission {
                    id: small(Some(id))?,
                    name: self.text(mission_name[at])?,
                    kind: self.maybe(kind[at])?,
                    description: self.maybe(description[at])?,
                }),
            };
            let name = match name[at] {
                None => usual_name(&rocket, mission.as_ref()).ok_or(Damaged)?,
                name => self.text(name)?,
            };
            let flags = flags[at].ok_or(Damaged)?;
            let slips = self.maybe(slips[at])?;
            let (slip_count, score) = match &slips {
                None => (0, None),
                Some(both) => {
                    let (slips, score) = both.split_once(' ').ok_or(Damaged)?;
                    let score = if score.is_empty() { None } else { Some(score.parse().map_err(|_| Damaged)?) };
                    (slips.parse().map_err(|_| Damaged)?, score)
                }
            };
            launches.push(Launch {
                id: Uuid::try_parse(id).map_err(|_| Damaged)?,
                name,
                net,
                net_precision: self.precision(precision[at])?,
                window_start: window_start[at].map(|start| after(net, start)).transpose()?,
                window_end: window_end[at].map(|end| after(net, end)).transpose()?,
                status: self.status(status[at])?,
                provider: self.provider(provider[at])?,
                rocket,
                mission,
                orbit: self.orbit(orbit[at])?,
                pad: self.pad(pad[at])?,
                location: self.location(location[at])?,
                programs: self.programs(programs[at])?,
                probability: probability[at].map(|percent| percent.try_into().map_err(|_| Damaged)).transpose()?,
                weather_concerns: self.maybe(weather[at])?,
                fail_reason: self.maybe(fail_reason[at])?,
                webcast_live: flags & 1 == 1,
                crewed: match flags >> 1 {
                    1 => Some(false),
                    2 => Some(true),
                    _ => None,
                },
                image: self.maybe(image[at])?,
                image_credit: self.maybe(image_credit[at])?,
                last_updated: after(DateTime::UNIX_EPOCH, updated[at].ok_or(Damaged)?)?,
                slip_count,
                moon: self.moon(moon[at])?,
                score,
                forecast: self.forecast(net, made_at[at], success[at], announced[at], date[at])?,
            });
        }
        Ok(launches)
    }

    fn row(&self, table: Table, place: Cell) -> Result<&[Cell], Damaged> {
        let place = usize::try_from(place.ok_or(Damaged)?).map_err(|_| Damaged)?;
        let start = place.checked_mul(table.width()).ok_or(Damaged)?;
        self.tables[table as usize].get(start..start + table.width()).ok_or(Damaged)
    }

    fn maybe(&self, place: Cell) -> Result<Option<String>, Damaged> {
        place.map(|_| self.text(place)).transpose()
    }

    fn text(&self, place: Cell) -> Result<String, Damaged> {
        self.borrowed(place).map(str::to_owned)
    }

    fn borrowed(&self, place: Cell) -> Result<&str, Damaged> {
        let place = usize::try_from(place.ok_or(Damaged)?).map_err(|_| Damaged)?;
        self.texts.get(place).map(String::as_str).ok_or(Damaged)
    }

    fn real(&self, place: Cell) -> Result<Option<f64>, Damaged> {
        place.map(|_| self.borrowed(place)?.parse().map_err(|_| Damaged)).transpose()
    }

    fn precision(&self, place: Cell) -> Result<Option<NetPrecision>, Damaged> {
        if place.is_none() {
            return Ok(None);
        }
        let row = self.row(Table::Precision, place)?;
        Ok(Some(NetPrecision { id: small(row[0])?, abbrev: self.text(row[1])?, name: self.text(row[2])? }))
    }

    fn status(&self, place: Cell) -> Result<Status, Damaged> {
        let row = self.row(Table::Status, place)?;
        Ok(Status { id: small(row[0])?, abbrev: self.text(row[1])?, name: self.text(row[2])? })
    }

    fn provider(&self, place: Cell) -> Result<Provider, Damaged> {
        let row = self.row(Table::Provider, place)?;
        Ok(Provider { id: small(row[0])?, name: self.text(row[1])?, abbrev: self.maybe(row[2])? })
    }

    fn rocket(&self, place: Cell) -> Result<Rocket, Damaged> {
        let row = self.row(Table::Rocket, place)?;
        Ok(Rocket {
            id: small(row[0])?,
            name: self.text(row[1])?,
            family: self.maybe(row[2])?,
            length_m: self.real(row[3])?,
            leo_capacity_kg: self.real(row[4])?,
        })
    }

    fn orbit(&self, place: Cell) -> Result<Option<Orbit>, Damaged> {
        if place.is_none() {
            return Ok(None);
        }
        let row = self.row(Table::Orbit, place)?;
        Ok(Some(Orbit {
            id: small(row[0])?,
            name: self.text(row[1])?,
            abbrev: self.text(row[2])?,
            celestial_body: self.maybe(row[3])?,
        }))
    }

    fn pad(&self, place: Cell) -> Result<Pad, Damaged> {
        let row = self.row(Table::Pad, place)?;
        Ok(Pad {
            id: small(row[0])?,
            name: self.text(row[1])?,
            latitude: self.real(row[2])?,
            longitude: self.real(row[3])?,
        })
    }

    fn location(&self, place: Cell) -> Result<Location, Damaged> {
        let row = self.row(Table::Location, place)?;
        Ok(Location {
            id: small(row[0])?,
            name: self.text(row[1])?,
            country_code: self.maybe(row[2])?,
            timezone: self.maybe(row[3])?,
        })
    }

    fn moon(&self, place: Cell) -> Result<MoonReach, Damaged> {
        let row = self.row(Table::Moon, place)?;
        let tier = row[0].and_then(|tier| usize::try_from(tier).ok());
        let tier = tier.and_then(|tier| MoonTier::ALL.get(tier).copied()).ok_or(Damaged)?;
        let left = self.real(row[1])?.zip(self.real(row[2])?);
        Ok(MoonReach {
            tier,
            delta_v_left_km_s: left.map(|(low, high)| DeltaV { low, high }),
            reason: self.text(row[3])?,
        })
    }

    fn forecast(
        &self,
        net: DateTime<Utc>,
        made_at: Cell,
        success: Cell,
        announced: Cell,
        date: Cell,
    ) -> Result<Option<Box<LaunchForecast>>, Damaged> {
        let Some(made_at) = made_at else { return Ok(None) };
        let success = match success {
            None => None,
            place => Some(SuccessForecast::from_text(self.borrowed(place)?).ok_or(Damaged)?),
        };
        let date = match announced {
            None => None,
            Some(announced) => {
                let announced = after(net, announced)?;
                Some(DateForecast::from_text(self.borrowed(date)?, announced).ok_or(Damaged)?)
            }
        };
        Ok(Some(Box::new(LaunchForecast { made_at: after(DateTime::UNIX_EPOCH, made_at)?, success, date })))
    }

    fn programs(&self, places: Cell) -> Result<Vec<Program>, Damaged> {
        if places.is_none() {
            return Ok(Vec::new());
        }
        self.borrowed(places)?
            .split(',')
            .map(|place| {
                let row = self.row(Table::Program, place.parse().ok())?;
                Ok(Program { id: small(row[0])?, name: self.text(row[1])? })
            })
            .collect()
    }
}

/// "Falcon 9 Block 5 | Starlink Group 17-17": how LL2 names nearly all.
fn usual_name(rocket: &Rocket, mission: Option<&Mission>) -> Option<String> {
    mission.map(|mission| format!("{} | {}", rocket.name, mission.name))
}

/// Microseconds, as exact as the database keeps time.
fn since(at: DateTime<Utc>, before: DateTime<Utc>) -> i64 {
    at.timestamp_micros().saturating_sub(before.timestamp_micros())
}

fn after(before: DateTime<Utc>, microseconds: i64) -> Result<DateTime<Utc>, Damaged> {
    before.checked_add_signed(TimeDelta::microseconds(microseconds)).ok_or(Damaged)
}

fn small(cell: Cell) -> Result<i32, Damaged> {
    cell.and_then(|number| number.try_into().ok()).ok_or(Damaged)
}

fn place(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
