-- severity: block
-- Every forecast of the run has a chance between 0 and 1 and dates in order, is for an existing launch, uses no later data, and is shown while the launch is upcoming.
-- covers: forecast, mart_launch_forecast, mart_forecast_success, mart_forecast_date
select forecast.launch_id, forecast.made_at
from stg_run
inner join forecast on forecast.ingest_run_id = stg_run.ingest_run_id and forecast.made_at >= stg_run.observed_at
left join fact_launch using (launch_id)
left join mart_launch_forecast using (launch_id)
left join mart_forecast_success using (launch_id)
where
    fact_launch.launch_id is null
    or forecast.made_at > stg_run.observed_at
    or not forecast.success_chance between 0 and 1
    or not forecast.as_announced_chance between 0 and 1
    or forecast.rocket_success_count > forecast.rocket_flight_count
    or not (forecast.p10_at <= forecast.p50_at and forecast.p50_at <= forecast.p80_at and forecast.p80_at <= forecast.p90_at)
    or (fact_launch.is_upcoming and mart_launch_forecast.made_at is distinct from (
        select max(newest.made_at) from forecast as newest where newest.launch_id = forecast.launch_id
    ))
    or mart_forecast_success.made_at >= mart_forecast_success.flown_at
union all
select mart_forecast_date.launch_id, mart_forecast_date.made_at
from stg_run
inner join mart_forecast_date on mart_forecast_date.made_at = stg_run.observed_at
where mart_forecast_date.made_at >= mart_forecast_date.flown_at or mart_forecast_date.p50_days > mart_forecast_date.p80_days
