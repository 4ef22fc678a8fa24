-- Stores what the data tests of a run found. $1: the run; $2 to $6: each test with the severity of its file, the effect
-- of its rows (null if it passed), their number and a sample; $7: seconds that all of them took.
with finding as materialized (
    select test, severity, verdict, offending_count, sample
    from unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::jsonb[])
        as finding (test, severity, verdict, offending_count, sample)
),
-- Written by the first run of a release.
listed as (
    insert into data_test_set (data_test_set_id, test, severity)
    select data_test_set_id($2, $3), test, severity
    from finding
    on conflict do nothing
),
stored as (
    insert into data_test_result (ingest_run_id, test, severity, offending_count, sample)
    select $1, test, verdict, offending_count, sample
    from finding
    where verdict is not null
)
insert into data_test_summary (ingest_run_id, data_test_set_id, test_count, warned_count, blocked_count, took_seconds)
select
    $1,
    data_test_set_id($2, $3),
    count(*),
    count(*) filter (where verdict = 'warn'),
    count(*) filter (where verdict = 'block'),
    $7
from finding
