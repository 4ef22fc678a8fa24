-- Stores a segment of $1 bodies with $2 bytes in all, compressed to $3, and removes its bodies from their pages: those
-- with the hashes $4, at the offsets $5.
with segment as (
    insert into raw_ll2_segment (page_count, body_bytes, bodies_zstd)
    values ($1, $2, $3)
    returning raw_ll2_segment_id
)
update raw_ll2_page
set
    raw_ll2_segment_id = segment.raw_ll2_segment_id,
    segment_offset = moved.segment_offset,
    body_zstd = null
from segment
cross join unnest($4::bytea[], $5::bigint[]) as moved (sha256, segment_offset)
where raw_ll2_page.sha256 = moved.sha256 and raw_ll2_page.body_zstd is not null
