-- Makes the set equal to the record's: removes what is gone, adds what is new, rewrites what differs.
-- Only `detailed` records carry the set; any other says nothing of it.
with changed as (
    select stg_ll2__launch.launch_id
    from stg_ll2__change
    inner join stg_ll2__launch using (launch_id)
    where stg_ll2__change.has_record and stg_ll2__launch.is_detailed
),
removed as (
    delete from launch_booster
    using changed
    where launch_booster.launch_id = changed.launch_id
        and not exists (
            select
            from stg_ll2__booster
            where stg_ll2__booster.launch_id = launch_booster.launch_id
                and stg_ll2__booster.booster_number = launch_booster.booster_number
        )
)
insert into launch_booster (launch_id, booster_number, stage_type, serial_number,
    is_placeholder, is_reused, flight_number, previous_flight_at, landing_attempt,
    landing_success, landing_type, landing_location)
select stg_ll2__booster.launch_id, stg_ll2__booster.booster_number, stg_ll2__booster.stage_type,
    stg_ll2__booster.serial_number, stg_ll2__booster.is_placeholder, stg_ll2__booster.is_reused,
    stg_ll2__booster.flight_number, stg_ll2__booster.previous_flight_at,
    stg_ll2__booster.landing_attempt, stg_ll2__booster.landing_success,
    stg_ll2__booster.landing_type, stg_ll2__booster.landing_location
from stg_ll2__booster
inner join changed using (launch_id)
on conflict (launch_id, booster_number) do update set
    stage_type = excluded.stage_type,
    serial_number = excluded.serial_number,
    is_placeholder = excluded.is_placeholder,
    is_reused = excluded.is_reused,
    flight_number = excluded.flight_number,
    previous_flight_at = excluded.previous_flight_at,
    landing_attempt = excluded.landing_attempt,
    landing_success = excluded.landing_success,
    landing_type = excluded.landing_type,
    landing_location = excluded.landing_location
where (
    launch_booster.stage_type, launch_booster.serial_number, launch_booster.is_placeholder,
    launch_booster.is_reused, launch_booster.flight_number,
    launch_booster.previous_flight_at, launch_booster.landing_attempt,
    launch_booster.landing_success, launch_booster.landing_type,
    launch_booster.landing_location
) is distinct from (
    excluded.stage_type, excluded.serial_number, excluded.is_placeholder,
    excluded.is_reused, excluded.flight_number, excluded.previous_flight_at,
    excluded.landing_attempt, excluded.landing_success, excluded.landing_type,
    excluded.landing_location
)
