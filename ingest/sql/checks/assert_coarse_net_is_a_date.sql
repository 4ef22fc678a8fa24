-- A NET with a precision of a day or coarser is at 00:00Z: a time of day would look exact.
-- covers: fact_launch
-- warn_if: > 0
select launch_id, net_at, net_precision_id
from fact_launch
where is_upcoming
    and net_precision_id >= 5
    and net_at <> date_trunc('day', net_at, 'UTC')
