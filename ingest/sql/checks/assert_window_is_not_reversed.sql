-- No window ends before it starts.
-- covers: fact_launch
-- warn_if: > 0
select launch_id, window_start_at, window_end_at
from fact_launch
where window_end_at < window_start_at
