-- A landed page is not empty and was not received in the future, by the database clock with a tolerance of five minutes.
-- covers: raw_ll2_page, stg_run
-- error_if: > 0
select encode(raw_ll2_page.sha256, 'hex') as sha256, raw_ll2_page.url, raw_ll2_page.body_bytes, raw_ll2_page.observed_at
from raw_ll2_page
-- An array, so that the index is used before the planner knows that there is only one run.
where raw_ll2_page.ingest_run_id = any (array(select stg_run.ingest_run_id from stg_run))
    and (
        raw_ll2_page.body_bytes <= 0
        or octet_length(raw_ll2_page.body_zstd) = 0
        or raw_ll2_page.observed_at > world_now() + interval '5 minutes'
    )
