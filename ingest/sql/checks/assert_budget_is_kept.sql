-- No more requests were sent within the window of LL2 than it allows.
-- covers: ingest_allowance, ingest_request
-- warn_if: > 0
select ingest_allowance.request_limit, ingest_allowance.window_seconds, spent.request_count
from ingest_allowance
cross join lateral (
    select count(*) as request_count
    from ingest_request
    where ingest_request.sent_at > ingest_now() - ingest_allowance.window_seconds * interval '1 second'
        and ingest_request.sent_at <= ingest_now()
        and ingest_request.is_counted
) as spent
where spent.request_count > ingest_allowance.request_limit
