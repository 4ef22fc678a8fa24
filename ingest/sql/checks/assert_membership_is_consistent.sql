-- A changed launch that is upcoming has not left the list and is not deleted; any other that was seen as upcoming has a time at which it left.
-- covers: fact_launch, fact_launch_revision
-- error_if: > 0
select launch_id, fact_launch.is_upcoming, fact_launch.left_upcoming_at, fact_launch.deleted_at
from stg_ll2__change
inner join fact_launch using (launch_id)
where (fact_launch.is_upcoming and num_nonnulls(fact_launch.left_upcoming_at, fact_launch.deleted_at) > 0)
    or (
        not fact_launch.is_upcoming
        and fact_launch.left_upcoming_at is null
        and exists (
            select
            from fact_launch_revision
            where fact_launch_revision.launch_id = fact_launch.launch_id and fact_launch_revision.is_upcoming
        )
    )
    or fact_launch.first_seen_at > fact_launch.last_seen_at
