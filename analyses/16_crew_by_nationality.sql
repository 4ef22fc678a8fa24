-- Of which nations are the people who fly? A person counts once for each flight, whatever the role.
select
    crew.nationality,
    count(*) as seat_count,
    count(distinct crew.astronaut_id) as person_count
from (select distinct launch_id, astronaut_id, nationality from launch_crew) as crew
inner join fact_launch using (launch_id)
where has_left_pad(fact_launch.status_id)
group by crew.nationality order by seat_count desc, nationality
