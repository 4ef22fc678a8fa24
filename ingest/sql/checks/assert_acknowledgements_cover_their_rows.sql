-- No acknowledged result has more rows than were acknowledged. Checks the last fifty runs.
-- covers: data_test_result, data_test_acknowledgement
-- warn_if: > 0
select data_test_result.ingest_run_id, data_test_result.test, data_test_result.offending_count
from data_test_result
inner join data_test_acknowledgement using (data_test_acknowledgement_id)
where data_test_result.ingest_run_id between (select min(ingest_run_id) - 50 from stg_run) and (select max(ingest_run_id) from stg_run)
    and data_test_result.offending_count > data_test_acknowledgement.offending_count
