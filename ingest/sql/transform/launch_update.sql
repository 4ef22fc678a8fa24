-- Makes the set equal to the record's: removes what is gone, adds what is new, rewrites what differs.
-- Only `detailed` records carry the set; any other says nothing of it.
with changed as (
    select stg_ll2__launch.launch_id
    from stg_ll2__change
    inner join stg_ll2__launch using (launch_id)
    where stg_ll2__change.has_record and stg_ll2__launch.is_detailed
),
removed as (
    delete from launch_update
    using changed
    where launch_update.launch_id = changed.launch_id
        and not exists (
            select
            from stg_ll2__update
            where stg_ll2__update.launch_id = launch_update.launch_id
                and stg_ll2__update.update_id = launch_update.update_id
        )
)
insert into launch_update (launch_id, update_id, comment, info_url, created_by, created_at)
select stg_ll2__update.launch_id, stg_ll2__update.update_id, stg_ll2__update.comment,
    stg_ll2__update.info_url, stg_ll2__update.created_by, stg_ll2__update.created_at
from stg_ll2__update
inner join changed using (launch_id)
on conflict (launch_id, update_id) do update set
    comment = excluded.comment,
    info_url = excluded.info_url,
    created_by = excluded.created_by,
    created_at = excluded.created_at
where (
    launch_update.comment, launch_update.info_url, launch_update.created_by,
    launch_update.created_at
) is distinct from (
    excluded.comment, excluded.info_url, excluded.created_by, excluded.created_at
)
