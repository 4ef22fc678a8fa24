-- Sets whether LL2 still lists the launch, and whether it was deleted there.
update fact_launch
set
    is_upcoming = stg_ll2__change.is_upcoming,
    missed_at = stg_ll2__change.missed_at,
    left_upcoming_at = case
        when stg_ll2__change.is_upcoming then null
        else coalesce(fact_launch.left_upcoming_at, stg_ll2__change.observed_at)
    end,
    deleted_at = case when stg_ll2__change.is_deleted then stg_ll2__change.observed_at end
from stg_ll2__change
where stg_ll2__change.launch_id = fact_launch.launch_id
    and (
        fact_launch.is_upcoming <> stg_ll2__change.is_upcoming
        or fact_launch.missed_at is distinct from stg_ll2__change.missed_at
        or (fact_launch.deleted_at is not null) <> stg_ll2__change.is_deleted
    )
