-- Every published row was written by a run that is marked as succeeded: no partial state, and no commit without its run.
select 'fact_launch_revision' as relation, launch_id, ingest_run_id, state
from fact_launch_revision
inner join ingest_run using (ingest_run_id)
where state <> 'succeeded'
union all
select 'fact_net_change', launch_id, ingest_run_id, state
from fact_net_change
inner join ingest_run using (ingest_run_id)
where state <> 'succeeded'
