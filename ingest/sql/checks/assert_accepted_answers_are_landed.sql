-- severity: block
-- Every accepted response about launches is landed, and every request with a known outcome has an end time, not before its start.
-- covers: ingest_request, raw_ll2_page
select ingest_request.ingest_request_id, ingest_request.purpose, ingest_request.url, ingest_request.outcome
from ingest_request
inner join stg_run using (ingest_run_id)
left join raw_ll2_page on raw_ll2_page.sha256 = ingest_request.page_sha256
where (ingest_request.outcome = 'accepted' and ingest_request.purpose <> 'throttle' and raw_ll2_page.sha256 is null)
    or (ingest_request.outcome <> 'sent' and ingest_request.finished_at is null)
    or ingest_request.finished_at < ingest_request.sent_at
