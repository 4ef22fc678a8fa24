-- severity: block
-- The freshness view has one row, refers to the newest published run, and counts the launches on the board.
-- covers: mart_freshness, ingest_run, fact_launch
select badge.*
from (
    select
        count(*) as row_count,
        max(publication_id) as publication_id,
        (select max(ingest_run_id) from ingest_run where state = 'succeeded') as newest_id,
        max(upcoming_count) as upcoming_count,
        (select count(*) from fact_launch where is_upcoming) as launch_count
    from mart_freshness
) as badge
where row_count <> 1 or publication_id is distinct from newest_id or upcoming_count <> launch_count
