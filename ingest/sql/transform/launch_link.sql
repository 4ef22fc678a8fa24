-- Makes the set equal to the record's: removes what is gone, adds what is new, rewrites what differs.
-- Only `detailed` records carry the set; any other says nothing of it.
with changed as (
    select stg_ll2__launch.launch_id
    from stg_ll2__change
    inner join stg_ll2__launch using (launch_id)
    where stg_ll2__change.has_record and stg_ll2__launch.is_detailed
),
removed as (
    delete from launch_link
    using changed
    where launch_link.launch_id = changed.launch_id
        and not exists (
            select
            from stg_ll2__link
            where stg_ll2__link.launch_id = launch_link.launch_id
                and stg_ll2__link.url = launch_link.url
        )
)
insert into launch_link (launch_id, url, priority, title, source, description, type)
select stg_ll2__link.launch_id, stg_ll2__link.url, stg_ll2__link.priority, stg_ll2__link.title,
    stg_ll2__link.source, stg_ll2__link.description, stg_ll2__link.type
from stg_ll2__link
inner join changed using (launch_id)
on conflict (launch_id, url) do update set
    priority = excluded.priority,
    title = excluded.title,
    source = excluded.source,
    description = excluded.description,
    type = excluded.type
where (
    launch_link.priority, launch_link.title, launch_link.source, launch_link.description,
    launch_link.type
) is distinct from (
    excluded.priority, excluded.title, excluded.source, excluded.description, excluded.type
)
