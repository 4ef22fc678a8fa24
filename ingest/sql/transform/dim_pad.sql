-- Adds members and brings attributes up to date; what the page did not mention stays as it was, a name that is missing too.
insert into dim_pad (
    pad_id,
    name,
    location_id,
    latitude,
    longitude,
    country_code,
    description,
    total_launch_count,
    orbital_launch_attempt_count,
    map_url,
    wiki_url,
    info_url,
    first_seen_at,
    updated_at
)
select
    stg_ll2__pad.pad_id,
    coalesce(stg_ll2__pad.name, dim_pad.name, 'Unnamed'),
    coalesce(stg_ll2__pad.location_id, dim_pad.location_id, -1),
    case when 'latitude' = any (stg_ll2__pad.absent) then dim_pad.latitude else stg_ll2__pad.latitude end,
    case when 'longitude' = any (stg_ll2__pad.absent) then dim_pad.longitude else stg_ll2__pad.longitude end,
    case when 'country_code' = any (stg_ll2__pad.absent) then dim_pad.country_code else stg_ll2__pad.country_code end,
    case when 'description' = any (stg_ll2__pad.absent) then dim_pad.description else stg_ll2__pad.description end,
    case when 'total_launch_count' = any (stg_ll2__pad.absent) then dim_pad.total_launch_count else stg_ll2__pad.total_launch_count end,
    case when 'orbital_launch_attempt_count' = any (stg_ll2__pad.absent) then dim_pad.orbital_launch_attempt_count else stg_ll2__pad.orbital_launch_attempt_count end,
    case when 'map_url' = any (stg_ll2__pad.absent) then dim_pad.map_url else stg_ll2__pad.map_url end,
    case when 'wiki_url' = any (stg_ll2__pad.absent) then dim_pad.wiki_url else stg_ll2__pad.wiki_url end,
    case when 'info_url' = any (stg_ll2__pad.absent) then dim_pad.info_url else stg_ll2__pad.info_url end,
    stg_run.observed_at,
    stg_run.observed_at
from stg_ll2__pad
cross join stg_run
left join dim_pad using (pad_id)
on conflict (pad_id) do update set
    name = excluded.name,
    location_id = excluded.location_id,
    latitude = excluded.latitude,
    longitude = excluded.longitude,
    country_code = excluded.country_code,
    description = excluded.description,
    total_launch_count = excluded.total_launch_count,
    orbital_launch_attempt_count = excluded.orbital_launch_attempt_count,
    map_url = excluded.map_url,
    wiki_url = excluded.wiki_url,
    info_url = excluded.info_url,
    updated_at = excluded.updated_at
where (select is_newest from stg_run)
    and (
        dim_pad.name, dim_pad.location_id, dim_pad.latitude, dim_pad.longitude,
        dim_pad.country_code, dim_pad.description, dim_pad.total_launch_count,
        dim_pad.orbital_launch_attempt_count, dim_pad.map_url, dim_pad.wiki_url,
        dim_pad.info_url
    ) is distinct from (
        excluded.name, excluded.location_id, excluded.latitude, excluded.longitude,
        excluded.country_code, excluded.description, excluded.total_launch_count,
        excluded.orbital_launch_attempt_count, excluded.map_url, excluded.wiki_url,
        excluded.info_url
    )
