-- severity: warn
-- Crew members and agencies of a changed launch have names.
-- covers: launch_crew, launch_agency
select 'crew' as entity, launch_crew.launch_id, launch_crew.astronaut_id as id
from stg_ll2__change
inner join launch_crew using (launch_id)
where btrim(launch_crew.name) = '' or btrim(launch_crew.role) = ''
union all
select 'agency', launch_agency.launch_id, launch_agency.agency_id
from stg_ll2__change
inner join launch_agency using (launch_id)
where btrim(launch_agency.name) = ''
