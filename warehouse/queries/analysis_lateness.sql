-- How many days after a listed date the launch flew: the date that was listed exactly so many days before that date. It is the date that a
-- reader of the board saw with so many days to go; looking back from the day of the launch would omit the dates that broke before.
with flown as (
    select
        launch_id,
        provider_id,
        (net_at at time zone 'UTC')::date as flown_on
    from fact_launch
    where deleted_at is null
        and has_left_pad(status_id)
        and net_precision_id between 0 and 5
), listed as (
    select
        flown.launch_id,
        flown.provider_id,
        ahead.days_ahead,
        flown.flown_on - (seen.net_at at time zone 'UTC')::date as late_days
    from flown
    cross join (values (1), (7), (30), (90)) as ahead (days_ahead)
    cross join lateral (
        select fact_launch_revision.net_at
        from fact_launch_revision
        where fact_launch_revision.launch_id = flown.launch_id
            and not fact_launch_revision.is_deleted
            and not has_left_pad(fact_launch_revision.status_id)
            and fact_launch_revision.net_precision_id between 0 and 5
            and fact_launch_revision.valid_from <= fact_launch_revision.net_at - ahead.days_ahead * interval '1 day'
            and coalesce(fact_launch_revision.valid_to, 'infinity') > fact_launch_revision.net_at - ahead.days_ahead * interval '1 day'
        -- A launch that slipped within its last days was so many days away more than once: the first time counts.
        order by fact_launch_revision.valid_from
        limit 1
    ) as seen
)
select
    case grouping(listed.provider_id) when 0 then dim_launch_service_provider.name end as provider_name,
    case grouping(listed.provider_id) when 0 then dim_launch_service_provider.abbrev end as provider_abbrev,
    listed.days_ahead,
    count(*) as launch_count,
    count(*) filter (where listed.late_days = 0) as on_the_day_count,
    percentile_cont(0.1) within group (order by listed.late_days) as tenth_days,
    percentile_cont(0.25) within group (order by listed.late_days) as lower_quartile_days,
    percentile_cont(0.5) within group (order by listed.late_days) as median_days,
    percentile_cont(0.75) within group (order by listed.late_days) as upper_quartile_days,
    percentile_cont(0.9) within group (order by listed.late_days) as ninetieth_days
from listed
inner join dim_launch_service_provider using (provider_id)
group by grouping sets (
    (listed.days_ahead),
    (listed.days_ahead, listed.provider_id, dim_launch_service_provider.name, dim_launch_service_provider.abbrev)
)
order by listed.days_ahead, launch_count desc, provider_name nulls first
