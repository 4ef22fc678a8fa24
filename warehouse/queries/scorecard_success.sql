with scored as (
    select
        dim_launch_service_provider.name as provider_name,
        mart_forecast_success.is_success,
        success_chance,
        constant_chance::double precision as constant_chance,
        laplace_chance::double precision as laplace_chance,
        jeffreys_chance::double precision as jeffreys_chance,
        two_of_three_chance::double precision as two_of_three_chance
    from mart_forecast_success
    inner join dim_launch_service_provider using (provider_id)
),

-- Gives each chance its losses, a long row per forecaster: nobody is held to be surer than one in a million.
lost as (
    select
        scored.provider_name,
        scored.is_success,
        forecaster.name as forecaster,
        -ln(greatest(case when scored.is_success then forecaster.chance else 1 - forecaster.chance end, 1e-6)) as log_loss,
        power(forecaster.chance - scored.is_success::integer, 2) as brier
    from scored
    cross join lateral (
        values
        ('mooncoon', scored.success_chance),
        ('constant', scored.constant_chance),
        ('laplace', scored.laplace_chance),
        ('jeffreys', scored.jeffreys_chance),
        ('two_of_three', scored.two_of_three_chance)
    ) as forecaster (name, chance)
)

select
    provider_name,
    forecaster,
    count(*) as flights,
    count(*) filter (where is_success) as successes,
    avg(log_loss) as log_loss,
    avg(brier)::double precision as brier
from lost
group by grouping sets ((forecaster), (provider_name, forecaster))
order by provider_name is not null, count(*) desc, provider_name, forecaster
