select name, role, agency_name, nationality
from launch_crew
where launch_id = $1
order by role, name
