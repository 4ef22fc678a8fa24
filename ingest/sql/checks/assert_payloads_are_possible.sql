-- A payload of a changed launch has a name, an amount of at least one, and a positive mass if a mass is given.
-- covers: launch_payload
-- A few odd values keep no launch from being published; many mean that they are misread.
-- warn_if: > 0
-- error_if: > 10
-- cause: LL2
select launch_payload.launch_id, launch_payload.payload_flight_id, launch_payload.name, launch_payload.amount, launch_payload.mass_kg
from stg_ll2__change
inner join launch_payload using (launch_id)
where btrim(launch_payload.name) = ''
    or launch_payload.amount < 1
    or launch_payload.mass_kg <= 0
    or launch_payload.mass_kg = 'NaN'
