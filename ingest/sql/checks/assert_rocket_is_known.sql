-- Every launch has a rocket configuration with a name.
-- covers: fact_launch, dim_rocket_config
-- error_if: > 0
-- cause: LL2
select fact_launch.launch_id, fact_launch.rocket_config_id
from fact_launch
left join dim_rocket_config using (rocket_config_id)
where coalesce(dim_rocket_config.full_name, '') = ''
