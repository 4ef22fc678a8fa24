-- The window of a launch with a precise NET contains the NET.
-- covers: fact_launch
-- warn_if: > 0
select launch_id, window_start_at, net_at, window_end_at
from fact_launch
where is_upcoming
    and net_precision_id <= 2
    and (net_at < window_start_at or net_at > window_end_at)
