-- Not a fact_ table: a replay builds those anew from what was landed, and a forecast cannot be made again. For the same reason it
-- refers to no launch: what was foretold stays, whatever becomes of the row.
create table forecast (
    launch_id uuid not null,
    made_at timestamptz not null,
    ingest_run_id bigint not null,
    success_chance double precision,
    rocket_flight_count integer not null,
    rocket_success_count integer not null,
    world_flight_count integer not null,
    world_success_count integer not null,
    announced_net_at timestamptz not null,
    announced_precision_id integer,
    provider_id integer not null,
    p10_at timestamptz,
    p50_at timestamptz,
    p80_at timestamptz,
    p90_at timestamptz,
    as_announced_chance double precision,
    horizon_p50_at timestamptz,
    horizon_p80_at timestamptz,
    content text not null,
    primary key (launch_id, made_at)
);
comment on table forecast is 'What was foretold of a launch, kept as it was made: each day, and when what was announced or known had changed. One row per launch and time it was made.';
comment on column forecast.made_at is 'When what it rests on was observed; nothing later was known.';
comment on column forecast.ingest_run_id is 'The run after which it was made.';
comment on column forecast.success_chance is 'Chance of whole success, 0 to 1; a partial failure is none. Null: nothing could be said.';
comment on column forecast.rocket_flight_count is 'Flights of this configuration with an outcome known then: what the rules of thumb count.';
comment on column forecast.world_flight_count is 'Flights of any rocket with an outcome known then.';
comment on column forecast.announced_net_at is 'The NET that was announced then. Never show it without its precision.';
comment on column forecast.p50_at is 'As likely to have flown before as after. Null: nothing could be said.';
comment on column forecast.p80_at is 'Four of five such launches have flown by then.';
comment on column forecast.as_announced_chance is 'Chance to fly when announced: on the UTC day of a NET that names one, else in its period.';
comment on column forecast.horizon_p50_at is 'The baseline: half of all launches announced as far ahead had flown this much after their NET. The NET where too few are known.';
comment on column forecast.content is 'The whole forecast as pages read it: domain::LaunchForecast.';
create index forecast_by_time on forecast (made_at);

create view mart_launch_forecast as
select fact_launch.launch_id, newest.made_at, newest.content
from fact_launch
cross join lateral (
    select forecast.made_at, forecast.content
    from forecast
    where forecast.launch_id = fact_launch.launch_id
    order by forecast.made_at desc
    limit 1
) as newest
where fact_launch.is_upcoming;
comment on view mart_launch_forecast is 'The newest forecast of a launch that is listed as upcoming. One row per such launch that has one.';

create view mart_forecast_success as
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
where fact_launch.status_id in (3, 4, 7) and fact_launch.deleted_at is null;
comment on view mart_forecast_success is 'The last forecast of success before a flight beside its outcome, with what the rules of thumb said then. One row per flown launch that had one.';
comment on column mart_forecast_success.is_success is 'Wholly: a partial failure is none.';

-- A NET with a time of day is kept by whoever flies within the hour before or after it, as forecast::slip has it.
create function moved_days(span tstzrange, is_clock boolean, flown_at timestamptz) returns double precision
language sql immutable parallel safe
return case
    when flown_at < lower(span) - (case when is_clock then interval '1 hour' else interval '0' end)
        then extract(epoch from flown_at - lower(span)) / 86400.0 + (case when is_clock then 1 / 24.0 else 0 end)
    when is_clock and flown_at >= lower(span) + interval '1 hour'
        then extract(epoch from flown_at - lower(span)) / 86400.0 - 1 / 24.0
    when not is_clock and flown_at >= upper(span) then extract(epoch from flown_at - upper(span)) / 86400.0
    else 0
end;
comment on function moved_days is 'Days by which an instant lies beyond an announced period, negative before it, 0 within: forecast::slip::moved_days in SQL.';

create view mart_forecast_date as
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
    select case when fact_launch.status_id in (3, 4, 6, 7, 9) then fact_launch.net_at end as flown_at
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
comment on view mart_forecast_date is 'A forecast of a date beside what came of it, in days beyond the period that was announced. Times after the end of what is known count as that end, in forecast and outcome alike, so that launches still waiting are not left out. One row per forecast.';
comment on column mart_forecast_date.known_until_at is 'What is known ends here: when LL2 last mentioned anything, or, of a launch that waits, when it last mentioned that.';
comment on column mart_forecast_date.is_past_band is 'It has not flown, and the 80 % band has passed.';
comment on column mart_forecast_date.was_as_announced is 'Null while it waits and its period has not passed.';
comment on column mart_forecast_date.moved_days is 'Days beyond the announced period when it flew, or so far.';
