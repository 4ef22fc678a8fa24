-- Which statuses mean what is decided here and nowhere else: before, 29 queries listed the ids. Each function is one expression without settings
-- of its own, so that Postgres puts it into the statement that calls it; a null status gives null, as `in` does. Functions and no flags of
-- dim_status: a test of a column needs no join then, and a status that LL2 added counts before its row is there.
-- No index has a predicate over statuses.
create function is_final(status_id integer) returns boolean
language sql immutable parallel safe
return status_id in (3, 4, 7);
comment on function is_final is 'Whether the outcome is known: success, failure or partial failure. domain::StatusKind::is_final in SQL, held equal by a test of the warehouse crate.';

create function has_left_pad(status_id integer) returns boolean
language sql immutable parallel safe
return is_final(status_id) or status_id in (6, 9);
comment on function has_left_pad is 'Whether the rocket has lifted off, whatever the outcome: with one, in flight, or with its payload deployed. domain::StatusKind::has_left_the_pad in SQL, held equal by a test of the warehouse crate.';

create or replace view mart_flight as
select
    fact_launch.launch_id,
    fact_launch.net_at as flown_at,
    fact_launch.status_id,
    dim_rocket_config.full_name as rocket,
    dim_rocket_config.family,
    dim_launch_service_provider.name as maker
from fact_launch
inner join dim_rocket_config using (rocket_config_id)
inner join dim_launch_service_provider using (provider_id)
where is_final(fact_launch.status_id) and fact_launch.deleted_at is null and fact_launch.rocket_config_id >= 0;

create or replace view mart_forecast_success as
select
    fact_launch.launch_id,
    fact_launch.net_at as flown_at,
    fact_launch.provider_id,
    last_forecast.made_at,
    fact_launch.status_id = 3 as is_success,
    last_forecast.success_chance,
    (last_forecast.world_success_count + 1.0) / (last_forecast.world_flight_count + 2.0) as constant_chance,
    (last_forecast.rocket_success_count + 1.0) / (last_forecast.rocket_flight_count + 2.0) as laplace_chance,
    (last_forecast.rocket_success_count + 0.5) / (last_forecast.rocket_flight_count + 1.0) as jeffreys_chance,
    (last_forecast.rocket_success_count + 2.0) / (last_forecast.rocket_flight_count + 3.0) as two_of_three_chance
from fact_launch
cross join lateral (
    select forecast.*
    from forecast
    where
        forecast.launch_id = fact_launch.launch_id
        and forecast.made_at < fact_launch.net_at
        and forecast.success_chance is not null
    order by forecast.made_at desc
    limit 1
) as last_forecast
where is_final(fact_launch.status_id) and fact_launch.deleted_at is null;

create or replace view mart_forecast_date as
with record as (
    select max(last_seen_at) as until_at from fact_launch
)
select
    forecast.launch_id,
    forecast.made_at,
    forecast.provider_id,
    extract(epoch from forecast.announced_net_at - forecast.made_at) / 86400.0 as lead_days,
    flown.flown_at,
    known.until_at as known_until_at,
    flown.flown_at between forecast.p10_at and forecast.p90_at as is_in_band,
    flown.flown_at is null and known.until_at > forecast.p90_at as is_past_band,
    forecast.as_announced_chance,
    case
        when flown.flown_at is not null then
            moved_days(span.period, span.is_clock, flown.flown_at) = 0
            or (
                forecast.announced_precision_id <= 5
                and (forecast.announced_net_at at time zone 'UTC')::date = (flown.flown_at at time zone 'UTC')::date
            )
        when known.until_at > greatest(upper(span.period), forecast.announced_net_at + interval '1 day') then false
    end as was_as_announced,
    moved_days(span.period, span.is_clock, least(coalesce(flown.flown_at, known.until_at), known.until_at)) as moved_days,
    moved_days(span.period, span.is_clock, least(forecast.p50_at, known.until_at)) as p50_days,
    moved_days(span.period, span.is_clock, least(forecast.p80_at, known.until_at)) as p80_days,
    moved_days(span.period, span.is_clock, least(forecast.announced_net_at, known.until_at)) as announced_days,
    moved_days(span.period, span.is_clock, least(forecast.horizon_p50_at, known.until_at)) as horizon_p50_days,
    moved_days(span.period, span.is_clock, least(forecast.horizon_p80_at, known.until_at)) as horizon_p80_days
from forecast
inner join fact_launch using (launch_id)
cross join record
cross join lateral (
    select case when has_left_pad(fact_launch.status_id) then fact_launch.net_at end as flown_at
) as flown
cross join lateral (
    select case when flown.flown_at is null then fact_launch.last_seen_at else record.until_at end as until_at
) as known
cross join lateral (
    select
        net_span(forecast.announced_net_at, forecast.announced_precision_id) as period,
        coalesce(forecast.announced_precision_id <= 2, false) as is_clock
) as span
where
    forecast.p50_at is not null
    and fact_launch.deleted_at is null
    and forecast.made_at < known.until_at
    and (flown.flown_at is null or forecast.made_at < flown.flown_at);
