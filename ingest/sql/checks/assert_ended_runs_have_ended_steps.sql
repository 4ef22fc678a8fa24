-- A run that has ended has no running step, and no run or step ends before it starts. Checks the last fifty runs.
-- covers: ingest_run, ingest_step
-- warn_if: > 0
select ingest_run.ingest_run_id, ingest_step.step_number, ingest_step.name, ingest_run.state, ingest_step.state as step_state
from ingest_run
inner join ingest_step using (ingest_run_id)
where ingest_run.ingest_run_id between (select min(ingest_run_id) - 50 from stg_run) and (select max(ingest_run_id) from stg_run)
    -- Of both tables, so that neither is read as a whole.
    and ingest_step.ingest_run_id between (select min(ingest_run_id) - 50 from stg_run) and (select max(ingest_run_id) from stg_run)
    and (
        (ingest_run.state <> 'running' and ingest_step.state = 'running')
        or ingest_step.finished_at < ingest_step.started_at
        or ingest_run.finished_at < ingest_run.started_at
    )
