create view mart_launch_board as
select
    fact_launch.launch_id,
    fact_launch.name,
    fact_launch.net_at,
    fact_launch.net_precision_id,
    dim_net_precision.abbrev as net_precision_abbrev,
    dim_net_precision.name as net_precision_name,
    fact_launch.window_start_at,
    fact_launch.window_end_at,
    fact_launch.status_id,
    dim_status.abbrev as status_abbrev,
    dim_status.name as status_name,
    dim_status.description as status_description,
    fact_launch.provider_id,
    dim_launch_service_provider.name as provider_name,
    dim_launch_service_provider.abbrev as provider_abbrev,
    fact_launch.rocket_config_id,
    dim_rocket_config.full_name as rocket_name,
    dim_rocket_config.family as rocket_family,
    dim_rocket_config.length_m as rocket_length_m,
    fact_launch.mission_id,
    dim_mission.name as mission_name,
    dim_mission.mission_type,
    dim_mission.description as mission_description,
    dim_mission.orbit_id,
    dim_orbit.name as orbit_name,
    dim_orbit.abbrev as orbit_abbrev,
    dim_orbit.celestial_body as orbit_celestial_body,
    fact_launch.pad_id,
    dim_pad.name as pad_name,
    dim_pad.latitude as pad_latitude,
    dim_pad.longitude as pad_longitude,
    dim_pad.location_id,
    dim_location.name as location_name,
    dim_location.country_code as location_country_code,
    dim_location.timezone_name as location_timezone_name,
    dim_location.celestial_body as location_celestial_body,
    fact_launch.probability_percent,
    fact_launch.weather_concerns,
    fact_launch.fail_reason,
    fact_launch.is_webcast_live,
    fact_launch.image_url,
    fact_launch.image_credit,
    fact_launch.last_updated_at,
    fact_launch.slip_count,
    fact_launch.net_change_count,
    fact_launch.is_upcoming,
    fact_launch.deleted_at,
    case
        when not fact_launch.has_detail then null
        else exists (select from launch_crew where launch_crew.launch_id = fact_launch.launch_id)
    end as is_crewed,
    coalesce(program.programs, '[]'::jsonb) as programs
from fact_launch
inner join dim_status using (status_id)
inner join dim_launch_service_provider using (provider_id)
inner join dim_rocket_config using (rocket_config_id)
inner join dim_pad using (pad_id)
inner join dim_location using (location_id)
left join dim_net_precision using (net_precision_id)
left join dim_mission using (mission_id)
left join dim_orbit using (orbit_id)
left join lateral (
    select jsonb_agg(
        jsonb_build_object('id', dim_program.program_id, 'name', dim_program.name)
        order by dim_program.name
    ) as programs
    from launch_program
    inner join dim_program using (program_id)
    where launch_program.launch_id = fact_launch.launch_id
) as program on true;
comment on view mart_launch_board is 'Everything the board shows of a launch. One row per launch, past ones included; is_upcoming picks the board.';

create view mart_freshness as
select
    published.ingest_run_id as publication_id,
    newest.observed_at,
    newest.is_complete,
    failed.finished_at as failed_at,
    running.started_at as running_since,
    (select count(*) from fact_launch where is_upcoming) as upcoming_count
from (select max(ingest_run_id) as ingest_run_id from ingest_run where state = 'succeeded') as published
left join lateral (
    -- The youngest observation, not the last run: an import of old archives makes nothing fresher.
    select observed_at, is_complete
    from ingest_run
    where state = 'succeeded'
    order by observed_at desc nulls last, ingest_run_id desc
    limit 1
) as newest on true
left join lateral (
    select finished_at
    from ingest_run
    where state = 'failed' and ingest_run_id > coalesce(published.ingest_run_id, 0)
    order by ingest_run_id desc
    limit 1
) as failed on true
left join lateral (
    select started_at
    from ingest_run
    where state = 'running'
    order by ingest_run_id desc
    limit 1
) as running on true;
comment on view mart_freshness is 'How old the published data is and how the job is doing. Exactly one row, also before the first run.';
comment on column mart_freshness.publication_id is 'The newest run that published; another number means that anything may have changed.';
comment on column mart_freshness.failed_at is 'When the newest run after the last good one failed; null when the last run was good.';
