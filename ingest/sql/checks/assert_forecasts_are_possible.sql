-- Every forecast of the run has a chance between 0 and 1 and dates in order, is for an existing launch, uses no later data, and is shown while the launch is upcoming. Forecasts that violate this are dropped.
-- covers: model_forecast, mart_launch_forecast, mart_forecast_success
-- warn_if: > 0
select model_forecast.launch_id, model_forecast.made_at
from model_forecast
inner join stg_run using (ingest_run_id)
left join fact_launch using (launch_id)
-- Each `limit` keeps the planner from reading a whole view, with every launch or every forecast ever made.
left join lateral (
    select mart_launch_forecast.made_at
    from mart_launch_forecast
    where mart_launch_forecast.launch_id = model_forecast.launch_id
    limit 1
) as shown on true
left join lateral (
    select newest.made_at
    from model_forecast as newest
    where newest.launch_id = model_forecast.launch_id
    order by newest.made_at desc
    limit 1
) as newest on true
left join lateral (
    select mart_forecast_success.made_at, mart_forecast_success.flown_at
    from mart_forecast_success
    where mart_forecast_success.launch_id = model_forecast.launch_id
    limit 1
) as scored on true
-- An array, so that the index is used before the planner knows that there is only one run.
where model_forecast.ingest_run_id = any (array(select stg_run.ingest_run_id from stg_run))
    and (
        fact_launch.launch_id is null
        or model_forecast.made_at > stg_run.observed_at
        or not model_forecast.success_chance between 0 and 1
        or not model_forecast.as_announced_chance between 0 and 1
        or model_forecast.rocket_success_count > model_forecast.rocket_flight_count
        or not (model_forecast.p10_at <= model_forecast.p50_at and model_forecast.p50_at <= model_forecast.p80_at and model_forecast.p80_at <= model_forecast.p90_at)
        or (fact_launch.is_upcoming and shown.made_at is distinct from newest.made_at)
        or scored.made_at >= scored.flown_at
    )
