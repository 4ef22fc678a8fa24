-- severity: warn
-- The successes and failures of a provider or rocket do not exceed its launches.
-- covers: dim_launch_service_provider, dim_rocket_config
select 'provider' as entity, provider_id as id, name, total_launch_count, successful_launch_count, failed_launch_count
from dim_launch_service_provider
where greatest(successful_launch_count, failed_launch_count, consecutive_successful_launch_count) > total_launch_count
    or least(total_launch_count, successful_launch_count, failed_launch_count, pending_launch_count) < 0
union all
select 'rocket', rocket_config_id, full_name, total_launch_count, successful_launch_count, failed_launch_count
from dim_rocket_config
where greatest(successful_launch_count, failed_launch_count, consecutive_successful_launch_count) > total_launch_count
    or least(total_launch_count, successful_launch_count, failed_launch_count, pending_launch_count) < 0
