-- Determines when the next request may be sent: our requests within the window and a margin of a minute, the pauses of
-- 429s, the newest response of LL2's throttle endpoint. Requests in the future, which were reserved before the clock
-- was set back, count.
select
    ingest_now() as now,
    array(
        select sent_at
        from ingest_request
        where is_counted
            and sent_at > ingest_now() - make_interval(secs => coalesce((select window_seconds from ingest_allowance), 3600) + 60)
        order by sent_at
    ) as sent,
    (
        select max(finished_at + retry_after_seconds * interval '1 second')
        from ingest_request
        where outcome = 'throttled' and sent_at > ingest_now() - interval '8 days'
    ) as silent_until,
    ingest_allowance.told_at,
    ingest_allowance.request_limit,
    ingest_allowance.window_seconds,
    ingest_allowance.foreign_use
from (select) as always
left join ingest_allowance on true
