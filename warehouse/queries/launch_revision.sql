select
    fact_launch_revision.revision_number,
    fact_launch_revision.valid_from,
    fact_launch_revision.valid_to,
    fact_launch_revision.name,
    fact_launch_revision.status_id,
    dim_status.abbrev as status_abbrev,
    dim_status.name as status_name,
    fact_launch_revision.net_at,
    fact_launch_revision.net_precision_id,
    dim_net_precision.abbrev as net_precision_abbrev,
    dim_net_precision.name as net_precision_name,
    fact_launch_revision.window_start_at,
    fact_launch_revision.window_end_at,
    dim_launch_service_provider.name as provider_name,
    dim_rocket_config.full_name as rocket_name,
    dim_pad.name as pad_name,
    dim_location.name as location_name,
    fact_launch_revision.mission_name,
    dim_orbit.name as orbit_name,
    fact_launch_revision.probability_percent,
    fact_launch_revision.is_upcoming
from fact_launch_revision
inner join dim_status using (status_id)
inner join dim_launch_service_provider using (provider_id)
inner join dim_rocket_config using (rocket_config_id)
inner join dim_pad using (pad_id)
inner join dim_location using (location_id)
left join dim_net_precision using (net_precision_id)
left join dim_orbit using (orbit_id)
where fact_launch_revision.launch_id = $1
order by fact_launch_revision.revision_number desc
