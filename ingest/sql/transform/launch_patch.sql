-- Makes the set equal to the record's: removes what is gone, adds what is new, rewrites what differs.
-- Only `detailed` records carry the set; any other says nothing of it.
with changed as (
    select stg_ll2__launch.launch_id
    from stg_ll2__change
    inner join stg_ll2__launch using (launch_id)
    where stg_ll2__change.has_record and stg_ll2__launch.is_detailed
),
removed as (
    delete from launch_patch
    using changed
    where launch_patch.launch_id = changed.launch_id
        and not exists (
            select
            from stg_ll2__patch
            where stg_ll2__patch.launch_id = launch_patch.launch_id
                and stg_ll2__patch.patch_id = launch_patch.patch_id
        )
)
insert into launch_patch (launch_id, patch_id, name, priority, image_url, agency_name)
select stg_ll2__patch.launch_id, stg_ll2__patch.patch_id, stg_ll2__patch.name, stg_ll2__patch.priority,
    stg_ll2__patch.image_url, stg_ll2__patch.agency_name
from stg_ll2__patch
inner join changed using (launch_id)
on conflict (launch_id, patch_id) do update set
    name = excluded.name,
    priority = excluded.priority,
    image_url = excluded.image_url,
    agency_name = excluded.agency_name
where (launch_patch.name, launch_patch.priority, launch_patch.image_url, launch_patch.agency_name)
    is distinct from (excluded.name, excluded.priority, excluded.image_url, excluded.agency_name)
