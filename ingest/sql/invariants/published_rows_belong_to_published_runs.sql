-- What readers see was published by a run that says so: no half state, no commit without its row.
select 'fact_launch_revision' as relation, launch_id, ingest_run_id, state
from fact_launch_revision
inner join ingest_run using (ingest_run_id)
where state <> 'succeeded'
union all
select 'fact_net_change', launch_id, ingest_run_id, state
from fact_net_change
inner join ingest_run using (ingest_run_id)
where state <> 'succeeded'
