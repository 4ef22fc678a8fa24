-- Makes the set equal to the record's: removes what is gone, adds what is new, rewrites what differs.
-- Only `detailed` records carry the set; any other says nothing of it.
with changed as (
    select stg_ll2__launch.launch_id
    from stg_ll2__change
    inner join stg_ll2__launch using (launch_id)
    where stg_ll2__change.has_record and stg_ll2__launch.is_detailed
),
removed as (
    delete from launch_crew
    using changed
    where launch_crew.launch_id = changed.launch_id
        and not exists (
            select
            from stg_ll2__crew
            where stg_ll2__crew.launch_id = launch_crew.launch_id
                and stg_ll2__crew.astronaut_id = launch_crew.astronaut_id
                and stg_ll2__crew.role = launch_crew.role
        )
)
insert into launch_crew (launch_id, astronaut_id, role, name, agency_name, nationality)
select stg_ll2__crew.launch_id, stg_ll2__crew.astronaut_id, stg_ll2__crew.role,
    stg_ll2__crew.name, stg_ll2__crew.agency_name, stg_ll2__crew.nationality
from stg_ll2__crew
inner join changed using (launch_id)
on conflict (launch_id, astronaut_id, role) do update set
    name = excluded.name,
    agency_name = excluded.agency_name,
    nationality = excluded.nationality
where (
    launch_crew.name, launch_crew.agency_name, launch_crew.nationality
) is distinct from (
    excluded.name, excluded.agency_name, excluded.nationality
)
