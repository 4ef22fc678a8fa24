-- The counts of NET changes and slips of a changed launch equal those in the ledger.
-- covers: fact_launch, fact_net_change
-- error_if: > 0
select fact_launch.launch_id, fact_launch.net_change_count, fact_launch.slip_count
from stg_ll2__change
inner join fact_launch using (launch_id)
left join fact_net_change using (launch_id)
group by fact_launch.launch_id
having fact_launch.net_change_count <> count(fact_net_change.launch_id)
    or fact_launch.slip_count <> count(fact_net_change.launch_id) filter (where fact_net_change.is_slip)
