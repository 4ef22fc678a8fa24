-- What the pipeline page and the dictionary ask, and a badge that tells a blocked publication from a failed fetch.

-- The tests look at what the run in work landed.
create index raw_ll2_page_by_run on raw_ll2_page (ingest_run_id);

drop view mart_freshness;
create view mart_freshness as
select
    published.ingest_run_id as publication_id,
    newest.observed_at,
    swept.is_complete,
    failed.finished_at as failed_at,
    running.started_at as running_since,
    (select count(*) from fact_launch where is_upcoming) as upcoming_count,
    coalesce(failed.is_blocked, false) as is_blocked
from (select max(ingest_run_id) as ingest_run_id from ingest_run where state = 'succeeded') as published
left join lateral (
    -- The youngest observation, not the last run: an import of old archives makes nothing fresher, and neither does a page of
    -- past launches or an answer about a single one.
    select observed_at
    from ingest_run
    where state = 'succeeded' and kind in ('sweep', 'changed', 'import')
    order by observed_at desc nulls last, ingest_run_id desc
    limit 1
) as newest on true
left join lateral (
    select is_complete
    from ingest_run
    where state = 'succeeded' and kind in ('sweep', 'import')
    order by observed_at desc nulls last, ingest_run_id desc
    limit 1
) as swept on true
left join lateral (
    select
        finished_at,
        exists (
            select
            from data_test_result
            where data_test_result.ingest_run_id = ingest_run.ingest_run_id
                and severity = 'block'
                and offending_count > 0
        ) as is_blocked
    from ingest_run
    where state = 'failed'
        and kind in ('sweep', 'changed', 'import')
        -- A page of past launches that was good says nothing of a list that was not. A sweep makes good for all.
        and not exists (
            select
            from ingest_run as good
            where good.state = 'succeeded'
                and good.ingest_run_id > ingest_run.ingest_run_id
                and good.kind in ('sweep', ingest_run.kind)
        )
    order by ingest_run_id desc
    limit 1
) as failed on true
left join lateral (
    select started_at
    from ingest_run
    where state = 'running'
    order by ingest_run_id desc
    limit 1
) as running on true;
comment on view mart_freshness is 'How old the published data is and how the job is doing. Exactly one row, also before the first run.';
comment on column mart_freshness.publication_id is 'The newest run that published; another number means that anything may have changed.';
comment on column mart_freshness.failed_at is 'When the newest look at the upcoming list failed, if no good one of its kind, or a good sweep, has followed; else null.';
comment on column mart_freshness.is_blocked is 'That run had fetched, and its data tests kept it from publishing.';

create view mart_run as
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
    where ingest_request.ingest_run_id = ingest_run.ingest_run_id and purpose not in ('import', 'throttle')
) as request
cross join lateral (
    select
        count(*) as test_count,
        count(*) filter (where severity = 'warn' and offending_count > 0) as warned_count,
        count(*) filter (where severity = 'block' and offending_count > 0) as blocked_count
    from data_test_result
    where data_test_result.ingest_run_id = ingest_run.ingest_run_id
) as test;
comment on view mart_run is 'A run of the job with what it cost and what its tests found. One row per run.';
comment on column mart_run.took_seconds is 'From start to end; null while it is at work.';
comment on column mart_run.request_count is 'Requests that count against the hourly budget.';
comment on column mart_run.blocked_count is 'Blocking tests that found rows: the run published nothing.';

create table ingest_statement (
    ingest_run_id bigint not null references ingest_run on delete cascade,
    statement_number smallint not null,
    name text not null,
    row_count bigint not null,
    took_seconds double precision not null,
    primary key (ingest_run_id, statement_number)
);
comment on table ingest_statement is 'A transform as a run executed it. One row per run and statement number.';
comment on column ingest_statement.name is 'The statement''s file in ingest/sql/transform, without its ending; mostly the table it fills.';
comment on column ingest_statement.row_count is 'Rows inserted, updated or deleted by its last clause.';

comment on column ingest_run.state is 'running, also of a program that was killed, until the next run closes it; succeeded: it published; failed: it did not.';
comment on column ingest_step.state is 'As of the run; skipped: not needed this time.';
comment on column ingest_step.detail is 'Why it failed, or which tests warned.';
comment on column ingest_pause.reason is 'In the words of who paused it.';
comment on column ingest_plan.reason is 'Why the task is due then, one sentence for the pipeline page.';
comment on column raw_quarantine.reason is 'What is wrong with the record, in the words of the reader that refused it.';
comment on column stg_ll2__location.absent is 'Columns the record did not mention; they stay as they were.';
comment on column stg_ll2__orbit.absent is 'Columns the record did not mention; they stay as they were.';
comment on column stg_ll2__pad.absent is 'Columns the record did not mention; they stay as they were.';
comment on column stg_ll2__program.absent is 'Columns the record did not mention; they stay as they were.';
comment on column stg_ll2__provider.absent is 'Columns the record did not mention; they stay as they were.';
comment on column stg_ll2__rocket_config.absent is 'Columns the record did not mention; they stay as they were.';
