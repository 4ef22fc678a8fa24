-- No launch was seen in the future, by the clock of the observed world with a tolerance of five minutes.
-- covers: fact_launch
-- error_if: > 0
select launch_id, last_seen_at
from fact_launch
where last_seen_at > world_now() + interval '5 minutes'
