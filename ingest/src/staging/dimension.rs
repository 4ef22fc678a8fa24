use super::Batch;
use crate::record::{Counts, Location, Record, UNKNOWN, UNKNOWN_ID};

use super::copy::Row;

impl Batch {
    /// Keeps the members of dimensions that a launch names.
    pub(super) fn keep_members(&mut self, record: &Record<'_>) {
        for (members, word) in
            [(&mut self.status, Some(record.status)), (&mut self.net_precision, record.net_precision)]
        {
            if let Some(word) = word {
                members.keep(word.id, word.name, usize::from(word.description.is_none()), |row| {
                    row.integer(Some(word.id)).text(word.name).text(word.abbrev).text(word.description);
                });
            }
        }
        if let Some(orbit) = &record.orbit {
            self.orbit.keep(orbit.id, orbit.name, orbit.absent.0.len(), |row| {
                row.integer(Some(orbit.id))
                    .names(&orbit.absent.0)
                    .text(orbit.name)
                    .text(orbit.abbrev)
                    .text(orbit.celestial_body);
            });
        }
        if let Some(mission) = &record.mission {
            self.mission.keep(mission.id, mission.name, 0, |row| {
                row.integer(Some(mission.id))
                    .text(mission.name)
                    .text(mission.mission_type)
                    .text(mission.description)
                    .integer(record.orbit.as_ref().map(|orbit| orbit.id));
            });
        }
        self.keep_provider(record);
        self.keep_rocket(record);
        self.keep_place(record);
        for program in &record.programs {
            self.program.keep(program.id, program.name, program.absent.0.len(), |row| {
                row.integer(Some(program.id))
                    .names(&program.absent.0)
                    .text(program.name)
                    .text(program.description)
                    .text(program.kind)
                    .day(program.start_date)
                    .day(program.end_date)
                    .text(program.info_url)
                    .text(program.wiki_url)
                    .text(program.image_url);
            });
        }
    }

    fn keep_provider(&mut self, record: &Record<'_>) {
        let provider = &record.provider;
        self.provider.keep(provider.id, provider.name, provider.absent.0.len(), |row| {
            row.integer(Some(provider.id))
                .names(&provider.absent.0)
                .text(provider.name)
                .text(provider.abbrev)
                .text(provider.kind)
                .text(provider.country_code.as_deref())
                .text(provider.description)
                .text(provider.administrator)
                .integer(provider.founding_year);
            write_counts(row, provider.counts);
            row.text(provider.info_url).text(provider.wiki_url).text(provider.logo_url).text(provider.image_url);
        });
    }

    fn keep_rocket(&mut self, record: &Record<'_>) {
        let rocket = &record.rocket_config;
        self.rocket_config.keep(rocket.id, rocket.name, rocket.absent.0.len(), |row| {
            row.integer(Some(rocket.id))
                .names(&rocket.absent.0)
                .text(rocket.name)
                .text(rocket.full_name)
                .text(rocket.family)
                .text(rocket.variant)
                .text(rocket.manufacturer_name)
                .flag(rocket.is_active)
                .flag(rocket.is_reusable)
                .text(rocket.description)
                .number(rocket.length_m)
                .number(rocket.diameter_m)
                .number(rocket.launch_mass_t)
                .number(rocket.leo_capacity_kg)
                .number(rocket.gto_capacity_kg)
                .number(rocket.liftoff_thrust_kn)
                .integer(rocket.launch_cost_usd)
                .day(rocket.maiden_flight_date);
            write_counts(row, rocket.counts);
            row.text(rocket.info_url).text(rocket.wiki_url).text(rocket.image_url);
        });
    }

    fn keep_place(&mut self, record: &Record<'_>) {
        // Of a pad that we do not know by another location it is the one. Launches of an unknown pad share that pad: it has no place, also
        // where a record names one.
        let unknown = Location { id: UNKNOWN_ID, name: Some(UNKNOWN), ..Location::default() };
        let known = record.location.as_ref().filter(|_| record.pad.id != UNKNOWN_ID);
        let location = known.unwrap_or(&unknown);
        self.location.keep(location.id, location.name, location.absent.0.len(), |row| {
            row.integer(Some(location.id))
                .names(&location.absent.0)
                .text(location.name)
                .text(location.country_code)
                .text(location.timezone_name)
                .number(location.latitude)
                .number(location.longitude)
                .text(location.celestial_body)
                .text(location.description)
                .integer(location.total_launch_count)
                .integer(location.total_landing_count);
        });
        let pad = &record.pad;
        self.pad.keep(pad.id, pad.name, pad.absent.0.len(), |row| {
            row.integer(Some(pad.id))
                .names(&pad.absent.0)
                .text(pad.name)
                .integer(known.map(|location| location.id))
                .number(pad.latitude)
                .number(pad.longitude)
                .text(pad.country_code)
                .text(pad.description)
                .integer(pad.total_launch_count)
                .integer(pad.orbital_launch_attempt_count)
                .text(pad.map_url)
                .text(pad.wiki_url)
                .text(pad.info_url);
        });
    }
}

fn write_counts(row: &mut Row<'_>, counts: Counts) {
    row.integer(counts.total)
        .integer(counts.successful)
        .integer(counts.failed)
        .integer(counts.pending)
        .integer(counts.consecutive_successful);
}
