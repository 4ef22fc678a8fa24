-- Of which nations are the people who fly? A person counts once for each flight, and once for each nationality.
select
    dim_country.name as country,
    count(*) as seat_count,
    count(distinct crew.astronaut_id) as person_count
from (select distinct launch_id, astronaut_id from launch_crew) as crew
inner join fact_launch using (launch_id)
inner join dim_astronaut_country using (astronaut_id)
inner join dim_country using (country_code)
where has_left_pad(fact_launch.status_id)
group by dim_country.name order by seat_count desc, country
