-- No booster or spacecraft of a changed launch landed without an attempt, and no reused booster is on its first flight.
-- covers: launch_booster, launch_spacecraft
-- warn_if: > 0
select launch_id, launch_booster.stage_id as id, launch_booster.serial_number, launch_booster.flight_number
from stg_ll2__change
inner join launch_booster using (launch_id)
where (launch_booster.landing_success and not launch_booster.landing_attempt)
    or launch_booster.flight_number < 1
    or (launch_booster.flight_number = 1 and launch_booster.previous_flight_at is not null)
union all
select launch_id, launch_spacecraft.spacecraft_flight_id, null, null
from stg_ll2__change
inner join launch_spacecraft using (launch_id)
where launch_spacecraft.landing_success and not launch_spacecraft.landing_attempt
