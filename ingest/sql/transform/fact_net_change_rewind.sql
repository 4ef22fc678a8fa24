-- Takes back what an earlier observation of the very same instant wrote: of two, the later told is the one that holds.
delete from fact_net_change
using stg_ll2__change
where fact_net_change.launch_id = stg_ll2__change.launch_id
    and fact_net_change.observed_at = stg_ll2__change.observed_at
