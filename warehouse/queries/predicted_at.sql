-- $1: launches. Since when their newest forecast has its two days: the time of the first of the consecutive forecasts with the same days.
-- Searched backwards, because the days change often: most searches end after a row or two.
select newest.launch_id, first.made_at
from unnest($1::uuid[]) as asked (launch_id)
inner join lateral (
    select
        forecast.launch_id,
        (forecast.p50_at at time zone 'UTC')::date as p50_day,
        (forecast.p80_at at time zone 'UTC')::date as p80_day
    from forecast
    where forecast.launch_id = asked.launch_id
    order by forecast.made_at desc
    limit 1
) as newest on true
left join lateral (
    select forecast.made_at
    from forecast
    where forecast.launch_id = asked.launch_id
        and ((forecast.p50_at at time zone 'UTC')::date, (forecast.p80_at at time zone 'UTC')::date)
        is distinct from (newest.p50_day, newest.p80_day)
    order by forecast.made_at desc
    limit 1
) as other on true
inner join lateral (
    select forecast.made_at
    from forecast
    where forecast.launch_id = asked.launch_id and forecast.made_at > coalesce(other.made_at, '-infinity')
    order by forecast.made_at
    limit 1
) as first on true
