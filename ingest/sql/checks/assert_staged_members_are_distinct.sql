-- severity: block
-- Each dimension member is staged once.
-- covers: stg_ll2__status, stg_ll2__net_precision, stg_ll2__orbit, stg_ll2__provider, stg_ll2__rocket_config, stg_ll2__location, stg_ll2__pad, stg_ll2__mission, stg_ll2__program
select entity, id, count(*) as row_count
from (
    select 'status' as entity, status_id as id from stg_ll2__status
    union all
    select 'net_precision', net_precision_id from stg_ll2__net_precision
    union all
    select 'orbit', orbit_id from stg_ll2__orbit
    union all
    select 'provider', provider_id from stg_ll2__provider
    union all
    select 'rocket_config', rocket_config_id from stg_ll2__rocket_config
    union all
    select 'location', location_id from stg_ll2__location
    union all
    select 'pad', pad_id from stg_ll2__pad
    union all
    select 'mission', mission_id from stg_ll2__mission
    union all
    select 'program', program_id from stg_ll2__program
) as member
group by entity, id
having count(*) > 1
