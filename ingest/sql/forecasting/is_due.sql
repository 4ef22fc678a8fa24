-- Whether forecasts are due: an upcoming launch has changed, or it is a new day (forecasts depend on time), or there
-- are a quarter more flights than the newest forecast used. Not after every page of history: all forecasts would be
-- made again, seventy times. $1: the maximum number of flights that are read, newest first.
select
    stg_run.is_newest
    and exists (select from fact_launch where fact_launch.is_upcoming)
    and (
        not exists (
            select
            from model_forecast
            where model_forecast.made_at >= date_trunc('day', stg_run.observed_at at time zone 'UTC') at time zone 'UTC'
                and model_forecast.made_at <= stg_run.observed_at
        )
        or exists (
            select
            from stg_ll2__change
            inner join fact_launch using (launch_id)
            where fact_launch.is_upcoming
        )
        -- `case` ensures that flights are not counted after a run without new ones.
        or case
            when exists (
                select
                from stg_ll2__change
                inner join fact_launch using (launch_id)
                where is_final(fact_launch.status_id)
            )
            then (
                select count(*)
                from (
                    select
                    from fact_launch
                    where is_final(fact_launch.status_id) and fact_launch.deleted_at is null
                    limit $1
                ) as flight
            ) > coalesce(
                (
                    select 1.25 * model_forecast.world_flight_count
                    from model_forecast
                    where model_forecast.made_at <= stg_run.observed_at
                    order by model_forecast.made_at desc
                    limit 1
                ),
                0
            )
            else false
        end
    )
from stg_run
