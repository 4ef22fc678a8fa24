-- Where do stages and spacecraft land, and do they?
select
    coalesce(dim_landing_location.name, landing.landing_location) as place,
    count(*) as attempt_count,
    count(*) filter (where landing.landing_success) as success_count,
    count(*) filter (where landing.landing_success is null) as unknown_count
from (
    select launch_id, landing_location_id, landing_location, landing_success from launch_booster where landing_attempt
    union all select launch_id, landing_location_id, landing_location, landing_success from launch_spacecraft where landing_attempt
) as landing
inner join fact_launch using (launch_id) left join dim_landing_location using (landing_location_id)
where has_left_pad(fact_launch.status_id)
group by 1 order by attempt_count desc, place
