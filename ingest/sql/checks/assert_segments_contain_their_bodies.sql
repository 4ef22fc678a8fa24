-- Each body that the run received and that is in a segment lies within it.
-- covers: raw_ll2_segment, raw_ll2_page, ingest_request
-- warn_if: > 0
select
    encode(page.sha256, 'hex') as sha256,
    page.segment_offset,
    page.body_bytes,
    raw_ll2_segment.raw_ll2_segment_id,
    raw_ll2_segment.body_bytes as segment_bytes
from ingest_request
cross join lateral (
    select raw_ll2_page.sha256, raw_ll2_page.raw_ll2_segment_id, raw_ll2_page.segment_offset, raw_ll2_page.body_bytes
    from raw_ll2_page
    where raw_ll2_page.sha256 = ingest_request.page_sha256
    -- Without it the planner may read every page that was ever landed.
    limit 1
) as page
inner join raw_ll2_segment on raw_ll2_segment.raw_ll2_segment_id = page.raw_ll2_segment_id
-- An array, so that the index is used before the planner knows that there is only one run.
where ingest_request.ingest_run_id = any (array(select stg_run.ingest_run_id from stg_run))
    and page.segment_offset + page.body_bytes > raw_ll2_segment.body_bytes
