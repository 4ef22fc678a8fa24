-- No step is running in a run that has ended, once a later run has started and closed it.
select ingest_step.ingest_run_id, ingest_step.step_number, ingest_step.name, ingest_run.state
from ingest_step
inner join ingest_run using (ingest_run_id)
where ingest_step.state = 'running'
    and ingest_run.state <> 'running'
    and exists (select from ingest_run as later where later.ingest_run_id > ingest_run.ingest_run_id)
