select
    payload_flight_id,
    name,
    type,
    manufacturer_name,
    operator_name,
    destination,
    amount,
    mass_kg,
    description,
    info_url,
    wiki_url
from launch_payload
where launch_id = $1
order by amount * mass_kg desc nulls last, payload_flight_id
