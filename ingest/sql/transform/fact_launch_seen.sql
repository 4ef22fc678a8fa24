-- Updates the last sighting of unchanged launches.
update fact_launch
set last_seen_at = stg_ll2__launch.observed_at
from stg_ll2__launch
where stg_ll2__launch.launch_id = fact_launch.launch_id
    and fact_launch.last_seen_at < stg_ll2__launch.observed_at
