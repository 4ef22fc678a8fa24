-- In the ledger of a changed launch each change starts where the previous one ended.
-- covers: fact_net_change
-- error_if: > 0
select launch_id, observed_at, net_before_at, last_net_at
from (
    select
        fact_net_change.launch_id,
        fact_net_change.observed_at,
        (fact_net_change.net_before_at, fact_net_change.net_precision_before_id) as before,
        fact_net_change.net_before_at,
        lag((fact_net_change.net_after_at, fact_net_change.net_precision_after_id)) over ledger as last_after,
        lag(fact_net_change.net_after_at) over ledger as last_net_at
    from fact_net_change
    inner join stg_ll2__change using (launch_id)
    window ledger as (partition by fact_net_change.launch_id order by fact_net_change.observed_at)
) as change
where last_net_at is not null and before is distinct from last_after
