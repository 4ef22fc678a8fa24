-- A changed launch has as many updates, videos, patches, payloads, links, crew members, boosters, spacecraft, programs and agencies as its record.
-- covers: launch_update, launch_video, launch_patch, launch_payload, launch_link, launch_crew, launch_booster, launch_spacecraft, launch_program, launch_agency
-- error_if: > 0
with received as (
    select launch_id, stg_ll2__launch.is_detailed
    from stg_ll2__change
    inner join stg_ll2__launch using (launch_id)
    where stg_ll2__change.has_record
)
select entity, launch_id, sum(held) as held_count, sum(staged) as staged_count
from (
    select 'update' as entity, launch_id, 1 as held, 0 as staged from launch_update inner join received using (launch_id) where is_detailed
    union all
    select 'update', launch_id, 0, 1 from stg_ll2__update inner join received using (launch_id) where is_detailed
    union all
    select 'video', launch_id, 1, 0 from launch_video inner join received using (launch_id) where is_detailed
    union all
    select 'video', launch_id, 0, 1 from stg_ll2__video inner join received using (launch_id) where is_detailed
    union all
    select 'patch', launch_id, 1, 0 from launch_patch inner join received using (launch_id) where is_detailed
    union all
    select 'patch', launch_id, 0, 1 from stg_ll2__patch inner join received using (launch_id) where is_detailed
    union all
    select 'payload', launch_id, 1, 0 from launch_payload inner join received using (launch_id) where is_detailed
    union all
    select 'payload', launch_id, 0, 1 from stg_ll2__payload inner join received using (launch_id) where is_detailed
    union all
    select 'link', launch_id, 1, 0 from launch_link inner join received using (launch_id) where is_detailed
    union all
    select 'link', launch_id, 0, 1 from stg_ll2__link inner join received using (launch_id) where is_detailed
    union all
    select 'crew', launch_id, 1, 0 from launch_crew inner join received using (launch_id) where is_detailed
    union all
    select 'crew', launch_id, 0, 1 from stg_ll2__crew inner join received using (launch_id) where is_detailed
    union all
    select 'booster', launch_id, 1, 0 from launch_booster inner join received using (launch_id) where is_detailed
    union all
    select 'booster', launch_id, 0, 1 from stg_ll2__booster inner join received using (launch_id) where is_detailed
    union all
    select 'spacecraft', launch_id, 1, 0 from launch_spacecraft inner join received using (launch_id) where is_detailed
    union all
    select 'spacecraft', launch_id, 0, 1 from stg_ll2__spacecraft_flight inner join received using (launch_id) where is_detailed
    union all
    select 'program', launch_id, 1, 0 from launch_program inner join received using (launch_id)
    union all
    select 'program', launch_id, 0, 1 from stg_ll2__launch_program inner join received using (launch_id)
    union all
    select 'agency', launch_id, 1, 0 from launch_agency inner join received using (launch_id)
    union all
    select 'agency', launch_id, 0, 1 from stg_ll2__launch_agency inner join received using (launch_id)
) as child
group by entity, launch_id
having sum(held) <> sum(staged)
