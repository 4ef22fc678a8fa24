-- The summary of a run's data tests has the counts of its set of tests and of its results. Checks the last fifty runs.
-- covers: data_test_summary, data_test_set, data_test_result, mart_data_test
-- warn_if: > 0
select data_test_summary.ingest_run_id, data_test_summary.test_count, data_test_summary.warned_count, data_test_summary.blocked_count,
    data_test_summary.acknowledged_count
from data_test_summary
cross join lateral (
    select count(*) as test_count
    from data_test_set
    where data_test_set.data_test_set_id = data_test_summary.data_test_set_id
) as executed
cross join lateral (
    select
        count(*) filter (where mart_data_test.offending_count > 0 and mart_data_test.severity = 'warn' and mart_data_test.data_test_acknowledgement_id is null)
            as warned_count,
        count(mart_data_test.data_test_acknowledgement_id) as acknowledged_count,
        count(*) filter (where mart_data_test.offending_count > 0 and mart_data_test.severity = 'block') as blocked_count
    from mart_data_test
    where mart_data_test.ingest_run_id = data_test_summary.ingest_run_id
) as listed
cross join lateral (
    select count(*) as result_count
    from data_test_result
    where data_test_result.ingest_run_id = data_test_summary.ingest_run_id
) as stored
where not exists (
        -- Only the counts of an old run are kept.
        select
        from ingest_run
        where ingest_run.ingest_run_id = data_test_summary.ingest_run_id and ingest_run.details_deleted_at is not null
    )
    and data_test_summary.ingest_run_id between (select min(ingest_run_id) - 50 from stg_run) and (select max(ingest_run_id) from stg_run)
    and (
        data_test_summary.test_count <> executed.test_count
        or data_test_summary.warned_count <> listed.warned_count
        or data_test_summary.blocked_count <> listed.blocked_count
        or data_test_summary.acknowledged_count <> listed.acknowledged_count
        or stored.result_count <> listed.warned_count + listed.blocked_count + listed.acknowledged_count
    )
