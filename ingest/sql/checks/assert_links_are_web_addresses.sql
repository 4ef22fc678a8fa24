-- severity: block
-- Every link and image address of a changed launch is an http or https URL.
-- covers: launch_video, launch_patch, launch_payload, launch_link, launch_update, fact_launch
select entity, launch_id, url
from stg_ll2__change
inner join lateral (
    select 'video' as entity, url from launch_video where launch_video.launch_id = stg_ll2__change.launch_id
    union all
    select 'patch', image_url from launch_patch where launch_patch.launch_id = stg_ll2__change.launch_id
    union all
    select 'payload', unnest(array[info_url, wiki_url]) from launch_payload where launch_payload.launch_id = stg_ll2__change.launch_id
    union all
    select 'link', url from launch_link where launch_link.launch_id = stg_ll2__change.launch_id
    union all
    select 'update', info_url from launch_update where launch_update.launch_id = stg_ll2__change.launch_id
    union all
    select 'launch', unnest(array[image_url, infographic_url, flightclub_url])
    from fact_launch
    where fact_launch.launch_id = stg_ll2__change.launch_id
) as link on true
where url !~* '^https?://[^/\s]+'
