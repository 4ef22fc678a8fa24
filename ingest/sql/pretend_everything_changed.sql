-- For `mooncoon check`: as if one run had received every launch and sent every request, so that tests that check only
-- what a run touched check everything. Within a transaction that is rolled back.
insert into stg_ll2__change (launch_id, observed_at, has_record, is_upcoming, is_deleted, missed_at)
select launch_id, last_seen_at, false, is_upcoming, deleted_at is not null, missed_at
from fact_launch
where not exists (select from stg_ll2__change where stg_ll2__change.launch_id = fact_launch.launch_id);
insert into stg_run (ingest_run_id, observed_at, is_complete, is_newest, poll_seconds)
select ingest_run_id, coalesce(observed_at, started_at), false, false, 0
from ingest_run
where not exists (select from stg_run where stg_run.ingest_run_id = ingest_run.ingest_run_id)
