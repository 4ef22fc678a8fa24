-- severity: warn
-- Follow-ups are due only for launches that left the list without an outcome and still exist at LL2.
-- covers: due_follow_up
select launch_id
from due_follow_up
inner join fact_launch using (launch_id)
where is_upcoming or outcome_seen_at is not null or deleted_at is not null or left_upcoming_at is null
