-- severity: warn
-- The run history contains every run once. Checks the last fifty runs.
-- covers: mart_run, ingest_run
select ingest_run.ingest_run_id, count(mart_run.ingest_run_id) as row_count
from ingest_run
left join mart_run using (ingest_run_id)
where ingest_run.ingest_run_id > (select min(ingest_run_id) - 50 from stg_run)
group by ingest_run.ingest_run_id
having count(mart_run.ingest_run_id) <> 1
