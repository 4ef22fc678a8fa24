-- severity: block
-- In the ledger of a changed launch a slip moves to a later date, a pull-in to an earlier one, and every entry changes something.
-- covers: fact_net_change
select launch_id, fact_net_change.observed_at, fact_net_change.kind, fact_net_change.shift_seconds
from stg_ll2__change
inner join fact_net_change using (launch_id)
where (fact_net_change.kind = 'slip' and fact_net_change.shift_seconds <= 0)
    or (fact_net_change.kind = 'pull_in' and fact_net_change.shift_seconds >= 0)
    or (fact_net_change.net_before_at, fact_net_change.net_precision_before_id)
        is not distinct from (fact_net_change.net_after_at, fact_net_change.net_precision_after_id)
