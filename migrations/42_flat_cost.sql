-- Publishing a run costs the same however many runs and forecasts there are (ADR 0044).

-- The data tests read the forecasts of their run.
create index forecast_by_run on forecast (ingest_run_id);

-- The newest published observation: freshness, the newest complete sweep, and whether a run is the newest.
create index ingest_run_by_observation on ingest_run (observed_at desc nulls last, ingest_run_id desc) where state = 'succeeded';

-- The newest run that failed, without reading all that did: a succeeded sweep resolves every failure before it.
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
    -- The newest observation, not the newest run: an import of old archives makes nothing fresher, and neither does a
    -- page of past launches or a response about a single one.
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
        and ingest_run_id > coalesce(
            (
                select sweep.ingest_run_id
                from ingest_run as sweep
                where sweep.state = 'succeeded' and sweep.kind = 'sweep'
                order by sweep.ingest_run_id desc
                limit 1
            ),
            0
        )
        -- A succeeded page of past launches does not resolve a failed list.
        and not exists (
            select
            from ingest_run as good
            where good.state = 'succeeded'
                and good.ingest_run_id > ingest_run.ingest_run_id
                and good.kind = ingest_run.kind
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
