-- Stores what the data tests of a run found. $1: the run; $2 to $7: each test with the severity of its file, the effect
-- of its rows (null if it passed), their number, a sample, and the acknowledgement that covers them; $8: seconds that all
-- of them took.
with finding as materialized (
    select test, severity, effect, offending_count, sample, data_test_acknowledgement_id
    from unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::jsonb[], $7::bigint[])
        as finding (test, severity, effect, offending_count, sample, data_test_acknowledgement_id)
),
-- Written by the first run of a release.
listed as (
    insert into data_test_set (data_test_set_id, test, severity)
    select data_test_set_id($2, $3), test, severity
    from finding
    on conflict do nothing
),
stored as (
    insert into data_test_result (ingest_run_id, test, severity, offending_count, sample, data_test_acknowledgement_id)
    select $1, test, effect, offending_count, sample, data_test_acknowledgement_id
    from finding
    where effect is not null
)
insert into data_test_summary (
    ingest_run_id, data_test_set_id, test_count, warned_count, blocked_count, acknowledged_count, took_seconds
)
select
    $1,
    data_test_set_id($2, $3),
    count(*),
    count(*) filter (where effect = 'warn' and data_test_acknowledgement_id is null),
    count(*) filter (where effect = 'block'),
    count(*) filter (where data_test_acknowledgement_id is not null),
    $8
from finding
