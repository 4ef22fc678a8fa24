-- Adds missions and brings them up to date; every mode and version sends all of their attributes.
insert into dim_mission (
    mission_id,
    name,
    mission_type,
    description,
    orbit_id,
    first_seen_at,
    updated_at
)
select
    stg_ll2__mission.mission_id,
    coalesce(stg_ll2__mission.name, dim_mission.name, 'Unnamed'),
    stg_ll2__mission.mission_type,
    stg_ll2__mission.description,
    stg_ll2__mission.orbit_id,
    stg_run.observed_at,
    stg_run.observed_at
from stg_ll2__mission
cross join stg_run
left join dim_mission using (mission_id)
on conflict (mission_id) do update set
    name = excluded.name,
    mission_type = excluded.mission_type,
    description = excluded.description,
    orbit_id = excluded.orbit_id,
    updated_at = excluded.updated_at
where (select is_newest from stg_run)
    and (
        dim_mission.name, dim_mission.mission_type, dim_mission.description, dim_mission.orbit_id
    ) is distinct from (
        excluded.name, excluded.mission_type, excluded.description, excluded.orbit_id
    )
