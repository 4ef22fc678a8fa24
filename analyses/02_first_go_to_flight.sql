-- How long before its flight is a launch first Go? Launches that were watched before they flew.
select
    dim_launch_service_provider.name as provider,
    count(*) as launch_count,
    percentile_cont(0.5) within group (order by go_to_flight_days) as median_days
from fact_launch_milestone
inner join fact_launch using (launch_id)
inner join dim_launch_service_provider using (provider_id)
where go_to_flight_days >= 0
group by dim_launch_service_provider.name order by launch_count desc
