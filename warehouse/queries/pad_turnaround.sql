-- A precision of 5 or less names a day; without any precision the day is not known.
, flown as (
    select
        launch_id,
        pad_id,
        net_at,
        (net_at at time zone 'UTC')::date as flown_on,
        coalesce(net_precision_id between 0 and 5, false) as is_dated,
        net_span(net_at, net_precision_id) as span
    from launch
    where has_left_pad(status_id)
), pair as (
    select
        pad_id,
        lag(span) over earlier as before,
        span as after,
        flown_on - lag(flown_on) over earlier as day_count
    from flown
    where is_dated
    window earlier as (partition by pad_id order by net_at, launch_id)
), gap as (
    select pad_id, day_count
    from pair
    where day_count is not null
        -- One that flew on an unknown day may have flown between: then it is no gap.
        and not exists (
            select
            from flown as undated
            where undated.pad_id = pair.pad_id
                and not undated.is_dated
                and undated.span && tstzrange(lower(pair.before), upper(pair.after))
        )
), spread as (
    select
        pad_id,
        count(*) as gap_count,
        min(day_count)::double precision as shortest_days,
        percentile_cont(0.25) within group (order by day_count) as lower_quartile_days,
        percentile_cont(0.5) within group (order by day_count) as median_days,
        percentile_cont(0.75) within group (order by day_count) as upper_quartile_days,
        max(day_count)::double precision as longest_days
    from gap
    group by pad_id
)
select
    pad_id,
    count(*) as flown_count,
    count(*) filter (where not is_dated) as undated_count,
    spread.gap_count,
    spread.shortest_days,
    spread.lower_quartile_days,
    spread.median_days,
    spread.upper_quartile_days,
    spread.longest_days
from flown
left join spread using (pad_id)
group by pad_id, spread.gap_count, spread.shortest_days, spread.lower_quartile_days, spread.median_days, spread.upper_quartile_days,
    spread.longest_days
order by pad_id
