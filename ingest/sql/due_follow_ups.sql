-- Returns the launches to request by id. $1 launches in the list just read, $2 whether that list is complete, $3
-- maximum number.
--
-- First those that are missing from this list, then those that left it without an outcome and are due.
select launch_id
from (
    select
        launch_id,
        true as is_missing,
        last_seen_at,
        count(*) over () as missing_count
    from fact_launch
    where $2
        and is_upcoming
        and not is_final(status_id)
        and launch_id <> all ($1)
    union all
    select
        launch_id,
        false,
        last_seen_at,
        0
    from ingest_due_follow_up
    where launch_id <> all ($1)
) as due
-- If many launches vanish at once, the transform waits for a confirmation; requesting a few of them would show nothing.
where missing_count <= vanished_limit((select count(*) from fact_launch where is_upcoming))
order by is_missing desc, last_seen_at
limit $3
