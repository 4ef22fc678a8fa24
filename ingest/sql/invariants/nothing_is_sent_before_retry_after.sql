-- No request is sent before the end of the pause that a 429 demanded.
select request.ingest_request_id, request.sent_at, throttled.finished_at, throttled.retry_after_seconds
from ingest_request as throttled
inner join ingest_request as request
    on request.sent_at > throttled.finished_at
    and request.sent_at < throttled.finished_at + throttled.retry_after_seconds * interval '1 second'
where throttled.outcome = 'throttled'
    and request.is_counted
