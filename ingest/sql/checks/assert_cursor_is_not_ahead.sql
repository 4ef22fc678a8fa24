-- No feed cursor is in the future or beyond the total count of its feed.
-- covers: ingest_cursor
-- warn_if: > 0
select feed, position_at, seen_count, total_count
from ingest_cursor
where position_at > world_now() + interval '1 day'
    or seen_count < 0
    or seen_count > total_count + 100
    or (finished_at is not null and feed = 'changed')
