-- How many days pass between the flights of a booster, by the number of the flight?
select
    launch_booster.flight_number,
    count(*) as flight_count,
    percentile_cont(0.5) within group (order by extract(epoch from fact_launch.net_at - launch_booster.previous_flight_at) / 86400) as median_days
from launch_booster
inner join fact_launch using (launch_id)
where has_left_pad(fact_launch.status_id)
    and not launch_booster.is_placeholder
    and launch_booster.previous_flight_at < fact_launch.net_at
group by launch_booster.flight_number order by launch_booster.flight_number
