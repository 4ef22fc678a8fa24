-- Everything that a plan depends on, except the allowance. $1: the error text of a run whose program ended; that is not
-- a failure of LL2.
--
-- The newest run is the one with the highest id: after a clock was set back, it is not the one with the latest time.
with good as (
    select coalesce(max(ingest_run_id), 0) as ingest_run_id
    from ingest_run
    where state = 'succeeded' and asks_ll2(kind)
),
failed as (
    select count(*) as failure_count, (array_agg(ingest_run.finished_at order by ingest_run.ingest_run_id desc))[1] as failed_at
    from ingest_run
    cross join good
    where ingest_run.ingest_run_id > good.ingest_run_id
        and ingest_run.state = 'failed'
        and asks_ll2(ingest_run.kind)
        -- A run deferred by our own budget is no failure. One that received a 429 is, else `Retry-After: 0` would cause
        -- a busy loop.
        and (
            ingest_run.deferred_until is null
            or exists (
                select
                from ingest_request
                where ingest_request.ingest_run_id = ingest_run.ingest_run_id and outcome = 'throttled'
            )
        )
        and ingest_run.error <> $1
)
select
    (select paused_at is not null from ingest_pause) as is_paused,
    (select count(*) from fact_launch where is_upcoming) as listed_count,
    (
        select finished_at
        from ingest_run
        where kind = 'sweep' and state = 'succeeded' and not is_resumable
        order by ingest_run_id desc
        limit 1
    ) as swept_at,
    (
        select finished_at
        from ingest_run
        where state = 'succeeded'
            and (kind = 'changed' or (kind = 'sweep' and not is_resumable))
        order by ingest_run_id desc
        limit 1
    ) as looked_at,
    (
        -- Pages of a sweep that was cut short and is recent enough to be continued.
        select count(distinct ingest_request.url)
        from ingest_request
        inner join ingest_run using (ingest_run_id)
        where ingest_request.purpose = 'upcoming'
            and ingest_request.outcome = 'accepted'
            and ingest_request.sent_at > ingest_now() - interval '1 hour'
            and ingest_request.ingest_run_id > coalesce((select max(ingest_run_id) from ingest_run where kind = 'sweep' and not is_resumable), 0)
    ) as landed_page_count,
    array(
        select net_at
        from fact_launch
        where is_upcoming
            and not is_final(status_id)
            and net_precision_id in (0, 1, 2)
            and net_at between ingest_now() - interval '24 hours' and ingest_now() + interval '7 hours'
        order by net_at
    ) as near,
    (select count(*) from ingest_due_follow_up) as follow_up_count,
    (
        select sent_at
        from ingest_request
        where purpose = 'history' and sent_at > ingest_now() - interval '1 day'
        order by ingest_request_id desc
        limit 1
    ) as history_asked_at,
    (select finished_at is not null from ingest_cursor where feed = 'history') as is_history_finished,
    failed.failure_count,
    failed.failed_at,
    (
        select finished_at
        from ingest_run
        where asks_ll2(kind) and state <> 'running'
        order by ingest_run_id desc
        limit 1
    ) as ended_at
from failed
