-- Every name has the prefix of its layer (ADR 0048). Old names stay as views that can be read: `forecast`, `due_follow_up`, `record_defect`.
-- A program of an older release that writes to them gets an error, and publishes nothing.

-- In the order in which a run of the job locks them: the flights, then the forecasts.

-- Ids beside the names, to join with the dimensions. At the end: `create or replace` cannot insert columns.
create or replace view mart_flight as
select
    fact_launch.launch_id,
    fact_launch.net_at as flown_at,
    fact_launch.status_id,
    dim_rocket_config.full_name as rocket,
    dim_rocket_config.family,
    dim_launch_service_provider.name as maker,
    fact_launch.rocket_config_id,
    fact_launch.provider_id,
    fact_launch.pad_id
from fact_launch
inner join dim_rocket_config using (rocket_config_id)
inner join dim_launch_service_provider using (provider_id)
where is_final(fact_launch.status_id) and fact_launch.deleted_at is null and fact_launch.rocket_config_id >= 0;
comment on column mart_flight.rocket_config_id is 'The rocket configuration, in dim_rocket_config.';
comment on column mart_flight.provider_id is 'The provider, in dim_launch_service_provider: the maker.';
comment on column mart_flight.pad_id is 'The pad that it left from, in dim_pad.';

-- What the job does next.
alter view due_follow_up rename to ingest_due_follow_up;

-- What models have made. Not `fact_`: a replay rebuilds those, and a forecast cannot be made again.
alter table forecast rename to model_forecast;
alter index forecast_pkey rename to model_forecast_pkey;
alter index forecast_by_time rename to model_forecast_by_time;
alter index forecast_by_run rename to model_forecast_by_run;
alter index forecast_unreadable rename to model_forecast_unreadable;
alter table model_forecast rename constraint forecast_has_content to model_forecast_has_content;
alter table model_forecast rename constraint forecast_content_is_a_forecast to model_forecast_content_is_a_forecast;

-- What was received.
alter table record_defect rename to raw_record_defect;
alter index record_defect_pkey rename to raw_record_defect_pkey;
alter table raw_record_defect rename constraint record_defect_treatment_check to raw_record_defect_treatment_check;
alter table raw_record_defect rename constraint record_defect_last_run_id_fkey to raw_record_defect_last_run_id_fkey;

create view forecast as
select
    launch_id,
    made_at,
    ingest_run_id,
    success_chance,
    rocket_flight_count,
    rocket_success_count,
    world_flight_count,
    world_success_count,
    announced_net_at,
    announced_precision_id,
    provider_id,
    p10_at,
    p50_at,
    p80_at,
    p90_at,
    as_announced_chance,
    horizon_p50_at,
    horizon_p80_at,
    unreadable_content,
    content
from model_forecast;
comment on view forecast is 'One row per launch and time the forecast was made. The old name of model_forecast, for queries; it cannot be written to.';

create view due_follow_up as
select launch_id, last_seen_at
from ingest_due_follow_up;
comment on view due_follow_up is 'One row per launch. The old name of ingest_due_follow_up, for queries; it cannot be written to.';

create view record_defect as
select api_version, part, treatment, record_count, first_seen_at, last_seen_at, last_launch_id, last_run_id
from raw_record_defect;
comment on view record_defect is 'One row per API version, part and treatment. The old name of raw_record_defect, for queries; it cannot be written to.';

-- The columns mean the same under both names.
do $$
declare
    described record;
begin
    for described in
        select old.relname, given.attname, col_description(renamed.oid, given.attnum) as description
        from (
            values ('forecast', 'model_forecast'), ('due_follow_up', 'ingest_due_follow_up'), ('record_defect', 'raw_record_defect')
        ) as name (old_name, new_name)
        inner join pg_class as old on old.relname = name.old_name and old.relnamespace = current_schema()::regnamespace
        inner join pg_class as renamed on renamed.relname = name.new_name and renamed.relnamespace = current_schema()::regnamespace
        inner join pg_attribute as given on given.attrelid = renamed.oid and given.attnum > 0 and not given.attisdropped
    loop
        execute format('comment on column %I.%I is %L', described.relname, described.attname, described.description);
    end loop;
end
$$;

-- Postgres writes through a view of one table. An older program must not: it does not know the rules of the tables of this release.
create function refuse_old_name() returns trigger
language plpgsql
as $$
begin
    raise exception '% is the old name of a table and can only be read', tg_table_name
        using errcode = 'object_not_in_prerequisite_state', hint = 'A program of an older release runs next to a newer one: stop it.';
end
$$;
comment on function refuse_old_name is 'Fails: for views that keep the old name of a table.';
create trigger refuse_old_name instead of insert or update or delete on forecast for each row execute function refuse_old_name();
create trigger refuse_old_name instead of insert or update or delete on due_follow_up for each row execute function refuse_old_name();
create trigger refuse_old_name instead of insert or update or delete on record_defect for each row execute function refuse_old_name();
