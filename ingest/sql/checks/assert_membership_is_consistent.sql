-- A changed launch that is upcoming has not left the list and is not deleted; any other has a time at which it left.
-- covers: fact_launch
-- error_if: > 0
select launch_id, fact_launch.is_upcoming, fact_launch.left_upcoming_at, fact_launch.deleted_at
from stg_ll2__change
inner join fact_launch using (launch_id)
where fact_launch.is_upcoming is distinct from (fact_launch.left_upcoming_at is null)
    or (fact_launch.is_upcoming and fact_launch.deleted_at is not null)
    or fact_launch.first_seen_at > fact_launch.last_seen_at
