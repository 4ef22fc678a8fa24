-- severity: warn
-- No booster of a changed launch landed without an attempt, and no reused booster is on its first flight.
-- covers: launch_booster
select launch_id, launch_booster.booster_number, launch_booster.serial_number, launch_booster.flight_number
from stg_ll2__change
inner join launch_booster using (launch_id)
where (launch_booster.landing_success and not launch_booster.landing_attempt)
    or launch_booster.flight_number < 1
    or (launch_booster.flight_number = 1 and launch_booster.previous_flight_at is not null)
