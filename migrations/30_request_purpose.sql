-- Which requests count against the hourly budget is decided here and nowhere else. Before, seven queries listed the purposes, and three of them
-- took a page that was used again from landing (`resumed`, for which nothing is sent) for a request.
alter table ingest_request add column is_counted boolean not null
generated always as (purpose in ('upcoming', 'changed', 'follow_up', 'history')) stored;
comment on column ingest_request.is_counted is 'Whether the request counts against the hourly budget: something was sent to LL2, and LL2 counts it.';

create or replace view mart_run as
select
    ingest_run.ingest_run_id,
    ingest_run.kind,
    ingest_run.trigger,
    ingest_run.source,
    ingest_run.api_version,
    ingest_run.state,
    ingest_run.started_at,
    ingest_run.finished_at,
    extract(epoch from ingest_run.finished_at - ingest_run.started_at)::double precision as took_seconds,
    ingest_run.observed_at,
    ingest_run.is_complete,
    ingest_run.announced_count,
    ingest_run.page_count,
    ingest_run.launch_seen_count,
    ingest_run.launch_changed_count,
    ingest_run.launch_closed_count,
    ingest_run.launch_late_count,
    ingest_run.quarantined_count,
    ingest_run.deferred_until,
    ingest_run.error,
    request.request_count,
    test.test_count,
    test.warned_count,
    test.blocked_count
from ingest_run
cross join lateral (
    select count(*) as request_count
    from ingest_request
    where ingest_request.ingest_run_id = ingest_run.ingest_run_id and ingest_request.is_counted
) as request
cross join lateral (
    select
        count(*) as test_count,
        count(*) filter (where severity = 'warn' and offending_count > 0) as warned_count,
        count(*) filter (where severity = 'block' and offending_count > 0) as blocked_count
    from data_test_result
    where data_test_result.ingest_run_id = ingest_run.ingest_run_id
) as test;

-- In plain words: an applied migration is never edited.
comment on table forecast is 'A forecast for a launch, kept as it was made: each day, and when what was announced or known had changed. One row per launch and time it was made.';
