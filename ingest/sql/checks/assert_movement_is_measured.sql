-- A run that stored forecasts leaves a movement of scores of its day, measured on no later data and on no more launches than there are.
-- covers: model_movement
-- warn_if: > 0
select stg_run.ingest_run_id, model_movement.measured_at, model_movement.launch_count
from stg_run
left join model_movement
    on model_movement.measured_at >= date_trunc('day', stg_run.observed_at at time zone 'UTC') at time zone 'UTC'
    and model_movement.measured_at <= stg_run.observed_at
where exists (select from model_forecast where model_forecast.ingest_run_id = stg_run.ingest_run_id)
    and (
        model_movement.measured_at is null
        or model_movement.launch_count > (select count(*) from fact_launch)
    )
