-- Every landed page belongs to a request that names it, or to a request whose outcome a killed program could not store.
select raw_ll2_page.url, raw_ll2_page.observed_at
from raw_ll2_page
where not exists (select from ingest_request where ingest_request.page_sha256 = raw_ll2_page.sha256)
    and not exists (
        select
        from ingest_request
        where ingest_request.ingest_run_id = raw_ll2_page.ingest_run_id
            and ingest_request.url = raw_ll2_page.url
            and ingest_request.outcome = 'sent'
    )
