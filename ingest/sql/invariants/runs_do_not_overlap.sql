-- Runs do not overlap: each starts after the end of every earlier one, and only the newest may be running.
select ingest_run_id, started_at, ended_before
from (
    select
        ingest_run_id,
        started_at,
        max(coalesce(finished_at, 'infinity')) over (
            order by ingest_run_id rows between unbounded preceding and 1 preceding
        ) as ended_before
    from ingest_run
) as run
where started_at < ended_before
