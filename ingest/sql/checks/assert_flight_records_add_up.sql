-- The successes and failures of a provider or rocket do not exceed its launches, nor the landings of a vehicle or place the attempts.
-- covers: dim_launch_service_provider, dim_rocket_config, dim_launcher, dim_landing_location
-- warn_if: > 0
select 'provider' as entity, provider_id as id, name, total_launch_count, successful_launch_count, failed_launch_count
from dim_launch_service_provider
where greatest(successful_launch_count, failed_launch_count, consecutive_successful_launch_count) > total_launch_count
    or least(total_launch_count, successful_launch_count, failed_launch_count, pending_launch_count) < 0
union all
select 'rocket', rocket_config_id, full_name, total_launch_count, successful_launch_count, failed_launch_count
from dim_rocket_config
where greatest(successful_launch_count, failed_launch_count, consecutive_successful_launch_count) > total_launch_count
    or least(total_launch_count, successful_launch_count, failed_launch_count, pending_launch_count) < 0
union all
select 'launcher', launcher_id, serial_number, attempted_landing_count, successful_landing_count, null
from dim_launcher
where successful_landing_count > attempted_landing_count or least(attempted_landing_count, successful_landing_count, flight_count) < 0
union all
select 'landing_location', landing_location_id, name, attempted_landing_count, successful_landing_count, failed_landing_count
from dim_landing_location
where greatest(successful_landing_count, failed_landing_count) > attempted_landing_count
    or least(attempted_landing_count, successful_landing_count, failed_landing_count) < 0
