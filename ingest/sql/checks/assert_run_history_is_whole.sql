-- severity: warn
-- The run history contains every run once. Checks the last fifty runs.
-- covers: mart_run, ingest_run
select ingest_run.ingest_run_id, count(listed.ingest_run_id) as row_count
from ingest_run
left join lateral (
    select mart_run.ingest_run_id
    from mart_run
    where mart_run.ingest_run_id = ingest_run.ingest_run_id
    -- Two rows are enough to be one too many; without `limit` the planner reads the view as a whole.
    limit 2
) as listed on true
where ingest_run.ingest_run_id between (select min(ingest_run_id) - 50 from stg_run) and (select max(ingest_run_id) from stg_run)
group by ingest_run.ingest_run_id
having count(listed.ingest_run_id) <> 1
