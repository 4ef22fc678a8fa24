-- severity: warn
-- A NET of a day or coarser is a date at 00:00Z: a time of day there would be taken for real.
-- covers: fact_launch
select launch_id, net_at, net_precision_id
from fact_launch
where is_upcoming
    and net_precision_id >= 5
    and net_at <> date_trunc('day', net_at, 'UTC')
