-- How long do launches stay in each status? Stays that have ended; the median is in days.
select
    dim_status.name as status,
    count(*) as stay_count,
    percentile_cont(0.5) within group (order by extract(epoch from stay.duration) / 86400) as median_days
from (
    select launch_id, status_id, max(valid_to) - min(valid_from) as duration
    from (select *, revision_number - row_number() over (partition by launch_id, status_id order by revision_number) as gap from fact_launch_revision) as revision
    group by launch_id, status_id, gap
    having bool_and(valid_to is not null)
) as stay
inner join dim_status using (status_id)
group by dim_status.name order by stay_count desc, status
