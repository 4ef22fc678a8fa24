select
    fact_net_change.observed_at,
    fact_net_change.kind,
    fact_net_change.direction,
    fact_net_change.precision_change,
    fact_net_change.is_after_old_date,
    fact_net_change.is_slip,
    fact_net_change.is_recycle,
    fact_net_change.net_before_at,
    fact_net_change.net_after_at,
    before.net_precision_id as precision_before_id,
    before.abbrev as precision_before_abbrev,
    before.name as precision_before_name,
    after.net_precision_id as precision_after_id,
    after.abbrev as precision_after_abbrev,
    after.name as precision_after_name,
    fact_net_change.shift_seconds,
    fact_net_change.shift_min_seconds,
    fact_net_change.shift_max_seconds,
    fact_net_change.was_observed_live
from fact_net_change
left join dim_net_precision as before on before.net_precision_id = fact_net_change.net_precision_before_id
left join dim_net_precision as after on after.net_precision_id = fact_net_change.net_precision_after_id
where fact_net_change.launch_id = $1
order by fact_net_change.observed_at desc
