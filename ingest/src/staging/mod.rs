//! The typed records of the current run, collected in memory and sent to the `stg_ll2__*` tables in bulk.
//!
//! A launch or dimension member that occurs twice in a run is stored once: the first record of a launch (the second one
//! is the same row again after a shifted page boundary), the most complete record of a member.

mod analyze;
pub(crate) mod columns;
mod copy;
mod dimension;
mod row;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use strum::{EnumString, IntoStaticStr, VariantArray};
use uuid::Uuid;

pub(crate) use self::analyze::analyze;
use self::{
    columns::Staged,
    copy::Table,
    row::{Row, row},
};
use crate::{
    column::{Mark, Value},
    error::Error,
    record::{Detail, Launch, Record},
};

/// The kind of response that contained a launch; it determines what the response implies for membership in the upcoming
/// list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub(crate) enum Listing {
    Upcoming,
    Previous,
    Single,
    FollowUp,
    /// All launches, or all past ones, in some order: it may add a launch to the board but removes none (ADR 0007).
    Feed,
}

/// The members of one dimension, by LL2's id, each with the number of attributes that its record lacked.
#[derive(Debug)]
struct Members {
    table: Table,
    rows: HashMap<i64, (usize, String)>,
    /// Members that were already sent and are no longer replaced.
    sent: HashSet<i64>,
}

impl Members {
    fn new(staged: Staged) -> Self {
        Self { table: Table::new(staged), rows: HashMap::new(), sent: HashSet::new() }
    }

    fn keep(&mut self, id: impl Into<i64>, name: Option<&str>, lacking: usize, write: impl FnOnce(&mut Row<'_>)) {
        let id = id.into();
        // A name has more weight than all other attributes together.
        let lacking = if name.is_none() { lacking + 1000 } else { lacking };
        if !self.sent.contains(&id) && self.rows.get(&id).is_none_or(|(held, _)| lacking < *held) {
            self.rows.insert(id, (lacking, row(write)));
        }
    }

    /// Returns the number of bytes that are not sent yet.
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

/// Rows are sent when they exceed this many bytes, which is about a thousand launches.
const SPILL: usize = 4 * 1024 * 1024;

/// From this number of launches on, it pays to update the planner's statistics.
const MANY: u64 = 1000;

/// Everything a run received, ready for `COPY`.
#[derive(Debug)]
pub(crate) struct Batch {
    /// The newest `last_updated` and the oldest NET of the launches: how far a feed was read.
    pub(crate) newest_edit: Option<DateTime<Utc>>,
    pub(crate) oldest_net: Option<DateTime<Utc>>,
    /// Whether a launch lacks a date or the time of its last edit.
    is_incomplete: bool,
    /// Whether rows were sent, which implies that staging was emptied.
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
    spacecraft_flight: Table,
    payload: Table,
    launch_program: Table,
    launch_agency: Table,
    status: Members,
    net_precision: Members,
    orbit: Members,
    agency: Members,
    rocket_config: Members,
    location: Members,
    pad: Members,
    mission: Members,
    program: Members,
    launcher: Members,
    landing_location: Members,
    astronaut: Members,
    spacecraft: Members,
}

/// Writes what the content hash covers of a launch's own row: everything except LL2's counters, also among the names of
/// absent columns.
fn write_without_counters(row: &mut Row<'_>, launch: &Launch<'_>) {
    for (column, value) in Launch::COLUMNS.iter().zip(launch.values()) {
        match value {
            _ if column.is(Mark::Counter) => {}
            Value::Names(absent) => {
                let is_counter = |name: &str| Launch::COLUMNS.iter().any(|it| it.name == name && it.is(Mark::Counter));
                let others: Vec<&str> = absent.iter().copied().filter(|name| !is_counter(name)).collect();
                row.names(&others);
            }
            value => {
                row.value(value);
            }
        }
    }
}

impl Batch {
    pub(crate) fn new() -> Self {
        Self {
            newest_edit: None,
            oldest_net: None,
            is_incomplete: false,
            is_spilled: false,
            seen: HashSet::new(),
            launch: Table::new(columns::LAUNCH),
            gone: Table::new(columns::GONE),
            unread: Table::new(columns::UNREAD),
            update: Table::new(columns::UPDATE),
            video: Table::new(columns::VIDEO),
            patch: Table::new(columns::PATCH),
            link: Table::new(columns::LINK),
            crew: Table::new(columns::CREW),
            booster: Table::new(columns::BOOSTER),
            spacecraft_flight: Table::new(columns::SPACECRAFT_FLIGHT),
            payload: Table::new(columns::PAYLOAD),
            launch_program: Table::new(columns::LAUNCH_PROGRAM),
            launch_agency: Table::new(columns::LAUNCH_AGENCY),
            status: Members::new(columns::STATUS),
            net_precision: Members::new(columns::NET_PRECISION),
            orbit: Members::new(columns::ORBIT),
            agency: Members::new(columns::AGENCY),
            rocket_config: Members::new(columns::ROCKET_CONFIG),
            location: Members::new(columns::LOCATION),
            pad: Members::new(columns::PAD),
            mission: Members::new(columns::MISSION),
            program: Members::new(columns::PROGRAM),
            launcher: Members::new(columns::LAUNCHER),
            landing_location: Members::new(columns::LANDING_LOCATION),
            astronaut: Members::new(columns::ASTRONAUT),
            spacecraft: Members::new(columns::SPACECRAFT),
        }
    }

    /// Returns the number of distinct launches so far.
    pub(crate) fn launch_count(&self) -> usize {
        self.seen.len()
    }

    /// Notes that a launch was listed by an unusable record: it is not missing.
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

    /// Adds a launch; returns whether it is new in this run.
    pub(crate) fn push(&mut self, record: &Record<'_>, listing: Listing, observed_at: DateTime<Utc>) -> bool {
        let id = record.launch_id;
        if !self.seen.insert(id) {
            return false;
        }
        self.newest_edit = self.newest_edit.max(record.launch.last_updated_at);
        self.oldest_net = [self.oldest_net, record.launch.net_at].into_iter().flatten().min();
        self.is_incomplete |= record.launch.net_at.is_none() || record.launch.last_updated_at.is_none();
        self.keep_members(record);

        let mut hash = Sha256::new();
        // Values that are not in the launch's own row but are tracked by its revisions.
        if let Some(mission) = &record.mission {
            hash.update(row(|row| {
                row.text(mission.name).text(mission.mission_type).integer(record.orbit.as_ref().map(|orbit| orbit.id));
            }));
        }
        let content = row(|row| {
            for value in record.launch.values() {
                row.value(value);
            }
        });
        hash.update(row(|row| write_without_counters(row, &record.launch)));
        for program in &record.programs {
            hash.update(self.launch_program.row(|row| columns::write_launch_program(row, id, program)));
        }
        for agency in &record.agencies {
            hash.update(self.launch_agency.row(|row| columns::write_launch_agency(row, id, agency)));
        }
        if let Some(detail) = &record.detail {
            self.push_detail(id, detail, &mut hash);
        }
        let hash = hash.finalize();
        self.launch.row(|row| {
            row.uuid(id).text(Some(listing.into_str())).time(Some(observed_at)).written(&content).bytes(&hash);
        });
        true
    }

    fn push_detail(&mut self, id: Uuid, detail: &Detail<'_>, hash: &mut Sha256) {
        for update in &detail.updates {
            hash.update(self.update.row(|row| columns::write_update(row, id, update)));
        }
        for video in &detail.videos {
            hash.update(self.video.row(|row| columns::write_video(row, id, video)));
        }
        for patch in &detail.patches {
            hash.update(self.patch.row(|row| columns::write_patch(row, id, patch)));
        }
        for link in &detail.links {
            hash.update(self.link.row(|row| columns::write_link(row, id, link)));
        }
        for member in &detail.crew {
            hash.update(self.crew.row(|row| columns::write_crew(row, id, member)));
        }
        for (number, booster) in (1..).zip(&detail.boosters) {
            hash.update(self.booster.row(|row| columns::write_booster(row, id, number, booster)));
        }
        for flight in &detail.spacecraft_flights {
            hash.update(self.spacecraft_flight.row(|row| columns::write_spacecraft_flight(row, id, flight)));
        }
        for payload in &detail.payloads {
            hash.update(self.payload.row(|row| columns::write_payload(row, id, payload)));
        }
    }

    /// Sends the collected rows and frees them once they exceed a limit, so that memory use does not grow with the
    /// length of a list. The first call empties staging. Runs within the caller's transaction, which is the one that
    /// publishes.
    pub(crate) async fn spill(&mut self, connection: &mut PgConnection) -> Result<(), Error> {
        let waiting: usize = self.tables().iter().map(|table| table.size()).sum::<usize>() + self.mission.size();
        if waiting < SPILL { Ok(()) } else { self.send(connection).await }
    }

    fn tables(&mut self) -> [&mut Table; 13] {
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
            &mut self.spacecraft_flight,
            &mut self.payload,
            &mut self.launch_program,
            &mut self.launch_agency,
        ]
    }

    /// Returns the dimensions except missions, which are sent with the launches.
    fn members(&mut self) -> [&mut Members; 12] {
        [
            &mut self.status,
            &mut self.net_precision,
            &mut self.orbit,
            &mut self.agency,
            &mut self.rocket_config,
            &mut self.location,
            &mut self.pad,
            &mut self.program,
            &mut self.launcher,
            &mut self.landing_location,
            &mut self.astronaut,
            &mut self.spacecraft,
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
        // There are as many missions as launches. The other dimensions stay small, and keep their most complete record
        // until the end.
        self.mission.load(connection).await?;
        for table in self.tables() {
            table.load(connection).await?;
        }
        Ok(())
    }

    /// Replaces the content of staging with this batch, within the caller's transaction.
    pub(crate) async fn load(mut self, connection: &mut PgConnection) -> Result<(), Error> {
        self.send(connection).await?;
        for members in self.members() {
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
        // The tables were emptied and filled again, so they have the statistics of another run, if any. With those the
        // planner joins 7,500 rows to 7,500 by nested loops. Analyzing one column is enough to count the rows, and
        // cheap.
        for (table, column) in
            [("stg_ll2__launch", "launch_id"), ("stg_ll2__update", "launch_id"), ("stg_ll2__mission", "mission_id")]
        {
            analyze(connection, table, column).await?;
        }
        Ok(())
    }
}
