-- What a decision is based on: which forecast of a launch is current, and how far scores move (ADR 0051).

-- How far the scores of launches move while an agent waits. Not `fact_`: like a forecast, it is kept as it was measured.
create table model_movement (
    measured_at timestamptz primary key,
    ingest_run_id bigint not null,
    per_root_day double precision not null constraint model_movement_is_positive check (per_root_day > 0 and per_root_day <= 1),
    launch_count integer not null constraint model_movement_count_check check (launch_count >= 0)
);
comment on table model_movement is 'One row per time of measurement: how far the scores of launches move while an agent waits, measured on the forecasts stored until then. Measured once a day.';
comment on column model_movement.measured_at is 'When the newest of those forecasts was made.';
comment on column model_movement.ingest_run_id is 'The run after which it was measured.';
comment on column model_movement.per_root_day is 'Standard deviation of the change of a score (0 to 1) after one day, of a mission that lands; after d days it is this times the root of d.';
comment on column model_movement.launch_count is 'The launches that it was measured on. 0: none, it is the assumption alone.';

-- All forecasts are made anew on each day with an observation, so an older one is of a launch that can no longer be predicted. It is not
-- compared with the time itself: while the job stands still, pages show old launches, and the forecasts of the same day belong to them.
-- Not strict, and one `select`: Postgres then inlines it.
create function forecast_at(of_launch_id uuid, at timestamptz) returns setof model_forecast
language sql stable parallel safe
as $$
    select model_forecast.*
    from model_forecast
    where model_forecast.launch_id = of_launch_id
        and model_forecast.made_at <= at
        and model_forecast.made_at > coalesce(
            (
                select max(ingest_run.observed_at)
                from ingest_run
                where ingest_run.state = 'succeeded' and ingest_run.observed_at <= at
            ),
            '-infinity'
        ) - interval '2 days'
    order by model_forecast.made_at desc
    limit 1
$$;
comment on function forecast_at is 'The forecast of a launch that is current at a time: the newest made until then, unless launches were observed two days after it. No row: nothing is predicted. A forecast made later, as for a world whose clock was set back, is never current.';

-- A run sets the time of a world with its own clock. Data tests compare what was observed with it. Not clock_timestamp(), which is volatile:
-- then neither this function nor one with it as an argument could be inlined.
create function world_now() returns timestamptz
language sql stable
as $$ select coalesce(nullif(current_setting('mooncoon.world_now', true), '')::timestamptz, statement_timestamp()) $$;
comment on function world_now is 'The time of the world that is observed: that of the database, unless the transaction has set another one, for a simulated world whose clock stands still.';

create or replace view mart_launch_forecast as
select fact_launch.launch_id, current_forecast.made_at, current_forecast.content
from fact_launch
cross join lateral forecast_at(fact_launch.launch_id, world_now()) as current_forecast
where fact_launch.is_upcoming;
comment on view mart_launch_forecast is 'One row per launch that is listed as upcoming and has a current forecast: that forecast.';
