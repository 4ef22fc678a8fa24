-- How far the scores of launches move while an agent waits (ADR 0051). Not `fact_`: like a forecast, it is kept as it was measured.
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
