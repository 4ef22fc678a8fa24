select
    fact_launch.launch_id,
    provider.total_launch_count as provider_total_launch_count,
    provider.successful_launch_count as provider_successful_launch_count,
    provider.failed_launch_count as provider_failed_launch_count,
    provider.pending_launch_count as provider_pending_launch_count,
    provider.consecutive_successful_launch_count as provider_consecutive_successful_launch_count,
    rocket.total_launch_count as rocket_total_launch_count,
    rocket.successful_launch_count as rocket_successful_launch_count,
    rocket.failed_launch_count as rocket_failed_launch_count,
    rocket.pending_launch_count as rocket_pending_launch_count,
    rocket.consecutive_successful_launch_count as rocket_consecutive_successful_launch_count
from fact_launch
inner join dim_launch_service_provider as provider using (provider_id)
inner join dim_rocket_config as rocket using (rocket_config_id)
where fact_launch.launch_id = $1
