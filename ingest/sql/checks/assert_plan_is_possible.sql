-- Every planned task has a name and a reason, no negative number of requests, and is due within a year.
-- covers: ingest_plan
-- warn_if: > 0
select plan_position, task, due_at, request_count, reason
from ingest_plan
where reason = '' or task = '' or request_count < 0 or due_at > planned_at + interval '366 days'
