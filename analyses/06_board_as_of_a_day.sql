-- How many launches were upcoming on each day, and how many of them were Go?
select
    dim_date.date,
    count(*) as upcoming_count,
    count(*) filter (where revision.status_id = 1) as go_count,
    count(*) filter (where net_precision_rank(revision.net_precision_id) <= 4) as dated_count
from dim_date
inner join fact_launch_revision as revision
    on revision.valid_from < (dim_date.date + 1)::timestamp at time zone 'UTC'
    and coalesce(revision.valid_to, 'infinity') >= (dim_date.date + 1)::timestamp at time zone 'UTC'
where revision.is_upcoming and not revision.is_deleted
    and dim_date.date <= (select (max(last_seen_at) at time zone 'UTC')::date from fact_launch)
group by dim_date.date order by dim_date.date
