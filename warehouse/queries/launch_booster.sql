select
    stage_type,
    serial_number,
    is_placeholder,
    is_reused,
    flight_number,
    landing_attempt,
    landing_success,
    landing_type,
    landing_location
from launch_booster
where launch_id = $1
order by booster_number
