-- A rocket is between 1 and 200 metres long, longer than its diameter, and heavier than its payload capacity; no measure is negative.
-- covers: dim_rocket_config
-- warn_if: > 0
select rocket_config_id, full_name, length_m, diameter_m, launch_mass_t, leo_capacity_kg
from dim_rocket_config
where length_m not between 1 and 200
    or diameter_m > length_m
    or leo_capacity_kg / 1000 > launch_mass_t
    or least(diameter_m, launch_mass_t, leo_capacity_kg, gto_capacity_kg, liftoff_thrust_kn, launch_cost_usd) < 0
