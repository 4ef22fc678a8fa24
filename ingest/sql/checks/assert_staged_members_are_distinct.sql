-- Each dimension member is staged once.
-- covers: stg_ll2__status, stg_ll2__net_precision, stg_ll2__orbit, stg_ll2__agency, stg_ll2__rocket_config, stg_ll2__location, stg_ll2__pad, stg_ll2__mission, stg_ll2__program, stg_ll2__launcher, stg_ll2__landing_location, stg_ll2__astronaut, stg_ll2__spacecraft
-- error_if: > 0
select entity, id, count(*) as row_count
from (
    select 'status' as entity, status_id as id from stg_ll2__status
    union all
    select 'net_precision', net_precision_id from stg_ll2__net_precision
    union all
    select 'orbit', orbit_id from stg_ll2__orbit
    union all
    select 'agency', agency_id from stg_ll2__agency
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
    union all
    select 'launcher', launcher_id from stg_ll2__launcher
    union all
    select 'landing_location', landing_location_id from stg_ll2__landing_location
    union all
    select 'astronaut', astronaut_id from stg_ll2__astronaut
    union all
    select 'spacecraft', spacecraft_id from stg_ll2__spacecraft
) as member
group by entity, id
having count(*) > 1
