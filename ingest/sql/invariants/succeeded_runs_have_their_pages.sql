-- A sweep that succeeded has as many accepted, resumed or gone responses as the pages that it counts.
select ingest_run.ingest_run_id, ingest_run.page_count, count(ingest_request.ingest_request_id) as answer_count
from ingest_run
left join ingest_request
    on ingest_request.ingest_run_id = ingest_run.ingest_run_id
    and is_answered(ingest_request.outcome)
    and ingest_request.purpose <> 'throttle'
where ingest_run.state = 'succeeded' and ingest_run.kind = 'sweep'
group by ingest_run.ingest_run_id
having count(ingest_request.ingest_request_id) <> ingest_run.page_count
