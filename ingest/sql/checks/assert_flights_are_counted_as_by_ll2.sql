-- Where the history is read, a provider has as many flights in a year and in total as LL2 counts, up to a difference of two or one in twenty, whichever is larger. Checks the providers of changed flights.
-- covers: fact_launch, dim_launch_service_provider, ingest_cursor
-- warn_if: > 0
with history as (
    -- Down to which date past launches are complete.
    select case when finished_at is not null then '-infinity' else position_at end as read_to_at
    from ingest_cursor
    where feed = 'history'
),
changed as (
    select distinct fact_launch.provider_id, date_trunc('year', fact_launch.flown_date)::date as year_start
    from stg_ll2__change
    inner join fact_launch using (launch_id)
    where has_left_pad(fact_launch.status_id) and fact_launch.deleted_at is null and fact_launch.provider_id >= 0
),
counted as (
    -- LL2's counter of a launch is its number among those of the provider in its year: the largest one is their count.
    select
        changed.provider_id,
        changed.year_start,
        count(*) as flight_count,
        max(fact_launch.agency_launch_attempt_count_year) as ll2_count
    from changed
    cross join history
    inner join fact_launch
        on fact_launch.provider_id = changed.provider_id
        and fact_launch.flown_date >= changed.year_start
        and fact_launch.flown_date < changed.year_start + interval '1 year'
    where history.read_to_at < changed.year_start
        and has_left_pad(fact_launch.status_id)
        and fact_launch.deleted_at is null
    group by changed.provider_id, changed.year_start
    union all
    select provider.provider_id, null, count(*), dim_launch_service_provider.total_launch_count
    from (select distinct provider_id from changed) as provider
    cross join history
    inner join dim_launch_service_provider using (provider_id)
    inner join fact_launch using (provider_id)
    where history.read_to_at = '-infinity'
        and is_final(fact_launch.status_id)
        and fact_launch.deleted_at is null
    group by provider.provider_id, dim_launch_service_provider.total_launch_count
)
select provider_id, year_start, flight_count, ll2_count, flight_count - ll2_count as gap_count
from counted
where abs(flight_count - ll2_count) > greatest(2, ll2_count / 20)
