-- Forecasts of "flies within so many days", by the group of their chance: for each launch their number, the sum of the
-- chances, and how many came true. $1: since when; $2: the lower bounds of the groups.
select
    ahead.within_days,
    width_bucket(ahead.chance, $2) as place,
    count(*) as forecasts,
    sum(ahead.chance) as predicted,
    count(*) filter (
        where mart_forecast_date.flown_at <= mart_forecast_date.made_at + ahead.within_days * interval '24 hours'
    ) as came
from mart_forecast_date
cross join lateral (
    values
        (7, mart_forecast_date.within_7_days_chance),
        (30, mart_forecast_date.within_30_days_chance),
        (90, mart_forecast_date.within_90_days_chance)
) as ahead (within_days, chance)
where mart_forecast_date.made_at > $1
    and ahead.chance is not null
    and mart_forecast_date.made_at + ahead.within_days * interval '24 hours' <= mart_forecast_date.known_until_at
group by ahead.within_days, place, mart_forecast_date.launch_id
