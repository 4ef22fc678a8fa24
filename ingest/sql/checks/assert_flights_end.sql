-- No launch of the last year that has left the pad is without an outcome three days after its NET.
-- covers: fact_launch, stg_run
-- warn_if: > 0
select launch_id, status_id, net_at, left_upcoming_at
from fact_launch
where has_left_pad(status_id)
    and not is_final(status_id)
    and deleted_at is null
    and net_at < (select max(observed_at) from stg_run) - interval '3 days'
    -- For the index.
    and flown_date > ((select max(observed_at) from stg_run) - interval '1 year')::date
