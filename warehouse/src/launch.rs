use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AgencyRecord, Attempts, Booster, CrewMember, FlightRecord, Launch, LaunchDetail, Link, NetChange, PadRecord, Patch,
    Payload, ProgramRecord, ProviderRecord, Revision, RocketRecord, SpacecraftFlight, Status, Subject, Tally, Update,
    Video,
};
use sqlx::{FromRow, Row as _, postgres::PgRow};
use uuid::Uuid;

use crate::{Db, Error, net_precision::net_precision, text_column::parsed};

impl Db {
    /// Everything known about one launch, or none when we never observed it.
    pub async fn launch_detail(&self, id: Uuid) -> Result<Option<LaunchDetail>, Error> {
        let Some(launch) = self.launch(id).await? else { return Ok(None) };
        let (record, updates, videos, links, crew, boosters) = tokio::try_join!(
            self.record(id),
            self.children::<UpdateRow>(id, include_str!("../queries/launch_update.sql"), "launch_update"),
            self.children::<VideoRow>(id, include_str!("../queries/launch_video.sql"), "launch_video"),
            self.children::<LinkRow>(id, include_str!("../queries/launch_link.sql"), "launch_link"),
            self.children::<CrewRow>(id, include_str!("../queries/launch_crew.sql"), "launch_crew"),
            self.children::<BoosterRow>(id, include_str!("../queries/launch_booster.sql"), "launch_booster"),
        )?;
        let (spacecraft, programs, payloads) = tokio::try_join!(
            self.children::<SpacecraftRow>(id, include_str!("../queries/launch_spacecraft.sql"), "launch_spacecraft"),
            self.children::<ProgramRow>(id, include_str!("../queries/launch_program.sql"), "launch_program"),
            self.children::<PayloadRow>(id, include_str!("../queries/launch_payload.sql"), "launch_payload"),
        )?;
        let (agencies, patches, revisions, changes, freshness, now) = tokio::try_join!(
            self.children::<AgencyRow>(id, include_str!("../queries/launch_agency.sql"), "launch_agency"),
            self.children::<PatchRow>(id, include_str!("../queries/launch_patch.sql"), "launch_patch"),
            self.children::<RevisionRow>(id, include_str!("../queries/launch_revision.sql"), "launch_revision"),
            self.children::<ChangeRow>(id, include_str!("../queries/net_change.sql"), "net_change"),
            self.freshness(),
            self.now(),
        )?;
        let Some(mut record) = record else { return Ok(None) };
        (record.provider.held, record.rocket.held, record.pad.held) = tokio::try_join!(
            self.tally(Subject::Provider, launch.provider.id),
            self.tally(Subject::Rocket, launch.rocket.id),
            self.tally(Subject::Pad, launch.pad.id),
        )?;
        let related = related(&launch, &self.published(freshness.run_id).await?, now);
        Ok(Some(LaunchDetail {
            launch,
            is_upcoming: record.is_upcoming,
            deleted_at: record.deleted_at,
            first_seen_at: record.first_seen_at,
            designator: record.designator,
            hashtag: record.hashtag,
            flightclub_url: record.flightclub_url,
            infographic_url: record.infographic_url,
            attempts: record.attempts,
            provider: record.provider,
            rocket: record.rocket,
            pad: record.pad,
            updates: updates.into_iter().map(|row| row.0).collect(),
            videos: videos.into_iter().map(|row| row.0).collect(),
            patches: patches.into_iter().map(|row| row.0).collect(),
            links: links.into_iter().map(|row| row.0).collect(),
            crew: crew.into_iter().map(|row| row.0).collect(),
            boosters: boosters.into_iter().map(|row| row.0).collect(),
            spacecraft: spacecraft.into_iter().map(|row| row.0).collect(),
            agencies: agencies.into_iter().map(|row| row.0).collect(),
            programs: programs.into_iter().map(|row| row.0).collect(),
            payloads: payloads.into_iter().map(|row| row.0).collect(),
            has_detail: record.has_detail,
            revisions: revisions.into_iter().map(|row| row.0).collect(),
            changes: changes.into_iter().map(|row| row.0).collect(),
            related,
            freshness,
            now,
        }))
    }

    /// The observed changes of a launch's date, newest first; none when we never observed the launch.
    pub async fn net_changes(&self, id: Uuid) -> Result<Option<Vec<NetChange>>, Error> {
        let sql = include_str!("../queries/net_change.sql");
        let changes: Vec<NetChange> =
            self.children::<ChangeRow>(id, sql, "net_change").await?.into_iter().map(|row| row.0).collect();
        let is_known = "select exists (select from fact_launch where launch_id = $1)";
        let is_known: bool =
            sqlx::query_scalar(is_known).bind(id).fetch_one(self.pool()).await.map_err(Error::read("net_change"))?;
        Ok(is_known.then_some(changes))
    }

    async fn record(&self, id: Uuid) -> Result<Option<RecordRow>, Error> {
        sqlx::query_as(include_str!("../queries/launch_record.sql"))
            .bind(id)
            .fetch_optional(self.pool())
            .await
            .map_err(Error::read("launch_record"))
    }

    /// Rows that belong to one launch. The statement is one of our own files: `$1` is the launch.
    async fn children<Row>(&self, id: Uuid, sql: &'static str, query: &'static str) -> Result<Vec<Row>, Error>
    where
        Row: for<'row> FromRow<'row, PgRow> + Send + Unpin,
    {
        sqlx::query_as(sql).bind(id).fetch_all(self.pool()).await.map_err(Error::read(query))
    }
}

/// The largest number of related launches for each shared subject.
const RELATED: usize = 3;

/// The next launches that share the pad, the rocket or the provider of `launch`: the first few of each, each once, in NET order.
fn related(launch: &Launch, upcoming: &[Launch], now: DateTime<Utc>) -> Vec<Launch> {
    let ahead =
        |other: &Launch| other.id != launch.id && !other.status_kind().has_left_the_pad() && !other.net_passed(now);
    let firsts = |subject: Subject| {
        let shares = move |other: &&Launch| subject.of(other) == subject.of(launch) && ahead(other);
        upcoming.iter().filter(shares).take(RELATED).map(|other| other.id).collect::<Vec<_>>()
    };
    let chosen: Vec<Uuid> = Subject::ALL.into_iter().flat_map(firsts).collect();
    upcoming.iter().filter(|other| chosen.contains(&other.id)).cloned().collect()
}

struct RecordRow {
    is_upcoming: bool,
    deleted_at: Option<DateTime<Utc>>,
    first_seen_at: DateTime<Utc>,
    designator: Option<String>,
    hashtag: Option<String>,
    flightclub_url: Option<String>,
    infographic_url: Option<String>,
    has_detail: bool,
    attempts: Attempts,
    provider: ProviderRecord,
    rocket: RocketRecord,
    pad: PadRecord,
}

impl FromRow<'_, PgRow> for RecordRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            is_upcoming: row.try_get("is_upcoming")?,
            deleted_at: row.try_get("deleted_at")?,
            first_seen_at: row.try_get("first_seen_at")?,
            designator: row.try_get("launch_designator")?,
            hashtag: row.try_get("hashtag")?,
            flightclub_url: row.try_get("flightclub_url")?,
            infographic_url: row.try_get("infographic_url")?,
            has_detail: row.try_get("has_detail")?,
            attempts: Attempts {
                orbital: row.try_get("orbital_launch_attempt_count")?,
                orbital_year: row.try_get("orbital_launch_attempt_count_year")?,
                provider: row.try_get("agency_launch_attempt_count")?,
                provider_year: row.try_get("agency_launch_attempt_count_year")?,
                pad: row.try_get("pad_launch_attempt_count")?,
                pad_year: row.try_get("pad_launch_attempt_count_year")?,
            },
            provider: provider_record(row)?,
            rocket: rocket_record(row)?,
            pad: pad_record(row)?,
        })
    }
}

/// LL2's counters of a provider or a rocket.
pub(crate) fn flight_record(row: &PgRow, prefix: &str) -> Result<FlightRecord, sqlx::Error> {
    let count = |what: &str| row.try_get(format!("{prefix}_{what}_launch_count").as_str());
    Ok(FlightRecord {
        total: count("total")?,
        successful: count("successful")?,
        failed: count("failed")?,
        pending: count("pending")?,
        consecutive_successful: count("consecutive_successful")?,
    })
}

/// LL2's record of a provider; our own count comes from another statement.
pub(crate) fn provider_record(row: &PgRow) -> Result<ProviderRecord, sqlx::Error> {
    Ok(ProviderRecord {
        id: row.try_get("provider_id")?,
        name: row.try_get("provider_name")?,
        abbrev: row.try_get("provider_abbrev")?,
        kind: row.try_get("provider_type")?,
        country_code: row.try_get("provider_country_code")?,
        description: row.try_get("provider_description")?,
        administrator: row.try_get("administrator")?,
        founding_year: row.try_get("founding_year")?,
        record: flight_record(row, "provider")?,
        held: Tally::default(),
        info_url: row.try_get("provider_info_url")?,
        wiki_url: row.try_get("provider_wiki_url")?,
    })
}

/// LL2's record of a rocket; our own count comes from another statement.
pub(crate) fn rocket_record(row: &PgRow) -> Result<RocketRecord, sqlx::Error> {
    Ok(RocketRecord {
        id: row.try_get("rocket_config_id")?,
        name: row.try_get("rocket_name")?,
        family: row.try_get("family")?,
        variant: row.try_get("variant")?,
        manufacturer: row.try_get("manufacturer_name")?,
        description: row.try_get("rocket_description")?,
        length_m: row.try_get("length_m")?,
        diameter_m: row.try_get("diameter_m")?,
        launch_mass_t: row.try_get("launch_mass_t")?,
        leo_capacity_kg: row.try_get("leo_capacity_kg")?,
        gto_capacity_kg: row.try_get("gto_capacity_kg")?,
        liftoff_thrust_kn: row.try_get("liftoff_thrust_kn")?,
        launch_cost_usd: row.try_get("launch_cost_usd")?,
        maiden_flight: row.try_get::<Option<NaiveDate>, _>("maiden_flight_date")?,
        is_reusable: row.try_get("is_reusable")?,
        record: flight_record(row, "rocket")?,
        held: Tally::default(),
        info_url: row.try_get("rocket_info_url")?,
        wiki_url: row.try_get("rocket_wiki_url")?,
    })
}

/// LL2's record of a pad; our own count comes from another statement.
pub(crate) fn pad_record(row: &PgRow) -> Result<PadRecord, sqlx::Error> {
    Ok(PadRecord {
        description: row.try_get("pad_description")?,
        total_launch_count: row.try_get("pad_total_launch_count")?,
        held: Tally::default(),
        map_url: row.try_get("map_url")?,
        wiki_url: row.try_get("pad_wiki_url")?,
    })
}

struct UpdateRow(Update);
impl FromRow<'_, PgRow> for UpdateRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(Update {
            id: row.try_get("update_id")?,
            comment: row.try_get("comment")?,
            info_url: row.try_get("info_url")?,
            created_by: row.try_get("created_by")?,
            created_at: row.try_get("created_at")?,
        }))
    }
}

struct VideoRow(Video);
impl FromRow<'_, PgRow> for VideoRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(Video {
            url: row.try_get("url")?,
            title: row.try_get("title")?,
            publisher: row.try_get("publisher")?,
            kind: row.try_get("type")?,
            language_code: row.try_get("language_code")?,
            start_at: row.try_get("start_at")?,
            is_live: row.try_get("is_live")?,
        }))
    }
}

struct PatchRow(Patch);
impl FromRow<'_, PgRow> for PatchRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(Patch {
            name: row.try_get("name")?,
            image: row.try_get("image_url")?,
            agency: row.try_get("agency_name")?,
        }))
    }
}

struct ProgramRow(ProgramRecord);
impl FromRow<'_, PgRow> for ProgramRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(ProgramRecord {
            id: row.try_get("program_id")?,
            name: row.try_get("name")?,
            kind: row.try_get("type")?,
            description: row.try_get("description")?,
            start_date: row.try_get("start_date")?,
            end_date: row.try_get("end_date")?,
            info_url: row.try_get("info_url")?,
            wiki_url: row.try_get("wiki_url")?,
            upcoming_count: row.try_get("upcoming_count")?,
        }))
    }
}

struct PayloadRow(Payload);
impl FromRow<'_, PgRow> for PayloadRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(Payload {
            flight_id: row.try_get("payload_flight_id")?,
            name: row.try_get("name")?,
            kind: row.try_get("type")?,
            manufacturer: row.try_get("manufacturer_name")?,
            operator: row.try_get("operator_name")?,
            destination: row.try_get("destination")?,
            amount: row.try_get("amount")?,
            mass_kg: row.try_get("mass_kg")?,
            description: row.try_get("description")?,
            info_url: row.try_get("info_url")?,
            wiki_url: row.try_get("wiki_url")?,
        }))
    }
}

struct LinkRow(Link);
impl FromRow<'_, PgRow> for LinkRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(Link {
            url: row.try_get("url")?,
            title: row.try_get("title")?,
            source: row.try_get("source")?,
            kind: row.try_get("type")?,
        }))
    }
}

struct CrewRow(CrewMember);
impl FromRow<'_, PgRow> for CrewRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(CrewMember {
            name: row.try_get("name")?,
            role: row.try_get("role")?,
            agency: row.try_get("agency_name")?,
            nationality: row.try_get("nationality")?,
        }))
    }
}

struct BoosterRow(Booster);
impl FromRow<'_, PgRow> for BoosterRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(Booster {
            stage_type: row.try_get("stage_type")?,
            serial_number: row.try_get("serial_number")?,
            is_placeholder: row.try_get("is_placeholder")?,
            is_reused: row.try_get("is_reused")?,
            flight_number: row.try_get("flight_number")?,
            landing_attempt: row.try_get("landing_attempt")?,
            landing_success: row.try_get("landing_success")?,
            landing_type: row.try_get("landing_type")?,
            landing_location: row.try_get("landing_location")?,
        }))
    }
}

struct SpacecraftRow(SpacecraftFlight);
impl FromRow<'_, PgRow> for SpacecraftRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(SpacecraftFlight {
            flight_id: row.try_get("spacecraft_flight_id")?,
            id: row.try_get("spacecraft_id")?,
            name: row.try_get("name")?,
            serial_number: row.try_get("serial_number")?,
            model: row.try_get("config_name")?,
            is_placeholder: row.try_get("is_placeholder")?,
            destination: row.try_get("destination")?,
            mission_end: row.try_get("mission_end_at")?,
            landing_attempt: row.try_get("landing_attempt")?,
            landing_success: row.try_get("landing_success")?,
            landing_type: row.try_get("landing_type")?,
            landing_location: row.try_get("landing_location")?,
        }))
    }
}

struct AgencyRow(AgencyRecord);
impl FromRow<'_, PgRow> for AgencyRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(AgencyRecord {
            id: row.try_get("agency_id")?,
            name: row.try_get("name")?,
            abbrev: row.try_get("abbrev")?,
            kind: row.try_get("type")?,
            country_code: row.try_get("country_code")?,
        }))
    }
}

struct RevisionRow(Revision);
impl FromRow<'_, PgRow> for RevisionRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(Revision {
            number: row.try_get("revision_number")?,
            valid_from: row.try_get("valid_from")?,
            valid_to: row.try_get("valid_to")?,
            name: row.try_get("name")?,
            status: Status {
                id: row.try_get("status_id")?,
                abbrev: row.try_get("status_abbrev")?,
                name: row.try_get("status_name")?,
            },
            net: row.try_get("net_at")?,
            net_precision: net_precision(
                row.try_get("net_precision_id")?,
                row.try_get("net_precision_abbrev")?,
                row.try_get("net_precision_name")?,
            ),
            window_start: row.try_get("window_start_at")?,
            window_end: row.try_get("window_end_at")?,
            provider: row.try_get("provider_name")?,
            rocket: row.try_get("rocket_name")?,
            pad: row.try_get("pad_name")?,
            location: row.try_get("location_name")?,
            mission: row.try_get("mission_name")?,
            orbit: row.try_get("orbit_name")?,
            probability: row.try_get("probability_percent")?,
            is_upcoming: row.try_get("is_upcoming")?,
        }))
    }
}

struct ChangeRow(NetChange);
impl FromRow<'_, PgRow> for ChangeRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(NetChange {
            observed_at: row.try_get("observed_at")?,
            kind: parsed(row, "kind")?,
            direction: parsed(row, "direction")?,
            precision_change: parsed(row, "precision_change")?,
            is_after_old_date: row.try_get("is_after_old_date")?,
            is_slip: row.try_get("is_slip")?,
            is_recycle: row.try_get("is_recycle")?,
            net_before: row.try_get("net_before_at")?,
            net_precision_before: net_precision(
                row.try_get("precision_before_id")?,
                row.try_get("precision_before_abbrev")?,
                row.try_get("precision_before_name")?,
            ),
            net_after: row.try_get("net_after_at")?,
            net_precision_after: net_precision(
                row.try_get("precision_after_id")?,
                row.try_get("precision_after_abbrev")?,
                row.try_get("precision_after_name")?,
            ),
            shift_seconds: row.try_get("shift_seconds")?,
            shift_min_seconds: row.try_get("shift_min_seconds")?,
            shift_max_seconds: row.try_get("shift_max_seconds")?,
            observed_live: row.try_get("was_observed_live")?,
        }))
    }
}
