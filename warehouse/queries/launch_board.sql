select
    launch_id,
    name,
    net_at,
    net_precision_id,
    net_precision_abbrev,
    net_precision_name,
    window_start_at,
    window_end_at,
    status_id,
    status_abbrev,
    status_name,
    provider_id,
    provider_name,
    provider_abbrev,
    rocket_config_id,
    rocket_name,
    rocket_family,
    rocket_length_m,
    (
        select dim_rocket_config.leo_capacity_kg
        from dim_rocket_config
        where dim_rocket_config.rocket_config_id = mart_launch_board.rocket_config_id
    ) as rocket_leo_capacity_kg,
    mission_id,
    mission_name,
    mission_type,
    mission_description,
    orbit_id,
    orbit_name,
    orbit_abbrev,
    orbit_celestial_body,
    pad_id,
    pad_name,
    pad_latitude,
    pad_longitude,
    location_id,
    location_name,
    location_country_code,
    location_timezone_name,
    location_celestial_body,
    probability_percent,
    weather_concerns,
    fail_reason,
    is_webcast_live,
    image_url,
    image_credit,
    last_updated_at,
    slip_count,
    is_crewed,
    is_upcoming,
    programs,
    (
        select mart_launch_forecast.content
        from mart_launch_forecast
        where mart_launch_forecast.launch_id = mart_launch_board.launch_id
    ) as forecast
from mart_launch_board
