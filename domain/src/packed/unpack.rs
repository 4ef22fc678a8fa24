//! From cells to launches; whatever came over the wire may be damaged.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{Cell, Damaged, Packed, TABLES, Table, usual_name};
use crate::{
    DateForecast, DeltaV, Launch, LaunchForecast, Location, Mission, MoonReach, MoonTier, NetPrecision, Orbit, Pad,
    Program, Provider, Rocket, Status, SuccessForecast,
};

impl Packed {
    pub(super) fn launches(&self) -> Result<Vec<Launch>, Damaged> {
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
                slip_count: match slips[at] {
                    None => 0,
                    count => self.borrowed(count)?.trim_end().parse().map_err(|_| Damaged)?,
                },
                moon: self.moon(moon[at])?,
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

fn after(before: DateTime<Utc>, microseconds: i64) -> Result<DateTime<Utc>, Damaged> {
    before.checked_add_signed(TimeDelta::microseconds(microseconds)).ok_or(Damaged)
}

fn small(cell: Cell) -> Result<i32, Damaged> {
    cell.and_then(|number| number.try_into().ok()).ok_or(Damaged)
}
