-- Digests of the published tables without times of observation and run ids: two databases that received the same data
-- in different ways have equal rows here.
select
    'launch' as relation,
    fact_launch.launch_id::text as key,
    md5(concat_ws(
        '|',
        (
            to_jsonb(fact_launch) - array[
                'first_seen_at', 'last_seen_at', 'missed_at', 'left_upcoming_at', 'outcome_seen_at', 'deleted_at', 'net_change_count',
                'slip_count'
            ]
        )::text,
        deleted_at is not null,
        children.digest
    )) as digest
from fact_launch
left join lateral (
    select string_agg(body::text, ',' order by body::text) as digest
    from (
        select to_jsonb(launch_update) as body from launch_update where launch_update.launch_id = fact_launch.launch_id
        union all
        select to_jsonb(launch_video) from launch_video where launch_video.launch_id = fact_launch.launch_id
        union all
        select to_jsonb(launch_patch) from launch_patch where launch_patch.launch_id = fact_launch.launch_id
        union all
        select to_jsonb(launch_payload) from launch_payload where launch_payload.launch_id = fact_launch.launch_id
        union all
        select to_jsonb(launch_link) from launch_link where launch_link.launch_id = fact_launch.launch_id
        union all
        select to_jsonb(launch_crew) from launch_crew where launch_crew.launch_id = fact_launch.launch_id
        union all
        select to_jsonb(launch_booster) from launch_booster where launch_booster.launch_id = fact_launch.launch_id
        union all
        select to_jsonb(launch_spacecraft) from launch_spacecraft where launch_spacecraft.launch_id = fact_launch.launch_id
        union all
        select to_jsonb(launch_program) from launch_program where launch_program.launch_id = fact_launch.launch_id
        union all
        select to_jsonb(launch_agency) from launch_agency where launch_agency.launch_id = fact_launch.launch_id
    ) as child
) as children on true
union all
select 'status', status_id::text, md5(to_jsonb(dim_status)::text)
from dim_status
union all
select 'net_precision', net_precision_id::text, md5(to_jsonb(dim_net_precision)::text)
from dim_net_precision
union all
select 'orbit', orbit_id::text, md5(to_jsonb(dim_orbit)::text)
from dim_orbit
union all
select 'agency', agency_id::text, md5((to_jsonb(dim_agency) - array['first_seen_at', 'updated_at'])::text)
from dim_agency
union all
select 'rocket_config', rocket_config_id::text, md5((to_jsonb(dim_rocket_config) - array['first_seen_at', 'updated_at'])::text)
from dim_rocket_config
union all
select 'location', location_id::text, md5((to_jsonb(dim_location) - array['first_seen_at', 'updated_at'])::text)
from dim_location
union all
select 'pad', pad_id::text, md5((to_jsonb(dim_pad) - array['first_seen_at', 'updated_at'])::text)
from dim_pad
union all
select 'mission', mission_id::text, md5((to_jsonb(dim_mission) - array['first_seen_at', 'updated_at'])::text)
from dim_mission
union all
select 'program', program_id::text, md5((to_jsonb(dim_program) - array['first_seen_at', 'updated_at'])::text)
from dim_program
union all
select 'launcher', launcher_id::text, md5((to_jsonb(dim_launcher) - array['first_seen_at', 'updated_at'])::text)
from dim_launcher
union all
select 'landing_location', landing_location_id::text, md5((to_jsonb(dim_landing_location) - array['first_seen_at', 'updated_at'])::text)
from dim_landing_location
union all
select 'astronaut', astronaut_id::text, md5((to_jsonb(dim_astronaut) - array['first_seen_at', 'updated_at'])::text)
from dim_astronaut
union all
select 'spacecraft', spacecraft_id::text, md5((to_jsonb(dim_spacecraft) - array['first_seen_at', 'updated_at'])::text)
from dim_spacecraft
union all
select 'dimension_change', concat_ws('.', dimension, member_id, attribute), md5(concat_ws('|', new_value is null, new_value))
from (
    select distinct on (dimension, member_id, attribute) dimension, member_id, attribute, new_value
    from dim_change
    order by dimension, member_id, attribute, observed_at desc
) as newest
union all
select
    'booster_history',
    launch_id::text,
    md5(string_agg((to_jsonb(launch_booster_revision) - array['valid_from', 'valid_to'])::text, ',' order by stage_id, valid_from))
from launch_booster_revision
group by launch_id
union all
select
    'history',
    launch_id::text,
    md5(string_agg(
        (to_jsonb(fact_launch_revision) - array['valid_from', 'valid_to', 'ingest_run_id', 'last_updated_at'])::text, ',' order by revision_number
    ))
from fact_launch_revision
group by launch_id
union all
select
    'net_change',
    launch_id::text,
    -- The generated columns follow from these, and some of them from the time of observation.
    md5(string_agg(
        (
            to_jsonb(fact_net_change) - array[
                'observed_at', 'ingest_run_id', 'last_updated_at', 'direction', 'precision_change', 'is_after_old_date', 'shift_min_seconds',
                'shift_max_seconds', 'shift_seconds', 'is_slip', 'is_recycle', 'kind'
            ]
        )::text,
        ',' order by observed_at
    ))
from fact_net_change
group by launch_id
