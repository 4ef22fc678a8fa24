-- Stores LL2's counters. They change for many launches whenever any of them flies, and do not make a launch a changed
-- one. The names in braces stand for the counters, stored and as received (ingest::merge).
update fact_launch
set
    {updates}
from stg_ll2__launch
where stg_ll2__launch.launch_id = fact_launch.launch_id
    and heard_at(
        fact_launch.last_seen_at, fact_launch.left_upcoming_at, fact_launch.missed_at, fact_launch.deleted_at
    ) <= stg_ll2__launch.observed_at
    and (
        {held}
    ) is distinct from (
        {received}
    )
