-- Every request of a succeeded run has an outcome.
select ingest_request.ingest_request_id, ingest_run.state
from ingest_request
inner join ingest_run using (ingest_run_id)
where ingest_request.outcome = 'sent'
    and ingest_run.state = 'succeeded'
