-- At most one run is running.
-- covers: ingest_run
-- warn_if: > 0
select ingest_run_id, kind, started_at
from ingest_run
where state = 'running' and (select count(*) from ingest_run where state = 'running') > 1
