-- How many attempts are scrubbed or held on the day, by provider?
select
    dim_launch_service_provider.name as provider,
    count(*) as attempt_count,
    count(*) filter (where result = 'scrubbed') as scrubbed_count,
    count(*) filter (where result = 'held') as held_count,
    percentile_cont(0.5) within group (order by recycle_seconds / 3600.0) filter (where result = 'scrubbed') as median_recycle_hours
from fact_launch_attempt
inner join dim_launch_service_provider using (provider_id)
where result <> 'pending'
group by dim_launch_service_provider.name order by attempt_count desc, provider
