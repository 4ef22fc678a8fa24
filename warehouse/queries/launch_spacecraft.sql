select
    launch_spacecraft.spacecraft_flight_id,
    launch_spacecraft.spacecraft_id,
    dim_spacecraft.name,
    dim_spacecraft.serial_number,
    dim_spacecraft.config_name,
    coalesce(dim_spacecraft.is_placeholder, false) as is_placeholder,
    launch_spacecraft.destination,
    launch_spacecraft.mission_end_at,
    launch_spacecraft.landing_attempt,
    launch_spacecraft.landing_success,
    launch_spacecraft.landing_type,
    launch_spacecraft.landing_location
from launch_spacecraft
left join dim_spacecraft using (spacecraft_id)
where launch_spacecraft.launch_id = $1
order by launch_spacecraft.spacecraft_flight_id
