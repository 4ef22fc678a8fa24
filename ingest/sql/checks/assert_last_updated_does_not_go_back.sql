-- No record replaces one that LL2 edited later; it would be a response from a cache, or an edit that LL2 took back.
-- covers: stg_ll2__change, fact_launch
-- warn_if: > 0
select launch_id, stg_ll2__change.last_updated_before_at, fact_launch.last_updated_at
from stg_ll2__change
inner join fact_launch using (launch_id)
where fact_launch.last_updated_at < stg_ll2__change.last_updated_before_at
