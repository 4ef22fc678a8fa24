-- How long after its flight is the outcome of a launch known?
select
    dim_status.name as outcome,
    count(*) as flight_count,
    percentile_cont(0.5) within group (order by flight_to_outcome_days * 24) as median_hours,
    percentile_cont(0.9) within group (order by flight_to_outcome_days * 24) as p90_hours
from fact_launch_milestone
inner join fact_launch using (launch_id)
inner join dim_status using (status_id)
where flight_to_outcome_days >= 0
group by dim_status.name order by flight_count desc
