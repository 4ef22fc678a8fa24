-- severity: warn
-- No feed was read further than it can reach: not into the future, not beyond its own count.
-- covers: ingest_cursor
select feed, position_at, seen_count, total_count
from ingest_cursor
where position_at > clock_timestamp() + interval '1 day'
    or seen_count < 0
    or seen_count > total_count + 100
    or (finished_at is not null and feed = 'changed')
