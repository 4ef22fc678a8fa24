use std::collections::BTreeSet;

use sqlx::PgPool;

use super::*;
use crate::{lineage, replay, transform};

#[test]
fn a_dimension_is_merged_as_written_here() {
    let orbit = DIMENSIONS.iter().find(|dimension| dimension.target == "dim_orbit").expect("there are orbits");
    let expected = "\
-- Inserts members and updates attributes. Attributes that the page does not contain keep their value, and so does a
-- missing name.
insert into dim_orbit (
    orbit_id,
    name,
    abbrev,
    celestial_body
)
select
    stg_ll2__orbit.orbit_id,
    coalesce(stg_ll2__orbit.name, dim_orbit.name, 'Unnamed'),
    coalesce(stg_ll2__orbit.abbrev, dim_orbit.abbrev, 'Unnamed'),
    case when 'celestial_body' = any (stg_ll2__orbit.absent) then dim_orbit.celestial_body else stg_ll2__orbit.celestial_body end
from stg_ll2__orbit
cross join stg_run
left join dim_orbit using (orbit_id)
on conflict (orbit_id) do update set
    name = excluded.name,
    abbrev = excluded.abbrev,
    celestial_body = excluded.celestial_body
where (select is_newest from stg_run)
    and (
        dim_orbit.name,
        dim_orbit.abbrev,
        dim_orbit.celestial_body
    ) is distinct from (
        excluded.name,
        excluded.abbrev,
        excluded.celestial_body
    )
";
    assert_eq!(orbit.sql(), expected);
}

#[test]
fn a_set_is_merged_as_written_here() {
    let crew = SETS.iter().find(|set| set.target == "launch_crew").expect("there are crews");
    let expected = "\
-- Makes the set equal to that of the record: deletes, inserts and updates rows.
with changed as (
    select stg_ll2__launch.launch_id
    from stg_ll2__change
    inner join stg_ll2__launch using (launch_id)
    where stg_ll2__change.has_record and stg_ll2__launch.is_detailed
),
removed as (
    delete from launch_crew
    using changed
    where launch_crew.launch_id = changed.launch_id
        and not exists (
            select
            from stg_ll2__crew
            where stg_ll2__crew.launch_id = launch_crew.launch_id
                and stg_ll2__crew.astronaut_id = launch_crew.astronaut_id
                and stg_ll2__crew.role = launch_crew.role
        )
)
insert into launch_crew (
    launch_id,
    astronaut_id,
    role
)
select
    stg_ll2__crew.launch_id,
    stg_ll2__crew.astronaut_id,
    stg_ll2__crew.role
from stg_ll2__crew
inner join changed using (launch_id)
on conflict (launch_id, astronaut_id, role) do nothing
";
    assert_eq!(crew.sql(), expected);
    let patch = SETS.iter().find(|set| set.target == "launch_patch").expect("there are patches").sql();
    let expected = "\
on conflict (launch_id, patch_id) do update set
    name = excluded.name,
    priority = excluded.priority,
    image_url = excluded.image_url,
    agency_name = excluded.agency_name,
    agency_id = excluded.agency_id
where (
    launch_patch.name,
    launch_patch.priority,
    launch_patch.image_url,
    launch_patch.agency_name,
    launch_patch.agency_id
) is distinct from (
    excluded.name,
    excluded.priority,
    excluded.image_url,
    excluded.agency_name,
    excluded.agency_id
)
";
    assert!(patch.ends_with(expected), "{patch}");
}

#[test]
fn every_placeholder_of_every_template_is_filled() {
    for (name, sql) in transform::all() {
        assert!(!sql.contains(['{', '}']), "{name}: {sql}");
    }
}

/// Returns the columns of a table of the schema, without those that Postgres computes itself.
async fn schema(pool: &PgPool, table: &str) -> BTreeSet<String> {
    let columns: Vec<String> = sqlx::query_scalar(
        "select column_name::text from information_schema.columns where table_schema = current_schema() and table_name = $1
            and is_generated = 'NEVER'",
    )
    .bind(table)
    .fetch_all(pool)
    .await
    .expect("reads the catalogue");
    columns.into_iter().collect()
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn every_column_of_the_star_schema_is_merged(pool: PgPool) {
    let dimensions = DIMENSIONS.iter().map(|dimension| (dimension.target, dimension.columns()));
    let sets = SETS.iter().map(|set| (set.target, set.staged.columns().collect()));
    // Columns that the job computes, in addition to LL2's data.
    let own = [
        "launch_id",
        "image_credit",
        "is_upcoming",
        "first_seen_at",
        "last_seen_at",
        "missed_at",
        "left_upcoming_at",
        "outcome_seen_at",
        "deleted_at",
        "net_change_count",
        "slip_count",
        "content_hash",
        "has_detail",
    ];
    let launch = ("fact_launch", launch_columns().map(|column| column.name).chain(own).collect());
    let place = ["launch_id", "revision_number", "valid_from", "valid_to", "ingest_run_id", "last_updated_at"];
    let revision = ("fact_launch_revision", revision_columns().map(|(column, _)| column).chain(place).collect());
    let histories = HISTORIES.iter().map(|history| {
        let (key, attributes) = history.columns();
        (history.table, key.into_iter().chain(attributes).chain(["valid_from", "valid_to"]).collect())
    });
    for (table, merged) in dimensions.chain(sets).chain(histories).chain([launch, revision]) {
        let mut merged: BTreeSet<String> = merged.into_iter().map(str::to_owned).collect();
        if table == "dim_agency" {
            // Set by a statement of its own.
            let roles = ["is_provider", "is_manufacturer", "is_operator", "is_mission_agency", "is_crew_agency"];
            merged.extend(roles.map(str::to_owned));
        }
        assert_eq!(
            schema(&pool, table).await,
            merged,
            "{table}: the schema on the left, and on the right what the records declare and merge.rs merges"
        );
    }
}

/// Databases that received the same data are compared by digests of every published table.
#[test]
fn the_digests_read_every_published_table() {
    let access = lineage::access(include_str!("../../sql/content.sql"));
    let published: BTreeSet<&str> = replay::PUBLISHED.iter().copied().collect();
    assert_eq!(access.reads, published);
}
