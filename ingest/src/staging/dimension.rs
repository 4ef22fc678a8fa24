use super::{Batch, columns};
use crate::record::{Agency, Detail, Landing, Location, Record, UNKNOWN, UNKNOWN_ID};

impl Batch {
    /// Adds the dimension members that a launch refers to.
    pub(super) fn keep_members(&mut self, record: &Record<'_>) {
        let status = &record.status;
        self.status.keep(status.id, status.name, usize::from(status.description.is_none()), |row| {
            columns::write_status(row, status);
        });
        if let Some(precision) = &record.net_precision {
            self.net_precision.keep(
                precision.id,
                precision.name,
                usize::from(precision.description.is_none()),
                |row| {
                    columns::write_net_precision(row, precision);
                },
            );
        }
        if let Some(orbit) = &record.orbit {
            self.orbit.keep(orbit.id, orbit.name, orbit.absent.0.len(), |row| columns::write_orbit(row, orbit));
        }
        if let Some(mission) = &record.mission {
            let orbit_id = record.orbit.as_ref().map(|orbit| orbit.id);
            self.mission.keep(mission.id, mission.name, 0, |row| columns::write_mission(row, mission, orbit_id));
        }
        let rocket = &record.rocket_config;
        for agency in [&record.provider].into_iter().chain(&rocket.manufacturer).chain(&record.agencies) {
            self.keep_agency(agency);
        }
        self.rocket_config.keep(rocket.id, rocket.name, rocket.absent.0.len(), |row| {
            columns::write_rocket_config(row, rocket);
        });
        self.keep_place(record);
        for program in &record.programs {
            self.program.keep(program.id, program.name, program.absent.0.len(), |row| {
                columns::write_program(row, program);
            });
        }
        if let Some(detail) = &record.detail {
            self.keep_members_of(detail);
        }
    }

    fn keep_members_of(&mut self, detail: &Detail<'_>) {
        for agency in detail.patches.iter().filter_map(|patch| patch.agency.as_ref()) {
            self.keep_agency(agency);
        }
        for agency in detail.payloads.iter().flat_map(|payload| payload.manufacturer.iter().chain(&payload.operator)) {
            self.keep_agency(agency);
        }
        for astronaut in detail.crew.iter().map(|member| &member.astronaut) {
            if let Some(agency) = &astronaut.agency {
                self.keep_agency(agency);
            }
            self.astronaut.keep(astronaut.id, Some(astronaut.name), astronaut.absent.0.len(), |row| {
                columns::write_astronaut(row, astronaut);
            });
        }
        for booster in &detail.boosters {
            if let Some(launcher) = &booster.launcher {
                self.launcher.keep(launcher.id, launcher.serial_number, launcher.absent.0.len(), |row| {
                    columns::write_launcher(row, launcher);
                });
            }
            self.keep_landing_location(&booster.landing);
        }
        for flight in &detail.spacecraft_flights {
            if let Some(spacecraft) = &flight.spacecraft {
                if let Some(agency) = &spacecraft.manufacturer {
                    self.keep_agency(agency);
                }
                self.spacecraft.keep(spacecraft.id, spacecraft.name, spacecraft.absent.0.len(), |row| {
                    columns::write_spacecraft(row, spacecraft);
                });
            }
            self.keep_landing_location(&flight.landing);
        }
    }

    fn keep_landing_location(&mut self, landing: &Landing<'_>) {
        if let Some(location) = &landing.location {
            self.landing_location.keep(location.id, location.name, location.absent.0.len(), |row| {
                columns::write_landing_location(row, location);
            });
        }
    }

    fn keep_agency(&mut self, agency: &Agency<'_>) {
        self.agency.keep(agency.id, agency.name, agency.absent.0.len(), |row| columns::write_agency(row, agency));
    }

    fn keep_place(&mut self, record: &Record<'_>) {
        // A pad that is new, without a location in its record, gets the unknown location. All launches of an unknown
        // pad share that pad, so it has no location, even if a record contains one.
        let unknown = Location { id: UNKNOWN_ID, name: Some(UNKNOWN), ..Location::default() };
        let known = record.location.as_ref().filter(|_| record.pad.id != UNKNOWN_ID);
        let location = known.unwrap_or(&unknown);
        self.location.keep(location.id, location.name, location.absent.0.len(), |row| {
            columns::write_location(row, location);
        });
        let pad = &record.pad;
        let location_id = known.map(|location| location.id);
        self.pad.keep(pad.id, pad.name, pad.absent.0.len(), |row| columns::write_pad(row, pad, location_id));
    }
}
