-- Names the launches to ask for by id: $1 are those just listed, $2 says whether that list is complete, $3 bounds the answer.
--
-- First those that this list misses; then those that left it without an outcome and are due.
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
        and outcome_seen_at is null
        and launch_id <> all ($1)
    union all
    select
        launch_id,
        false,
        last_seen_at,
        0
    from due_follow_up
    where launch_id <> all ($1)
) as due
-- A mass vanishing is held back by the transform until it is confirmed; asking for a few of many would tell nothing.
where missing_count <= greatest(10, (select count(*) from fact_launch where is_upcoming) / 20)
order by is_missing desc, last_seen_at
limit $3
