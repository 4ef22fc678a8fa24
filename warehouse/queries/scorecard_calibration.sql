-- Finer where most rockets are: between 0.98 and 1 a chance of failure doubles twice.
select
    bin.low_chance as from_chance,
    bin.high_chance as to_chance,
    count(*) as flights,
    count(*) filter (where mart_forecast_success.is_success) as successes,
    avg(mart_forecast_success.success_chance) as foretold
from mart_forecast_success
inner join (
    values (0.0::float8, 0.7::float8), (0.7, 0.85), (0.85, 0.92), (0.92, 0.96), (0.96, 0.98), (0.98, 1.000001)
) as bin (low_chance, high_chance)
    on mart_forecast_success.success_chance >= bin.low_chance and mart_forecast_success.success_chance < bin.high_chance
group by bin.low_chance, bin.high_chance
order by bin.low_chance
