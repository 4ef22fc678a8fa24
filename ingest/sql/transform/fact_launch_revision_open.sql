-- Opens a revision for every changed launch without an open one: new launches, and those whose last revision was just
-- closed.
insert into fact_launch_revision (
    launch_id,
    revision_number,
    valid_from,
    ingest_run_id,
    name,
    status_id,
    net_at,
    net_precision_id,
    window_start_at,
    window_end_at,
    provider_id,
    rocket_config_id,
    pad_id,
    mission_id,
    mission_name,
    mission_type,
    orbit_id,
    probability_percent,
    weather_concerns,
    fail_reason,
    is_upcoming,
    is_deleted
)
select
    fact_launch.launch_id,
    coalesce(last.revision_number, 0) + 1,
    stg_ll2__change.observed_at,
    stg_run.ingest_run_id,
    fact_launch.name,
    fact_launch.status_id,
    fact_launch.net_at,
    fact_launch.net_precision_id,
    fact_launch.window_start_at,
    fact_launch.window_end_at,
    fact_launch.provider_id,
    fact_launch.rocket_config_id,
    fact_launch.pad_id,
    fact_launch.mission_id,
    dim_mission.name,
    dim_mission.mission_type,
    dim_mission.orbit_id,
    fact_launch.probability_percent,
    fact_launch.weather_concerns,
    fact_launch.fail_reason,
    fact_launch.is_upcoming,
    fact_launch.deleted_at is not null
from stg_ll2__change
cross join stg_run
inner join fact_launch using (launch_id)
left join dim_mission using (mission_id)
left join lateral (
    select revision_number, valid_to
    from fact_launch_revision
    where fact_launch_revision.launch_id = fact_launch.launch_id
    order by revision_number desc
    limit 1
) as last on true
where last.revision_number is null or last.valid_to is not null
