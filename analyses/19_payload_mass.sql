-- How much mass is flown for each destination? Only payloads with a mass; the others are counted, not guessed.
select
    launch_payload.destination,
    count(*) as payload_count,
    count(*) filter (where launch_payload.mass_kg is null) as without_mass_count,
    sum(launch_payload.mass_kg * coalesce(launch_payload.amount, 1)) as mass_kg
from launch_payload
inner join fact_launch using (launch_id)
where has_left_pad(fact_launch.status_id)
group by launch_payload.destination order by payload_count desc, destination
