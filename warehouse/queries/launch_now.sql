-- The launches as they are.
from mart_launch_board as present
cross join lateral (
    select
        present.*,
        present.last_updated_at as edited_at,
        (
            select dim_rocket_config.leo_capacity_kg
            from dim_rocket_config
            where dim_rocket_config.rocket_config_id = present.rocket_config_id
        ) as rocket_leo_capacity_kg,
        (
            select mart_launch_forecast.content
            from mart_launch_forecast
            where mart_launch_forecast.launch_id = present.launch_id
        ) as forecast
) as launch
