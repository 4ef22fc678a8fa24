-- Adds members and brings attributes up to date; what the page did not mention stays as it was.
insert into dim_orbit (
    orbit_id,
    name,
    abbrev,
    celestial_body
)
select
    stg_ll2__orbit.orbit_id,
    coalesce(stg_ll2__orbit.name, dim_orbit.name, 'Unnamed'),
    coalesce(stg_ll2__orbit.abbrev, dim_orbit.abbrev, 'Unnamed'),
    case when 'celestial_body' = any (stg_ll2__orbit.absent) then dim_orbit.celestial_body else stg_ll2__orbit.celestial_body end
from stg_ll2__orbit
cross join stg_run
left join dim_orbit using (orbit_id)
on conflict (orbit_id) do update set
    name = excluded.name,
    abbrev = excluded.abbrev,
    celestial_body = excluded.celestial_body
where (select is_newest from stg_run)
    and (
        dim_orbit.name, dim_orbit.abbrev, dim_orbit.celestial_body
    ) is distinct from (
        excluded.name, excluded.abbrev, excluded.celestial_body
    )
