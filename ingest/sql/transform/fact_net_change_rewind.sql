-- Deletes the entries of an earlier observation with exactly the same time: of two, the one loaded later is kept.
delete from fact_net_change
using stg_ll2__change
where fact_net_change.launch_id = stg_ll2__change.launch_id
    and fact_net_change.observed_at = stg_ll2__change.observed_at
