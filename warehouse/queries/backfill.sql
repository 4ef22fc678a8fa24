-- How far the past has been read, and how many launches the backfill runs of the last day brought in an hour.
select
    ingest_cursor.position_at,
    ingest_cursor.seen_count,
    ingest_cursor.total_count,
    ingest_cursor.finished_at,
    pace.launches_per_hour
from ingest_cursor
cross join lateral (
    select
        -- The first run's launches came before the time that is measured.
        case
            when count(*) > 1 and max(started_at) > min(started_at)
                then ((sum(launch_seen_count) - (array_agg(launch_seen_count order by started_at))[1])
                    / (extract(epoch from max(started_at) - min(started_at)) / 3600))::double precision
        end as launches_per_hour
    from ingest_run
    where kind = 'backfill' and state = 'succeeded' and started_at > $1 - interval '1 day'
) as pace
where ingest_cursor.feed = 'history'
