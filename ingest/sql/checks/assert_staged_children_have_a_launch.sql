-- Every staged child row belongs to a staged launch.
-- covers: stg_ll2__update, stg_ll2__video, stg_ll2__patch, stg_ll2__payload, stg_ll2__link, stg_ll2__crew, stg_ll2__booster, stg_ll2__spacecraft_flight, stg_ll2__launch_program, stg_ll2__launch_agency, stg_ll2__launch
-- error_if: > 0
select entity, launch_id
from (
    select 'update' as entity, launch_id from stg_ll2__update
    union all
    select 'video', launch_id from stg_ll2__video
    union all
    select 'patch', launch_id from stg_ll2__patch
    union all
    select 'payload', launch_id from stg_ll2__payload
    union all
    select 'link', launch_id from stg_ll2__link
    union all
    select 'crew', launch_id from stg_ll2__crew
    union all
    select 'booster', launch_id from stg_ll2__booster
    union all
    select 'spacecraft_flight', launch_id from stg_ll2__spacecraft_flight
    union all
    select 'launch_program', launch_id from stg_ll2__launch_program
    union all
    select 'launch_agency', launch_id from stg_ll2__launch_agency
) as child
where not exists (select from stg_ll2__launch where stg_ll2__launch.launch_id = child.launch_id)
