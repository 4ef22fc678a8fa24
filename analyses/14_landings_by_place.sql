-- Where do boosters land, and do they?
select
    launch_booster.landing_location,
    count(*) as attempt_count,
    count(*) filter (where launch_booster.landing_success) as success_count,
    count(*) filter (where launch_booster.landing_success is null) as unknown_count
from launch_booster
inner join fact_launch using (launch_id)
where has_left_pad(fact_launch.status_id) and launch_booster.landing_attempt
group by launch_booster.landing_location order by attempt_count desc, landing_location
