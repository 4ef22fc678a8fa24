-- Names the launches to ask for by id: $1 are those just listed, $2 says whether that list is complete, $3 bounds the answer.
--
-- First those that this list misses; then those that left it within 30 days without an outcome, ever more rarely: after a
-- quarter of the time that has passed since they left.
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
    from fact_launch
    where not is_upcoming
        and outcome_seen_at is null
        and deleted_at is null
        and left_upcoming_at > ingest_now() - interval '30 days'
        and ingest_now() - last_seen_at >= greatest((ingest_now() - left_upcoming_at) / 4, interval '30 minutes')
        and not exists (
            -- Asked, and no answer to use came of it: not at once again.
            select
            from ingest_request
            where purpose = 'follow_up'
                and sent_at > ingest_now() - interval '1 hour'
                and position(fact_launch.launch_id::text in url) > 0
        )
        and launch_id <> all ($1)
) as due
-- A mass vanishing is held back by the transform until it is confirmed; asking for a few of many would tell nothing.
where missing_count <= greatest(10, (select count(*) from fact_launch where is_upcoming) / 20)
order by is_missing desc, last_seen_at
limit $3
