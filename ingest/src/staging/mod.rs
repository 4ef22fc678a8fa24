//! The typed records of the run in work, gathered in memory and sent to the `stg_ll2__*` tables in bulk.
//!
//! A launch or dimension member that turns up twice in a run is kept once: the first reading of a launch (its second is the
//! same row met again across a moving page border), the fullest reading of a member.

mod copy;
mod dimension;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use self::copy::{Row, Table, row};
use crate::{
    error::Error,
    record::{Detail, Record},
};

/// What kind of answer named a launch; it decides what the answer says of membership in the upcoming list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listing {
    Upcoming,
    Previous,
    Single,
    FollowUp,
    /// All launches, or all past ones, by some order: it may put a launch on the board and takes none off it (ADR 0007).
    Feed,
}

impl Listing {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Upcoming => "upcoming",
            Self::Previous => "previous",
            Self::Single => "single",
            Self::FollowUp => "follow_up",
            Self::Feed => "feed",
        }
    }

    /// From the column.
    pub(crate) fn of(text: &str) -> Option<Self> {
        [Self::Upcoming, Self::Previous, Self::Single, Self::FollowUp, Self::Feed]
            .into_iter()
            .find(|listing| listing.as_str() == text)
    }
}

/// The members of one dimension, by LL2's id, with how many attributes the reading lacked.
#[derive(Debug)]
struct Members {
    table: Table,
    rows: HashMap<i32, (usize, String)>,
    /// Members that were sent already: their reading stands.
    sent: HashSet<i32>,
}

impl Members {
    fn new(name: &'static str) -> Self {
        Self { table: Table::new(name), rows: HashMap::new(), sent: HashSet::new() }
    }

    fn keep(&mut self, id: i32, name: Option<&str>, lacking: usize, write: impl FnOnce(&mut Row<'_>)) {
        // A name is worth more than all other attributes.
        let lacking = if name.is_none() { lacking + 1000 } else { lacking };
        if !self.sent.contains(&id) && self.rows.get(&id).is_none_or(|(held, _)| lacking < *held) {
            self.rows.insert(id, (lacking, row(write)));
        }
    }

    /// Bytes that wait to be sent.
    fn size(&self) -> usize {
        self.rows.values().map(|(_, row)| row.len()).sum()
    }

    async fn load(&mut self, connection: &mut PgConnection) -> Result<(), Error> {
        for (id, (_, row)) in self.rows.drain() {
            self.table.push(&row);
            self.sent.insert(id);
        }
        self.table.load(connection).await
    }
}

/// So many bytes of rows are kept before they are sent: those of a thousand launches.
const SPILL: usize = 4 * 1024 * 1024;

/// From so many launches on it pays to count them for the planner.
const MANY: u64 = 1000;

/// Everything a run received, ready for `COPY`.
#[derive(Debug)]
pub(crate) struct Batch {
    /// The newest `last_updated` and the oldest NET among the launches: how far a feed was read.
    pub(crate) newest_edit: Option<DateTime<Utc>>,
    pub(crate) oldest_net: Option<DateTime<Utc>>,
    /// A launch has no date, or no time of its last edit.
    is_incomplete: bool,
    /// Rows were sent: staging has been emptied.
    is_spilled: bool,
    seen: HashSet<Uuid>,
    launch: Table,
    gone: Table,
    unread: Table,
    update: Table,
    video: Table,
    patch: Table,
    link: Table,
    crew: Table,
    booster: Table,
    payload: Table,
    launch_program: Table,
    launch_agency: Table,
    status: Members,
    net_precision: Members,
    orbit: Members,
    provider: Members,
    rocket_config: Members,
    location: Members,
    pad: Members,
    mission: Members,
    program: Members,
}

impl Batch {
    pub(crate) fn new() -> Self {
        Self {
            newest_edit: None,
            oldest_net: None,
            is_incomplete: false,
            is_spilled: false,
            seen: HashSet::new(),
            launch: Table::new("stg_ll2__launch"),
            gone: Table::new("stg_ll2__gone"),
            unread: Table::new("stg_ll2__unread"),
            update: Table::new("stg_ll2__update"),
            video: Table::new("stg_ll2__video"),
            patch: Table::new("stg_ll2__patch"),
            link: Table::new("stg_ll2__link"),
            crew: Table::new("stg_ll2__crew"),
            booster: Table::new("stg_ll2__booster"),
            payload: Table::new("stg_ll2__payload"),
            launch_program: Table::new("stg_ll2__launch_program"),
            launch_agency: Table::new("stg_ll2__launch_agency"),
            status: Members::new("stg_ll2__status"),
            net_precision: Members::new("stg_ll2__net_precision"),
            orbit: Members::new("stg_ll2__orbit"),
            provider: Members::new("stg_ll2__provider"),
            rocket_config: Members::new("stg_ll2__rocket_config"),
            location: Members::new("stg_ll2__location"),
            pad: Members::new("stg_ll2__pad"),
            mission: Members::new("stg_ll2__mission"),
            program: Members::new("stg_ll2__program"),
        }
    }

    /// Distinct launches so far.
    pub(crate) fn launch_count(&self) -> usize {
        self.seen.len()
    }

    /// Notes that a launch was listed by a record we could not use: it is not missing.
    pub(crate) fn push_unread(&mut self, launch_id: Uuid) {
        self.unread.row(|row| {
            row.uuid(launch_id);
        });
    }

    /// Notes that LL2 answered 404 for a launch.
    pub(crate) fn push_gone(&mut self, launch_id: Uuid, observed_at: DateTime<Utc>) {
        self.gone.row(|row| {
            row.uuid(launch_id).time(Some(observed_at));
        });
    }

    /// Adds a launch; says whether it is new to the run.
    pub(crate) fn push(&mut self, record: &Record<'_>, listing: Listing, observed_at: DateTime<Utc>) -> bool {
        let id = record.launch.id;
        if !self.seen.insert(id) {
            return false;
        }
        self.newest_edit = self.newest_edit.max(record.launch.last_updated_at);
        self.oldest_net = [self.oldest_net, record.launch.net_at].into_iter().flatten().min();
        self.is_incomplete |= record.launch.net_at.is_none() || record.launch.last_updated_at.is_none();
        self.keep_members(record);

        let mut hash = Sha256::new();
        // What the launch's own row does not hold but its revisions track.
        if let Some(mission) = &record.mission {
            hash.update(row(|row| {
                row.text(mission.name).text(mission.mission_type).integer(record.orbit.as_ref().map(|orbit| orbit.id));
            }));
        }
        let content = row(|row| write_content(row, record));
        hash.update(&content);
        for program in &record.programs {
            hash.update(self.launch_program.row(|row| {
                row.uuid(id).integer(Some(program.id));
            }));
        }
        for agency in &record.agencies {
            hash.update(self.launch_agency.row(|row| {
                row.uuid(id)
                    .integer(Some(agency.id))
                    .text(Some(agency.name))
                    .text(agency.abbrev)
                    .text(agency.kind)
                    .text(agency.country_code.as_deref());
            }));
        }
        if let Some(detail) = &record.detail {
            self.push_detail(id, detail, &mut hash);
        }
        let hash = hash.finalize();
        self.launch.row(|row| {
            row.uuid(id).text(Some(listing.as_str())).time(Some(observed_at)).written(&content).bytes(&hash);
        });
        true
    }

    fn push_detail(&mut self, id: Uuid, detail: &Detail<'_>, hash: &mut Sha256) {
        for update in &detail.updates {
            hash.update(self.update.row(|row| {
                row.uuid(id)
                    .integer(Some(update.id))
                    .text(Some(update.comment))
                    .text(update.info_url)
                    .text(update.created_by)
                    .time(update.created_at);
            }));
        }
        for video in &detail.videos {
            hash.update(self.video.row(|row| {
                row.uuid(id)
                    .text(Some(video.url))
                    .integer(video.priority)
                    .text(video.title)
                    .text(video.publisher)
                    .text(video.source)
                    .text(video.description)
                    .text(video.kind)
                    .text(video.language_code)
                    .time(video.start_at)
                    .time(video.end_at)
                    .flag(video.is_live);
            }));
        }
        for patch in &detail.patches {
            hash.update(self.patch.row(|row| {
                row.uuid(id)
                    .integer(Some(patch.id))
                    .text(Some(patch.name))
                    .integer(patch.priority)
                    .text(patch.image_url)
                    .text(patch.agency_name);
            }));
        }
        for link in &detail.links {
            hash.update(self.link.row(|row| {
                row.uuid(id)
                    .text(Some(link.url))
                    .integer(link.priority)
                    .text(link.title)
                    .text(link.source)
                    .text(link.description)
                    .text(link.kind);
            }));
        }
        for member in &detail.crew {
            hash.update(self.crew.row(|row| {
                row.uuid(id)
                    .integer(Some(member.astronaut_id))
                    .text(Some(member.role))
                    .text(Some(member.name))
                    .text(member.agency_name)
                    .text(member.nationality.as_deref());
            }));
        }
        for (number, booster) in (1_i16..).zip(&detail.boosters) {
            hash.update(self.booster.row(|row| {
                row.uuid(id)
                    .integer(Some(number))
                    .text(booster.stage_type)
                    .text(booster.serial_number)
                    .flag(Some(booster.is_placeholder))
                    .flag(booster.is_reused)
                    .integer(booster.flight_number)
                    .time(booster.previous_flight_at)
                    .flag(booster.landing_attempt)
                    .flag(booster.landing_success)
                    .text(booster.landing_type)
                    .text(booster.landing_location);
            }));
        }
        for payload in &detail.payloads {
            hash.update(self.payload.row(|row| {
                row.uuid(id)
                    .integer(Some(payload.flight_id))
                    .text(Some(payload.name))
                    .text(payload.kind)
                    .text(payload.manufacturer_name)
                    .text(payload.operator_name)
                    .text(payload.destination)
                    .integer(payload.amount)
                    .number(payload.mass_kg)
                    .text(payload.description)
                    .text(payload.info_url)
                    .text(payload.wiki_url);
            }));
        }
    }

    /// Sends what has gathered, once it is much, and forgets it: however long a list, its rows take no more memory than this. The first
    /// call empties staging. Within the caller's transaction, which is the one that publishes.
    pub(crate) async fn spill(&mut self, connection: &mut PgConnection) -> Result<(), Error> {
        let waiting: usize = self.tables().iter().map(|table| table.size()).sum::<usize>() + self.mission.size();
        if waiting < SPILL { Ok(()) } else { self.send(connection).await }
    }

    fn tables(&mut self) -> [&mut Table; 12] {
        [
            &mut self.launch,
            &mut self.gone,
            &mut self.unread,
            &mut self.update,
            &mut self.video,
            &mut self.patch,
            &mut self.link,
            &mut self.crew,
            &mut self.booster,
            &mut self.payload,
            &mut self.launch_program,
            &mut self.launch_agency,
        ]
    }

    async fn send(&mut self, connection: &mut PgConnection) -> Result<(), Error> {
        if !self.is_spilled {
            sqlx::raw_sql(include_str!("../../sql/empty_staging.sql"))
                .execute(&mut *connection)
                .await
                .map_err(|source| Error::Statement { statement: "empty_staging", source })?;
            self.is_spilled = true;
        }
        // As many as there are launches; the other dimensions stay small, and keep their fullest reading to the end.
        self.mission.load(connection).await?;
        for table in self.tables() {
            table.load(connection).await?;
        }
        Ok(())
    }

    /// Replaces what staging holds by this batch, within the caller's transaction.
    pub(crate) async fn load(mut self, connection: &mut PgConnection) -> Result<(), Error> {
        self.send(connection).await?;
        for members in [
            &mut self.status,
            &mut self.net_precision,
            &mut self.orbit,
            &mut self.provider,
            &mut self.rocket_config,
            &mut self.location,
            &mut self.pad,
            &mut self.program,
        ] {
            members.load(connection).await?;
        }
        if self.is_incomplete {
            sqlx::raw_sql(include_str!("../../sql/complete_staging.sql"))
                .execute(&mut *connection)
                .await
                .map_err(|source| Error::Statement { statement: "complete_staging", source })?;
        }
        if self.launch.rows < MANY {
            return Ok(());
        }
        // Emptied and filled again, the tables have the statistics of some other run, if any; with those the planner joins 7,500
        // rows to 7,500 by nested loops. One column is enough to count the rows, and cheap.
        sqlx::raw_sql(
            "analyze stg_ll2__launch (launch_id), stg_ll2__update (launch_id), stg_ll2__mission (mission_id)",
        )
        .execute(&mut *connection)
        .await
        .map_err(|source| Error::Statement { statement: "analyze_staging", source })?;
        Ok(())
    }
}

/// The columns from `is_detailed` to `last_updated_at`: what the content hash covers.
fn write_content(row: &mut Row<'_>, record: &Record<'_>) {
    let launch = &record.launch;
    row.flag(Some(record.detail.is_some()))
        .names(&launch.absent.0)
        .text(Some(launch.name))
        .text(launch.slug)
        .text(launch.launch_designator)
        .integer(Some(record.status.id))
        .integer(Some(record.provider.id))
        .integer(Some(record.rocket_config.id))
        .integer(record.mission.as_ref().map(|mission| mission.id))
        .integer(Some(record.pad.id))
        .time(launch.net_at)
        .integer(record.net_precision.map(|precision| precision.id))
        .time(launch.window_start_at)
        .time(launch.window_end_at)
        .integer(launch.probability_percent)
        .text(launch.weather_concerns)
        .text(launch.fail_reason)
        .text(launch.hashtag)
        .flag(Some(launch.is_webcast_live))
        .text(launch.image_url)
        .text(launch.image_credit)
        .text(launch.infographic_url)
        .text(launch.flightclub_url)
        .text(launch.pad_turnaround)
        .integer(launch.attempts.orbital)
        .integer(launch.attempts.location)
        .integer(launch.attempts.pad)
        .integer(launch.attempts.agency)
        .integer(launch.attempts.orbital_year)
        .integer(launch.attempts.location_year)
        .integer(launch.attempts.pad_year)
        .integer(launch.attempts.agency_year)
        .time(launch.last_updated_at);
}
