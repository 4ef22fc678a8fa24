with scored as (
    select
        mart_forecast_date.*,
        dim_launch_service_provider.name as provider_name,
        case
            when lead_days < 1 then 1
            when lead_days < 7 then 2
            when lead_days < 30 then 3
            when lead_days < 90 then 4
            else 5
        end as horizon
    from mart_forecast_date
    inner join dim_launch_service_provider using (provider_id)
    -- A year and a month: the page is read whole each time.
    where mart_forecast_date.made_at > $1
),

lost as (
    select
        scored.*,
        (moved_days - p50_days) * (0.5 - (moved_days < p50_days)::integer) as ours_p50,
        (moved_days - p80_days) * (0.8 - (moved_days < p80_days)::integer) as ours_p80,
        (moved_days - announced_days) * (0.5 - (moved_days < announced_days)::integer) as announced_p50,
        (moved_days - announced_days) * (0.8 - (moved_days < announced_days)::integer) as announced_p80,
        (moved_days - horizon_p50_days) * (0.5 - (moved_days < horizon_p50_days)::integer) as horizon_p50,
        (moved_days - horizon_p80_days) * (0.8 - (moved_days < horizon_p80_days)::integer) as horizon_p80
    from scored
)

-- Of each launch, since its forecasts are not independent of each other: the sums from which any group is made up.
select
    horizon,
    provider_name,
    launch_id,
    flown_at is not null as is_flown,
    count(*) as forecasts,
    array[
        sum(ours_p50), sum(ours_p80), sum(announced_p50), sum(announced_p80), sum(horizon_p50), sum(horizon_p80)
    ]::double precision [] as losses,
    count(*) filter (where flown_at is not null or is_past_band) as coverage_forecasts,
    count(*) filter (where flown_at is not null and is_in_band) as in_band,
    count(was_as_announced) as brier_forecasts,
    coalesce(sum(power(as_announced_chance - was_as_announced::integer, 2)), 0)::double precision as brier,
    coalesce(sum(1 - was_as_announced::integer), 0)::double precision as announced_brier
from lost
group by horizon, provider_name, launch_id, flown_at is not null
