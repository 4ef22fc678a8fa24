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

select
    horizon,
    provider_name,
    count(*) as forecasts,
    count(distinct launch_id) as launches,
    count(*) filter (where flown_at is null) as waiting,
    avg(ours_p50)::double precision as ours_p50,
    avg(ours_p80)::double precision as ours_p80,
    avg(announced_p50)::double precision as announced_p50,
    avg(announced_p80)::double precision as announced_p80,
    avg(horizon_p50)::double precision as horizon_p50,
    avg(horizon_p80)::double precision as horizon_p80,
    count(*) filter (where flown_at is not null or is_past_band) as coverage_forecasts,
    (avg(coalesce(is_in_band, false)::integer) filter (where flown_at is not null or is_past_band))::double precision as coverage,
    (avg(power(as_announced_chance - was_as_announced::integer, 2)) filter (where was_as_announced is not null))::double precision as brier,
    (avg(1 - was_as_announced::integer) filter (where was_as_announced is not null))::double precision as announced_brier
from lost
group by grouping sets ((), (horizon), (provider_name))
having count(*) > 0
order by horizon is not null or provider_name is not null, horizon, count(distinct launch_id) desc, provider_name
