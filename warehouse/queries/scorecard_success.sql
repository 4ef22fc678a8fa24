select
    mart_forecast_success.launch_id,
    mart_forecast_success.flown_at,
    dim_launch_service_provider.name as provider_name,
    mart_forecast_success.is_success,
    mart_forecast_success.success_chance,
    array[
        mart_forecast_success.constant_chance,
        mart_forecast_success.laplace_chance,
        mart_forecast_success.jeffreys_chance,
        mart_forecast_success.two_of_three_chance
    ]::double precision [] as rule_chances
from mart_forecast_success
inner join dim_launch_service_provider using (provider_id)
