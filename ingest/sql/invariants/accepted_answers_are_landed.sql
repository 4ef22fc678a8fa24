-- An answer that was accepted is in landing, and only such a one.
select ingest_request_id, outcome
from ingest_request
where (outcome = 'accepted') <> (page_sha256 is not null)
    -- What LL2 says of the allowance is remembered, but is no page.
    and purpose <> 'throttle'
