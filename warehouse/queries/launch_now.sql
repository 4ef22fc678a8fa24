-- The launches as they are. $1: now, for the forecasts. Each board has its own now: see `Db::frozen_at`.
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
            select current_forecast.content
            from forecast_at(present.launch_id, $1) as current_forecast
            where present.is_upcoming
        ) as forecast
) as launch
