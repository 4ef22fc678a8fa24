select
    fact_launch_revision.launch_id,
    fact_launch_revision.valid_from,
    fact_launch_revision.net_at,
    fact_launch_revision.net_precision_id,
    fact_launch_revision.window_end_at,
    fact_launch_revision.status_id,
    fact_launch_revision.provider_id,
    fact_launch_revision.rocket_config_id,
    dim_rocket_config.total_launch_count as rocket_flight_count,
    dim_agency.total_launch_count as provider_flight_count,
    fact_launch.last_seen_at,
    coalesce(fact_net_change.is_slip, false) as is_slip
from fact_launch_revision
inner join fact_launch using (launch_id)
inner join dim_rocket_config on dim_rocket_config.rocket_config_id = fact_launch_revision.rocket_config_id
inner join dim_agency on dim_agency.agency_id = fact_launch_revision.provider_id
-- A change of date opens a revision.
left join fact_net_change
    on fact_net_change.launch_id = fact_launch_revision.launch_id
    and fact_net_change.observed_at = fact_launch_revision.valid_from
-- Launches that were first seen when they were no longer listed have no announcements.
where
    fact_launch.last_seen_at > $1
    and (fact_launch.is_upcoming or fact_launch.left_upcoming_at is not null)
order by fact_launch_revision.launch_id, fact_launch_revision.revision_number
