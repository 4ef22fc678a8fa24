-- Sets whether LL2 still lists the launch, when it left the list, and whether it was deleted there. A launch that was first
-- seen when it was no longer listed has no such time.
update fact_launch
set
    is_upcoming = stg_ll2__change.is_upcoming,
    missed_at = stg_ll2__change.missed_at,
    left_upcoming_at = case
        when stg_ll2__change.is_upcoming then null
        -- Of two observations of one instant the later one holds: the launch was never seen as upcoming.
        when fact_launch.is_upcoming and stg_ll2__change.observed_at > fact_launch.first_seen_at then stg_ll2__change.observed_at
        else fact_launch.left_upcoming_at
    end,
    deleted_at = case when stg_ll2__change.is_deleted then stg_ll2__change.observed_at end
from stg_ll2__change
where stg_ll2__change.launch_id = fact_launch.launch_id
    and (
        fact_launch.is_upcoming <> stg_ll2__change.is_upcoming
        or fact_launch.missed_at is distinct from stg_ll2__change.missed_at
        or (fact_launch.deleted_at is not null) <> stg_ll2__change.is_deleted
    )
