-- Recounts the ledger of the launches that may have new entries.
update fact_launch
set net_change_count = counted.net_change_count, slip_count = counted.slip_count
from (
    select
        stg_ll2__change.launch_id,
        count(fact_net_change.launch_id) as net_change_count,
        count(fact_net_change.launch_id) filter (where fact_net_change.is_slip) as slip_count
    from stg_ll2__change
    left join fact_net_change using (launch_id)
    group by stg_ll2__change.launch_id
) as counted
where counted.launch_id = fact_launch.launch_id
    and (fact_launch.net_change_count, fact_launch.slip_count) <> (counted.net_change_count, counted.slip_count)
