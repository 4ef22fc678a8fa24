-- Makes the set equal to the record's: removes what is gone, adds what is new, rewrites what differs.
-- Only `detailed` records carry the set; any other says nothing of it.
with changed as (
    select stg_ll2__launch.launch_id
    from stg_ll2__change
    inner join stg_ll2__launch using (launch_id)
    where stg_ll2__change.has_record and stg_ll2__launch.is_detailed
),
removed as (
    delete from launch_payload
    using changed
    where launch_payload.launch_id = changed.launch_id
        and not exists (
            select
            from stg_ll2__payload
            where stg_ll2__payload.launch_id = launch_payload.launch_id
                and stg_ll2__payload.payload_flight_id = launch_payload.payload_flight_id
        )
)
insert into launch_payload (launch_id, payload_flight_id, name, type, manufacturer_name, operator_name, destination, amount, mass_kg, description, info_url,
    wiki_url)
select stg_ll2__payload.launch_id, stg_ll2__payload.payload_flight_id,
    stg_ll2__payload.name, stg_ll2__payload.type, stg_ll2__payload.manufacturer_name,
    stg_ll2__payload.operator_name, stg_ll2__payload.destination, stg_ll2__payload.amount,
    stg_ll2__payload.mass_kg, stg_ll2__payload.description, stg_ll2__payload.info_url,
    stg_ll2__payload.wiki_url
from stg_ll2__payload
inner join changed using (launch_id)
on conflict (launch_id, payload_flight_id) do update set
    name = excluded.name,
    type = excluded.type,
    manufacturer_name = excluded.manufacturer_name,
    operator_name = excluded.operator_name,
    destination = excluded.destination,
    amount = excluded.amount,
    mass_kg = excluded.mass_kg,
    description = excluded.description,
    info_url = excluded.info_url,
    wiki_url = excluded.wiki_url
where (
    launch_payload.name, launch_payload.type, launch_payload.manufacturer_name,
    launch_payload.operator_name, launch_payload.destination, launch_payload.amount,
    launch_payload.mass_kg, launch_payload.description, launch_payload.info_url,
    launch_payload.wiki_url
) is distinct from (
    excluded.name, excluded.type, excluded.manufacturer_name, excluded.operator_name,
    excluded.destination, excluded.amount, excluded.mass_kg, excluded.description, excluded.info_url,
    excluded.wiki_url
)
