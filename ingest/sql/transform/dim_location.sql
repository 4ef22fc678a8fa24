-- Adds members and brings attributes up to date; what the page did not mention stays as it was, a name that is missing too.
insert into dim_location (
    location_id,
    name,
    country_code,
    timezone_name,
    latitude,
    longitude,
    celestial_body,
    description,
    total_launch_count,
    total_landing_count,
    first_seen_at,
    updated_at
)
select
    stg_ll2__location.location_id,
    coalesce(stg_ll2__location.name, dim_location.name, 'Unnamed'),
    case when 'country_code' = any (stg_ll2__location.absent) then dim_location.country_code else stg_ll2__location.country_code end,
    case when 'timezone_name' = any (stg_ll2__location.absent) then dim_location.timezone_name else stg_ll2__location.timezone_name end,
    case when 'latitude' = any (stg_ll2__location.absent) then dim_location.latitude else stg_ll2__location.latitude end,
    case when 'longitude' = any (stg_ll2__location.absent) then dim_location.longitude else stg_ll2__location.longitude end,
    case when 'celestial_body' = any (stg_ll2__location.absent) then dim_location.celestial_body else stg_ll2__location.celestial_body end,
    case when 'description' = any (stg_ll2__location.absent) then dim_location.description else stg_ll2__location.description end,
    case when 'total_launch_count' = any (stg_ll2__location.absent) then dim_location.total_launch_count else stg_ll2__location.total_launch_count end,
    case when 'total_landing_count' = any (stg_ll2__location.absent) then dim_location.total_landing_count else stg_ll2__location.total_landing_count end,
    stg_run.observed_at,
    stg_run.observed_at
from stg_ll2__location
cross join stg_run
left join dim_location using (location_id)
on conflict (location_id) do update set
    name = excluded.name,
    country_code = excluded.country_code,
    timezone_name = excluded.timezone_name,
    latitude = excluded.latitude,
    longitude = excluded.longitude,
    celestial_body = excluded.celestial_body,
    description = excluded.description,
    total_launch_count = excluded.total_launch_count,
    total_landing_count = excluded.total_landing_count,
    updated_at = excluded.updated_at
where (select is_newest from stg_run)
    and (
        dim_location.name, dim_location.country_code, dim_location.timezone_name,
        dim_location.latitude, dim_location.longitude, dim_location.celestial_body,
        dim_location.description, dim_location.total_launch_count,
        dim_location.total_landing_count
    ) is distinct from (
        excluded.name, excluded.country_code, excluded.timezone_name, excluded.latitude,
        excluded.longitude, excluded.celestial_body, excluded.description,
        excluded.total_launch_count, excluded.total_landing_count
    )
