-- When a launch still to come has changed, and on each new day: time alone makes another forecast. A page of history waits for either.
select
    stg_run.is_newest
    and exists (select from fact_launch where fact_launch.is_upcoming)
    and (
        not exists (
            select
            from forecast
            where forecast.made_at >= date_trunc('day', stg_run.observed_at at time zone 'UTC') at time zone 'UTC'
        )
        or exists (
            select
            from stg_ll2__change
            inner join fact_launch using (launch_id)
            where fact_launch.is_upcoming
        )
    )
from stg_run
