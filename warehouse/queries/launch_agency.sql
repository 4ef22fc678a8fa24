select dim_agency.agency_id, dim_agency.name, dim_agency.abbrev, dim_agency.type, dim_agency.country_code
from launch_agency
inner join dim_agency using (agency_id)
where launch_agency.launch_id = $1
order by dim_agency.name
