-- Days between the dates, in UTC, of launches that follow each other, by provider and by pad, from $1 on: the rules of pad_turnaround.sql.
with flown as (
    select
        of_whom.follows,
        of_whom.id,
        of_whom.name,
        of_whom.abbrev,
        fact_launch.launch_id,
        fact_launch.net_at,
        (fact_launch.net_at at time zone 'UTC')::date as flown_on,
        coalesce(fact_launch.net_precision_id between 0 and 5, false) as is_dated,
        net_span(fact_launch.net_at, fact_launch.net_precision_id) as span
    from fact_launch
    inner join dim_launch_service_provider using (provider_id)
    inner join dim_pad using (pad_id)
    cross join lateral (
        values
            ('provider', provider_id, dim_launch_service_provider.name, dim_launch_service_provider.abbrev),
            ('pad', pad_id, dim_pad.name, null)
    ) as of_whom (follows, id, name, abbrev)
    where fact_launch.deleted_at is null
        and has_left_pad(fact_launch.status_id)
        and fact_launch.net_at >= $1
), pair as (
    select
        follows,
        id,
        lag(span) over earlier as before,
        span as after,
        flown_on - lag(flown_on) over earlier as day_count
    from flown
    where is_dated
    window earlier as (partition by follows, id order by net_at, launch_id)
), gap as (
    select follows, id, day_count
    from pair
    where day_count is not null
        -- One that flew on an unknown day may have flown between: then it is no gap.
        and not exists (
            select
            from flown as undated
            where undated.follows = pair.follows
                and undated.id = pair.id
                and not undated.is_dated
                and undated.span && tstzrange(lower(pair.before), upper(pair.after))
        )
), spread as (
    select
        follows,
        id,
        count(*) as gap_count,
        min(day_count)::double precision as shortest_days,
        percentile_cont(0.25) within group (order by day_count) as lower_quartile_days,
        percentile_cont(0.5) within group (order by day_count) as median_days,
        percentile_cont(0.75) within group (order by day_count) as upper_quartile_days,
        max(day_count)::double precision as longest_days
    from gap
    group by follows, id
), whole as (
    select follows, id, name, abbrev, count(*) as flown_count
    from flown
    group by follows, id, name, abbrev
)
select *
from whole
left join spread using (follows, id)
order by follows, flown_count desc, id
