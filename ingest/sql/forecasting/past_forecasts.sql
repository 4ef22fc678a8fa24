-- The newest forecast of each launch at this time and at the same time of each week before. $1: the time; $2: the number
-- of weeks.
select distinct on (week.number, model_forecast.launch_id) model_forecast.launch_id, model_forecast.content
from generate_series(0, $2::integer) as week (number)
inner join model_forecast
    on model_forecast.made_at > $1 - week.number * interval '7 days' - interval '1 day'
    and model_forecast.made_at <= $1 - week.number * interval '7 days'
where model_forecast.content is not null
order by week.number, model_forecast.launch_id, model_forecast.made_at desc
