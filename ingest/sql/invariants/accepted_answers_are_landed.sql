-- A request has a landed page if and only if its response was accepted.
select ingest_request_id, outcome
from ingest_request
where (outcome = 'accepted') <> (page_sha256 is not null)
    -- Responses of the throttle endpoint are stored, but not as pages.
    and purpose <> 'throttle'
