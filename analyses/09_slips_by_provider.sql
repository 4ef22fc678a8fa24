-- Who slips, how often, and by how much? Recycles of a scrub apart. Bounds in days, of what each slip can mean.
select
    dim_launch_service_provider.name as provider,
    count(distinct launch_id) as launch_count,
    count(*) as slip_count,
    count(*) filter (where is_recycle) as recycle_count,
    percentile_cont(0.5) within group (order by shift_min_seconds / 86400.0) as median_min_days,
    percentile_cont(0.5) within group (order by shift_max_seconds / 86400.0) as median_max_days
from fact_net_change
inner join dim_launch_service_provider using (provider_id)
where is_slip
group by dim_launch_service_provider.name order by slip_count desc, provider
