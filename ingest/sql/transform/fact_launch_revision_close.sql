-- Closes the open revision of every launch of which a tracked column has changed.
update fact_launch_revision
set valid_to = stg_ll2__change.observed_at
from stg_ll2__change
inner join fact_launch using (launch_id)
left join dim_mission using (mission_id)
where fact_launch_revision.launch_id = stg_ll2__change.launch_id
    and fact_launch_revision.valid_to is null
    and (
        fact_launch_revision.name, fact_launch_revision.status_id,
        fact_launch_revision.net_at, fact_launch_revision.net_precision_id,
        fact_launch_revision.window_start_at, fact_launch_revision.window_end_at,
        fact_launch_revision.provider_id, fact_launch_revision.rocket_config_id,
        fact_launch_revision.pad_id, fact_launch_revision.mission_id,
        fact_launch_revision.mission_name, fact_launch_revision.mission_type,
        fact_launch_revision.orbit_id, fact_launch_revision.probability_percent,
        fact_launch_revision.weather_concerns, fact_launch_revision.fail_reason,
        fact_launch_revision.is_upcoming, fact_launch_revision.is_deleted
    ) is distinct from (
        fact_launch.name, fact_launch.status_id, fact_launch.net_at,
        fact_launch.net_precision_id, fact_launch.window_start_at,
        fact_launch.window_end_at, fact_launch.provider_id, fact_launch.rocket_config_id,
        fact_launch.pad_id, fact_launch.mission_id, dim_mission.name,
        dim_mission.mission_type, dim_mission.orbit_id, fact_launch.probability_percent,
        fact_launch.weather_concerns, fact_launch.fail_reason, fact_launch.is_upcoming,
        fact_launch.deleted_at is not null
    )
