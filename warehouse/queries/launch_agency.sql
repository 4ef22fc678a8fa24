select agency_id, name, abbrev, type, country_code
from launch_agency
where launch_id = $1
order by name
