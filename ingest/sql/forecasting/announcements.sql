select
    fact_launch_revision.launch_id,
    fact_launch_revision.valid_from,
    fact_launch_revision.net_at,
    fact_launch_revision.net_precision_id,
    fact_launch_revision.status_id,
    fact_launch_revision.provider_id,
    fact_launch.last_seen_at,
    coalesce(fact_net_change.is_slip, false) as is_slip
from fact_launch_revision
inner join fact_launch using (launch_id)
-- A change of date opens a revision.
left join fact_net_change
    on fact_net_change.launch_id = fact_launch_revision.launch_id
    and fact_net_change.observed_at = fact_launch_revision.valid_from
-- Launches that were first seen when they were no longer listed have no announcements.
where
    fact_launch.last_seen_at > $1
    and (fact_launch.is_upcoming or fact_launch.left_upcoming_at is not null)
order by fact_launch_revision.launch_id, fact_launch_revision.revision_number
