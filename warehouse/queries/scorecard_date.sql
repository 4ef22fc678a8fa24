-- Means over the forecasts of each launch at each horizon: a launch has one vote in a group, however often it was
-- predicted. Losses are in the order of forecast::backtest::Forecaster::ALL. $1: since when.
select
    mart_forecast_date.horizon,
    dim_launch_service_provider.name as provider_name,
    count(mart_forecast_date.integrated_brier_days) as forecasts,
    count(*) - count(mart_forecast_date.integrated_brier_days) as waiting,
    array[
        avg(mart_forecast_date.integrated_brier_days),
        avg(mart_forecast_date.announced_integrated_brier_days),
        avg(mart_forecast_date.horizon_integrated_brier_days),
        avg(mart_forecast_date.weibull_integrated_brier_days)
    ] as integrated_briers,
    array[
        avg(mart_forecast_date.p50_pinball_days),
        avg(mart_forecast_date.announced_p50_pinball_days),
        avg(mart_forecast_date.horizon_p50_pinball_days),
        avg(mart_forecast_date.weibull_p50_pinball_days)
    ] as p50_pinballs,
    array[
        avg(mart_forecast_date.p80_pinball_days),
        avg(mart_forecast_date.announced_p80_pinball_days),
        avg(mart_forecast_date.horizon_p80_pinball_days),
        avg(mart_forecast_date.weibull_p80_pinball_days)
    ] as p80_pinballs,
    -- The band is judged where it lies before the end of what is known, whether or not the launch has flown.
    count(*) filter (where mart_forecast_date.p90_at <= mart_forecast_date.known_until_at) as decided,
    count(*) filter (
        where mart_forecast_date.p90_at <= mart_forecast_date.known_until_at
            and mart_forecast_date.flown_at between mart_forecast_date.p10_at and mart_forecast_date.p90_at
    ) as in_band,
    count(*) filter (
        where mart_forecast_date.p90_at <= mart_forecast_date.known_until_at
            and mart_forecast_date.flown_at <= mart_forecast_date.p90_at
    ) as by_p90
from mart_forecast_date
inner join dim_launch_service_provider using (provider_id)
where mart_forecast_date.made_at > $1
group by mart_forecast_date.horizon, dim_launch_service_provider.name, mart_forecast_date.launch_id
