-- A rocket that nobody named is not one rocket: it teaches nothing.
create or replace view mart_flight as
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
where fact_launch.status_id in (3, 4, 7) and fact_launch.deleted_at is null and fact_launch.rocket_config_id >= 0;
comment on view mart_flight is 'What models of success are taught: a launch of a known rocket with an outcome, by rocket, family and provider. None of LL2''s own counts of flights, which are of today and would tell the past what came later. One row per launch that has flown.';
