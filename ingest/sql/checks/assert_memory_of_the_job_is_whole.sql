-- The job has exactly one lease row, one pause row, one cursor for each feed, one row for each kind of upkeep, and at most one allowance row.
-- covers: ingest_lease, ingest_pause, ingest_cursor, ingest_allowance, ingest_upkeep
-- error_if: > 0
select memory.*
from (
    select
        (select count(*) from ingest_lease) as lease_count,
        (select count(*) from ingest_pause) as pause_count,
        (select count(*) from ingest_cursor where feed in ('changed', 'history')) as cursor_count,
        (select count(*) from ingest_allowance) as allowance_count,
        (select count(*) from ingest_upkeep) as upkeep_count
) as memory
where lease_count <> 1 or pause_count <> 1 or cursor_count <> 2 or allowance_count > 1 or upkeep_count <> 3
