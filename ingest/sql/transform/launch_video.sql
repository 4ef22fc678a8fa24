-- Makes the set equal to the record's: removes what is gone, adds what is new, rewrites what differs.
-- Only `detailed` records carry the set; any other says nothing of it.
with changed as (
    select stg_ll2__launch.launch_id
    from stg_ll2__change
    inner join stg_ll2__launch using (launch_id)
    where stg_ll2__change.has_record and stg_ll2__launch.is_detailed
),
removed as (
    delete from launch_video
    using changed
    where launch_video.launch_id = changed.launch_id
        and not exists (
            select
            from stg_ll2__video
            where stg_ll2__video.launch_id = launch_video.launch_id
                and stg_ll2__video.url = launch_video.url
        )
)
insert into launch_video (launch_id, url, priority, title, publisher, source, description, type,
    language_code, start_at, end_at, is_live)
select stg_ll2__video.launch_id, stg_ll2__video.url, stg_ll2__video.priority,
    stg_ll2__video.title, stg_ll2__video.publisher, stg_ll2__video.source,
    stg_ll2__video.description, stg_ll2__video.type, stg_ll2__video.language_code,
    stg_ll2__video.start_at, stg_ll2__video.end_at, stg_ll2__video.is_live
from stg_ll2__video
inner join changed using (launch_id)
on conflict (launch_id, url) do update set
    priority = excluded.priority,
    title = excluded.title,
    publisher = excluded.publisher,
    source = excluded.source,
    description = excluded.description,
    type = excluded.type,
    language_code = excluded.language_code,
    start_at = excluded.start_at,
    end_at = excluded.end_at,
    is_live = excluded.is_live
where (
    launch_video.priority, launch_video.title, launch_video.publisher, launch_video.source,
    launch_video.description, launch_video.type, launch_video.language_code,
    launch_video.start_at, launch_video.end_at, launch_video.is_live
) is distinct from (
    excluded.priority, excluded.title, excluded.publisher, excluded.source,
    excluded.description, excluded.type, excluded.language_code, excluded.start_at,
    excluded.end_at, excluded.is_live
)
