-- How often do boosters fly? By rocket; placeholders are no vehicles, and stages without a vehicle are counted apart.
select
    dim_rocket_config.full_name as rocket,
    count(*) as booster_flight_count,
    count(*) filter (where launch_booster.is_reused) as reused_count,
    count(distinct dim_launcher.launcher_id) as vehicle_count,
    count(*) filter (where dim_launcher.launcher_id is null) as unknown_count,
    max(launch_booster.flight_number) as most_flights
from launch_booster
inner join fact_launch using (launch_id)
inner join dim_rocket_config using (rocket_config_id)
left join dim_launcher using (launcher_id)
where has_left_pad(fact_launch.status_id) and not launch_booster.is_placeholder
group by dim_rocket_config.full_name order by booster_flight_count desc
