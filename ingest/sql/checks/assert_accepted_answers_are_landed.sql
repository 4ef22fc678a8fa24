-- Every accepted response about launches is landed, and every request with a known outcome has an end time, not before its start.
-- covers: ingest_request, raw_ll2_page
-- error_if: > 0
select ingest_request.ingest_request_id, ingest_request.purpose, ingest_request.url, ingest_request.outcome
from ingest_request
left join lateral (
    select raw_ll2_page.sha256
    from raw_ll2_page
    where raw_ll2_page.sha256 = ingest_request.page_sha256
    -- Without it the planner may read every page that was ever landed.
    limit 1
) as page on true
-- An array, so that the index is used before the planner knows that there is only one run.
where ingest_request.ingest_run_id = any (array(select stg_run.ingest_run_id from stg_run))
    and (
        (ingest_request.outcome = 'accepted' and ingest_request.purpose <> 'throttle' and page.sha256 is null)
        or (ingest_request.outcome <> 'sent' and ingest_request.finished_at is null)
        or ingest_request.finished_at < ingest_request.sent_at
    )
