-- The launches that wait, each with its current forecast at $1.
select
    fact_launch.launch_id,
    dim_rocket_config.full_name as rocket,
    dim_rocket_config.family,
    dim_launch_service_provider.name as maker,
    newest.made_at,
    newest.content
from fact_launch
inner join dim_rocket_config using (rocket_config_id)
inner join dim_launch_service_provider using (provider_id)
left join lateral forecast_at(fact_launch.launch_id, $1) as newest on true
where
    fact_launch.is_upcoming
    and fact_launch.deleted_at is null
    and not has_left_pad(fact_launch.status_id)
    -- Nothing can be predicted for an unknown rocket or a launch without a date.
    and fact_launch.rocket_config_id >= 0
    and fact_launch.net_at < '2099-12-31T00:00:00Z'
