-- Deletes the segments of which every body was deleted.
delete from raw_ll2_segment
where not exists (
    select from raw_ll2_page where raw_ll2_page.raw_ll2_segment_id = raw_ll2_segment.raw_ll2_segment_id
)
