-- The NET is in the period that its precision names; "Q3" with 30 June is an outdated placeholder.
-- covers: fact_launch
-- warn_if: > 0
select launch_id, net_at, net_precision_id
from fact_launch
where is_upcoming
    and not net_at <@ net_span(net_at, net_precision_id)
