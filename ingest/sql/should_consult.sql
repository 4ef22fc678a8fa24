-- $1: there is reason to doubt. So there is when LL2 may have counted otherwise than we did since it last told us: a request of unknown
-- outcome, or a 429 for a request that our own count allowed. While a 429 lasts not even what is free is asked.
select (
    $1
    or exists (
        select
        from ingest_request
        where is_counted
            and sent_at > ingest_now() - interval '1 hour'
            and sent_at > coalesce((select told_at from ingest_allowance), '-infinity')
            and (outcome = 'throttled' or (outcome = 'sent' and sent_at < ingest_now() - interval '2 minutes'))
    )
)
and not exists (
    select
    from ingest_request
    where outcome = 'throttled'
        and sent_at > ingest_now() - interval '8 days'
        and finished_at + retry_after_seconds * interval '1 second' > ingest_now()
)
