-- severity: block
-- No launch was seen later than now, by the database's clock and five minutes' grace.
-- covers: fact_launch
select launch_id, last_seen_at
from fact_launch
where last_seen_at > clock_timestamp() + interval '5 minutes'
