-- A published run changed no more launches than it received, and no count is negative. Checks the last fifty runs.
-- covers: ingest_run
-- warn_if: > 0
select ingest_run_id, kind, launch_seen_count, launch_changed_count, launch_late_count, quarantined_count, announced_count
from ingest_run
where ingest_run_id between (select min(ingest_run_id) - 50 from stg_run) and (select max(ingest_run_id) from stg_run)
    and state = 'succeeded'
    and (
        -- A replay counts what every run before it changed.
        (launch_changed_count > launch_seen_count and kind <> 'replay')
        or launch_late_count > launch_seen_count
        or least(
            page_count, launch_seen_count, launch_changed_count, launch_closed_count, launch_late_count, quarantined_count
        ) < 0
    )
