-- Stores what the data tests of a run found. $1: the run; $2 to $5: each test with its severity, the number of rows and
-- a sample of them; $6: seconds that all of them took.
with finding as materialized (
    select test, severity, offending_count, sample
    from unnest($2::text[], $3::text[], $4::bigint[], $5::jsonb[]) as finding (test, severity, offending_count, sample)
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
    select $1, test, severity, offending_count, sample
    from finding
    where offending_count > 0
)
insert into data_test_summary (ingest_run_id, data_test_set_id, test_count, warned_count, blocked_count, took_seconds)
select
    $1,
    data_test_set_id($2, $3),
    count(*),
    count(*) filter (where severity = 'warn' and offending_count > 0),
    count(*) filter (where severity = 'block' and offending_count > 0),
    $6
from finding
