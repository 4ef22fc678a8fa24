-- The first date forecast of each launch and UTC day is to be scored. $1: the run that made forecasts.
insert into model_forecast_score (launch_id, made_at, next_at)
select model_forecast.launch_id, model_forecast.made_at, model_forecast.made_at
from model_forecast
where model_forecast.ingest_run_id = $1 and model_forecast.p50_at is not null
on conflict do nothing
