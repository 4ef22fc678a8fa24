-- $1: launches; $2: now. Since when their newest forecast has its two days: the time of the first of the consecutive forecasts with the same days.
-- Searched backwards, because the days change often: most searches end after a row or two.
select newest.launch_id, first.made_at
from unnest($1::uuid[]) as asked (launch_id)
inner join lateral (
    select
        model_forecast.launch_id,
        (model_forecast.p50_at at time zone 'UTC')::date as p50_day,
        (model_forecast.p80_at at time zone 'UTC')::date as p80_day
    from model_forecast
    where model_forecast.launch_id = asked.launch_id and model_forecast.made_at <= $2
    order by model_forecast.made_at desc
    limit 1
) as newest on true
left join lateral (
    select model_forecast.made_at
    from model_forecast
    where model_forecast.launch_id = asked.launch_id
        and model_forecast.made_at <= $2
        and ((model_forecast.p50_at at time zone 'UTC')::date, (model_forecast.p80_at at time zone 'UTC')::date)
        is distinct from (newest.p50_day, newest.p80_day)
    order by model_forecast.made_at desc
    limit 1
) as other on true
inner join lateral (
    select model_forecast.made_at
    from model_forecast
    where model_forecast.launch_id = asked.launch_id and model_forecast.made_at > coalesce(other.made_at, '-infinity')
    order by model_forecast.made_at
    limit 1
) as first on true
