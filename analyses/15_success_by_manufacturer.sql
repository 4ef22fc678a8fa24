-- How often do the rockets of each manufacturer succeed? Partial failures are not successes.
select
    dim_rocket_config.manufacturer_name as manufacturer,
    count(*) as flight_count,
    count(*) filter (where fact_launch.status_id = 3) as success_count,
    round(100.0 * count(*) filter (where fact_launch.status_id = 3) / count(*), 1) as success_percent
from fact_launch
inner join dim_rocket_config using (rocket_config_id)
where is_final(fact_launch.status_id) and fact_launch.deleted_at is null
group by dim_rocket_config.manufacturer_name order by flight_count desc, manufacturer
