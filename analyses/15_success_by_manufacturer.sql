-- How often do the rockets of each manufacturer succeed? Partial failures are not successes.
select
    coalesce(dim_agency.name, dim_rocket_config.manufacturer_name) as manufacturer,
    count(*) as flight_count,
    count(*) filter (where dim_status.kind = 'success') as success_count,
    round(100.0 * count(*) filter (where dim_status.kind = 'success') / count(*), 1) as success_percent
from fact_launch
inner join dim_status using (status_id)
inner join dim_rocket_config using (rocket_config_id)
left join dim_agency on dim_agency.agency_id = dim_rocket_config.manufacturer_id
where dim_status.is_final and fact_launch.deleted_at is null
group by 1 order by flight_count desc, manufacturer
