-- What the model is taught when flights are foretold afterwards: outcomes alone, none of LL2's own counts, which are of today.
-- $1: the newest so many. LL2 knows 7,600; a warehouse that is made larger for a measurement is not read whole for a page.
select
    fact_launch.launch_id,
    fact_launch.net_at as flown_at,
    fact_launch.status_id,
    dim_rocket_config.full_name as rocket,
    dim_rocket_config.family,
    dim_launch_service_provider.name as maker
from fact_launch
inner join dim_rocket_config using (rocket_config_id)
inner join dim_launch_service_provider using (provider_id)
where fact_launch.status_id in (3, 4, 7) and fact_launch.deleted_at is null
order by fact_launch.net_at desc, fact_launch.launch_id desc
limit $1
