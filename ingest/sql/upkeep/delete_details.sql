-- Deletes the details of up to $2 runs that ended more than $1 days ago, and notes it in their rows. The newest $3 runs
-- keep theirs, however old they are: freshness reads the test results of the newest failure.
--
-- Kept are the rows of runs (a replay, the ledger and every revision refer to them), their requests to LL2 and imported
-- files (a replay reads them, and each landed page belongs to one), and the counts of their tests.
with old as materialized (
    select ingest_run_id
    from ingest_run
    where details_deleted_at is null
        and state <> 'running'
        and finished_at < ingest_now() - make_interval(days => $1)
        and ingest_run_id <= (select max(ingest_run_id) from ingest_run) - $3
    order by ingest_run_id
    limit $2
),
step as (
    delete from ingest_step
    where ingest_run_id = any (array(select old.ingest_run_id from old))
),
statement as (
    delete from ingest_statement
    where ingest_run_id = any (array(select old.ingest_run_id from old))
),
result as (
    delete from data_test_result
    where ingest_run_id = any (array(select old.ingest_run_id from old))
),
question as (
    delete from ingest_request
    where ingest_run_id = any (array(select old.ingest_run_id from old))
        and purpose = 'throttle'
)
update ingest_run
set details_deleted_at = ingest_now()
where ingest_run_id = any (array(select old.ingest_run_id from old))
