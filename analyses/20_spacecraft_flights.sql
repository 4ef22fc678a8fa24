-- Which spacecraft flew how often, and whereto?
select
    dim_spacecraft.config_name as model,
    dim_spacecraft.name as spacecraft,
    count(*) as flight_count,
    count(launch_spacecraft.mission_end_at) as ended_count,
    count(*) filter (where launch_spacecraft.landing_success) as landed_count,
    string_agg(distinct launch_spacecraft.destination, ', ' order by launch_spacecraft.destination) as destinations
from launch_spacecraft
inner join fact_launch using (launch_id)
inner join dim_spacecraft using (spacecraft_id)
where has_left_pad(fact_launch.status_id) and dim_spacecraft.is_placeholder is not true
group by dim_spacecraft.config_name, dim_spacecraft.spacecraft_id, dim_spacecraft.name order by flight_count desc, model, spacecraft
