-- Makes the set equal to the record's: removes what is gone, adds what is new, rewrites what differs.
-- Every mode carries the set.
with changed as (
    select stg_ll2__launch.launch_id
    from stg_ll2__change
    inner join stg_ll2__launch using (launch_id)
    where stg_ll2__change.has_record
),
removed as (
    delete from launch_agency
    using changed
    where launch_agency.launch_id = changed.launch_id
        and not exists (
            select
            from stg_ll2__launch_agency
            where stg_ll2__launch_agency.launch_id = launch_agency.launch_id
                and stg_ll2__launch_agency.agency_id = launch_agency.agency_id
        )
)
insert into launch_agency (launch_id, agency_id, name, abbrev, type, country_code)
select stg_ll2__launch_agency.launch_id, stg_ll2__launch_agency.agency_id,
    stg_ll2__launch_agency.name, stg_ll2__launch_agency.abbrev, stg_ll2__launch_agency.type,
    stg_ll2__launch_agency.country_code
from stg_ll2__launch_agency
inner join changed using (launch_id)
on conflict (launch_id, agency_id) do update set
    name = excluded.name,
    abbrev = excluded.abbrev,
    type = excluded.type,
    country_code = excluded.country_code
where (
    launch_agency.name, launch_agency.abbrev, launch_agency.type, launch_agency.country_code
) is distinct from (
    excluded.name, excluded.abbrev, excluded.type, excluded.country_code
)
