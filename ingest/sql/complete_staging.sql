-- Gives staged launches without a usable date the stored date, or the placeholder for none (domain::NetSpan::UNDATED),
-- and those without a time of their last edit the stored one, or that of this sighting. Not part of the content hash: a
-- record without new content counts as unchanged.
update stg_ll2__launch
set
    net_at = coalesce(stg_ll2__launch.net_at, fact_launch.net_at, '2099-12-31T00:00:00Z'),
    net_precision_id = case when stg_ll2__launch.net_at is null then fact_launch.net_precision_id else stg_ll2__launch.net_precision_id end,
    last_updated_at = coalesce(stg_ll2__launch.last_updated_at, fact_launch.last_updated_at, stg_ll2__launch.observed_at)
from stg_ll2__launch as staged
left join fact_launch using (launch_id)
where staged.launch_id = stg_ll2__launch.launch_id
    and (stg_ll2__launch.net_at is null or stg_ll2__launch.last_updated_at is null)
