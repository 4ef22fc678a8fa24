-- One rule for two readers: what is foretold is taught by it, and so is what is foretold afterwards for the scorecard.
create view mart_flight as
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
where fact_launch.status_id in (3, 4, 7) and fact_launch.deleted_at is null;
comment on view mart_flight is 'What models of success are taught: a launch with an outcome, by rocket, family and provider. None of LL2''s own counts of flights, which are of today and would tell the past what came later. One row per launch that has flown.';
comment on column mart_flight.flown_at is 'The NET: LL2 keeps the time of lift-off there.';
comment on column mart_flight.rocket is 'The configuration''s full name.';
comment on column mart_flight.maker is 'The provider''s name: models know the maker of a rocket by it.';
