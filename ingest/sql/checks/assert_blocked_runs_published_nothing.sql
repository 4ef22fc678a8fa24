-- No published run has a blocking test with rows. Checks the last fifty runs.
-- covers: data_test_result, ingest_run
-- error_if: > 0
select data_test_result.ingest_run_id, data_test_result.test, data_test_result.offending_count
from data_test_result
inner join ingest_run using (ingest_run_id)
where data_test_result.ingest_run_id between (select min(ingest_run_id) - 50 from stg_run) and (select max(ingest_run_id) from stg_run)
    -- Of both tables, so that neither is read as a whole.
    and ingest_run.ingest_run_id between (select min(ingest_run_id) - 50 from stg_run) and (select max(ingest_run_id) from stg_run)
    and ingest_run.state = 'succeeded'
    and data_test_result.severity = 'block'
    and data_test_result.offending_count > 0
