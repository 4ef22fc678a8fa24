-- $1: the caller doubts our count. Other reasons since the last response of the throttle endpoint: a request with an
-- unknown outcome, or a 429 for a request that our count allowed. While a 429 is in effect, even the throttle endpoint
-- is not queried.
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
