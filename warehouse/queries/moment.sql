-- $1: maximum number of moments that are returned individually.
with moment as (
    select distinct observed_at
    from ingest_run
    where state = 'succeeded'
        and observes_upcoming(kind)
        and launch_changed_count + launch_closed_count > 0
        and observed_at is not null
)
select observed_at
from (
    select
        observed_at,
        count(*) over () as moment_count,
        -- The next moment falls on another day, or there is none.
        lead(observed_at) over (order by observed_at) is null
        or (lead(observed_at) over (order by observed_at) at time zone 'UTC')::date <> (observed_at at time zone 'UTC')::date as is_last_of_day
    from moment
) as placed
where moment_count <= $1 or is_last_of_day
order by observed_at
