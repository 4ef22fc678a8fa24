-- Finds the page and adds it to the request log of the run, in one statement. $1 run, $2 address.
with landed as (
    select page_sha256, sent_at, finished_at
    from ingest_request
    where purpose = 'upcoming'
        and outcome = 'accepted'
        and url = $2
        and ingest_run_id <> $1
        and sent_at > ingest_now() - interval '1 hour'
        and ingest_run_id > coalesce((select max(ingest_run_id) from ingest_run where kind = 'sweep' and not is_resumable), 0)
    order by ingest_request_id desc
    limit 1
)
insert into ingest_request (ingest_run_id, purpose, url, sent_at, finished_at, outcome, page_sha256)
select $1, 'resumed', $2, sent_at, finished_at, 'accepted', page_sha256
from landed
returning page_sha256, finished_at
