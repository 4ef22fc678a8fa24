-- Which runs tell of the upcoming list, which ask LL2, and which requests were answered is decided here and nowhere else. As in migration 31,
-- each function is one expression that Postgres puts into the statement that calls it.
create function observes_upcoming(kind text) returns boolean
language sql immutable parallel safe
return kind in ('sweep', 'changed', 'import');
comment on function observes_upcoming is 'Whether a run of this kind tells how the upcoming list stands. Freshness counts these: a page of past launches or an answer about a single launch makes the board no fresher.';

create function asks_ll2(kind text) returns boolean
language sql immutable parallel safe
return kind in ('sweep', 'changed', 'follow_up', 'backfill');
comment on function asks_ll2 is 'Whether a run of this kind sends requests to LL2; the others read what is archived or landed. The plan counts failures of these.';

create function is_answered(outcome text) returns boolean
language sql immutable parallel safe
return outcome in ('accepted', 'gone');
comment on function is_answered is 'Whether a request with this outcome told something: a page that is landed, or that LL2 has no such launch.';

-- Until now any text. What is planned is written anew at the start of the program.
delete from ingest_plan where not asks_ll2(task);
alter table ingest_plan add constraint ingest_plan_task_check check (asks_ll2(task));
comment on column ingest_plan.task is 'The kind of the run that will do it (ingest_run.kind).';

create or replace view mart_freshness as
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
    where state = 'succeeded' and observes_upcoming(kind)
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
        and observes_upcoming(kind)
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
