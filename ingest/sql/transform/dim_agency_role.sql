-- Notes the roles in which agencies occur.
with occurrence as (
    select provider_id as agency_id, 'provider' as role from stg_ll2__launch
    union
    select manufacturer_id, 'manufacturer' from stg_ll2__rocket_config
    union
    select manufacturer_id, 'manufacturer' from stg_ll2__spacecraft
    union
    select manufacturer_id, 'manufacturer' from stg_ll2__payload
    union
    select operator_id, 'operator' from stg_ll2__payload
    union
    select agency_id, 'mission_agency' from stg_ll2__launch_agency
    union
    select agency_id, 'crew_agency' from stg_ll2__astronaut
),
agency as (
    select
        agency_id,
        bool_or(role = 'provider') as is_provider,
        bool_or(role = 'manufacturer') as is_manufacturer,
        bool_or(role = 'operator') as is_operator,
        bool_or(role = 'mission_agency') as is_mission_agency,
        bool_or(role = 'crew_agency') as is_crew_agency
    from occurrence
    group by agency_id
)
update dim_agency
set
    is_provider = dim_agency.is_provider or agency.is_provider,
    is_manufacturer = dim_agency.is_manufacturer or agency.is_manufacturer,
    is_operator = dim_agency.is_operator or agency.is_operator,
    is_mission_agency = dim_agency.is_mission_agency or agency.is_mission_agency,
    is_crew_agency = dim_agency.is_crew_agency or agency.is_crew_agency
from agency
where agency.agency_id = dim_agency.agency_id
    and (
        (agency.is_provider and not dim_agency.is_provider)
        or (agency.is_manufacturer and not dim_agency.is_manufacturer)
        or (agency.is_operator and not dim_agency.is_operator)
        or (agency.is_mission_agency and not dim_agency.is_mission_agency)
        or (agency.is_crew_agency and not dim_agency.is_crew_agency)
    )
