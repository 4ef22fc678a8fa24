-- Runs, newest first; $1 of them after the first $2.
select *
from mart_run
order by ingest_run_id desc
limit $1 offset $2
