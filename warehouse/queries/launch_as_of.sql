-- The launches as they were. $1: when; $2: with the launches that were past by then. A column of a revision must not be
-- named again below: remove the line of a column that becomes tracked.
from (
    select
        revision.*,
        dim_net_precision.abbrev as net_precision_abbrev,
        dim_net_precision.name as net_precision_name,
        dim_status.abbrev as status_abbrev,
        dim_status.name as status_name,
        dim_launch_service_provider.name as provider_name,
        dim_launch_service_provider.abbrev as provider_abbrev,
        dim_rocket_config.full_name as rocket_name,
        dim_rocket_config.family as rocket_family,
        dim_rocket_config.length_m as rocket_length_m,
        dim_rocket_config.leo_capacity_kg as rocket_leo_capacity_kg,
        dim_mission.description as mission_description,
        dim_orbit.name as orbit_name,
        dim_orbit.abbrev as orbit_abbrev,
        dim_orbit.celestial_body as orbit_celestial_body,
        dim_pad.name as pad_name,
        dim_pad.latitude as pad_latitude,
        dim_pad.longitude as pad_longitude,
        dim_pad.location_id,
        dim_location.name as location_name,
        dim_location.country_code as location_country_code,
        dim_location.timezone_name as location_timezone_name,
        dim_location.celestial_body as location_celestial_body,
        -- Toggles without a revision; nothing is live in the past.
        false as is_webcast_live,
        -- When the revision was first seen, if LL2 did not edit it or the revision is older than the column.
        coalesce(revision.last_updated_at, revision.valid_from) as edited_at,
        (
            select count(*)::integer
            from fact_net_change
            where fact_net_change.launch_id = revision.launch_id
                and fact_net_change.is_slip
                and fact_net_change.observed_at <= $1
        ) as slip_count,
        -- As it was predicted then.
        (
            select current_forecast.content
            from forecast_at(revision.launch_id, $1) as current_forecast
            where revision.is_upcoming
        ) as forecast
    from fact_launch_revision as revision
    inner join dim_status on dim_status.status_id = revision.status_id
    inner join dim_launch_service_provider on dim_launch_service_provider.provider_id = revision.provider_id
    inner join dim_rocket_config on dim_rocket_config.rocket_config_id = revision.rocket_config_id
    inner join dim_pad on dim_pad.pad_id = revision.pad_id
    inner join dim_location on dim_location.location_id = dim_pad.location_id
    left join dim_net_precision on dim_net_precision.net_precision_id = revision.net_precision_id
    left join dim_mission on dim_mission.mission_id = revision.mission_id
    left join dim_orbit on dim_orbit.orbit_id = revision.orbit_id
    where revision.valid_from <= $1
        and (revision.valid_to is null or revision.valid_to > $1)
        and (revision.is_upcoming or $2)
        and not revision.is_deleted
) as launch
inner join mart_launch_board as present on present.launch_id = launch.launch_id
order by launch.is_upcoming desc, launch.net_at, launch.net_precision_id nulls last, launch.launch_id
