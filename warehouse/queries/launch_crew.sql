select dim_astronaut.name, launch_crew.role, dim_astronaut.agency_name, dim_astronaut.nationality
from launch_crew
inner join dim_astronaut using (astronaut_id)
where launch_crew.launch_id = $1
order by launch_crew.role, dim_astronaut.name
