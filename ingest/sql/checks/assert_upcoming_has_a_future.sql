-- No upcoming launch without an outcome was last seen more than two days after its NET: LL2 would have moved or closed it.
-- covers: fact_launch
-- warn_if: > 0
select launch_id, status_id, net_at, net_precision_id, last_seen_at
from fact_launch
where is_upcoming
    and not is_final(status_id)
    and upper(net_span(net_at, net_precision_id)) < last_seen_at - interval '2 days'
