-- No launch with an outcome has a NET more than a day in the future.
-- covers: fact_launch
-- warn_if: > 0
select launch_id, status_id, net_at
from fact_launch
where is_final(status_id)
    and net_at > last_seen_at + interval '1 day'
