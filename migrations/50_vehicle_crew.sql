-- People, boosters, spacecraft and places to land as dimensions. Boosters get LL2's id of the stage as their key, instead of the position in a
-- list that LL2 reorders, and a history; flights of spacecraft and landings are kept.

create table dim_astronaut (
    astronaut_id bigint primary key,
    name text not null,
    nationality text,
    country_code text,
    agency_name text,
    agency_id integer references dim_agency,
    type text,
    status text,
    birth_date date,
    death_date date,
    wiki_url text,
    image_url text,
    first_seen_at timestamptz not null,
    updated_at timestamptz not null
);
comment on table dim_astronaut is 'One row per person who was or will be aboard a launch.';
comment on column dim_astronaut.astronaut_id is 'LL2''s id of the person.';
comment on column dim_astronaut.name is 'Name of the person, as LL2 gives it.';
comment on column dim_astronaut.nationality is 'Adjective, such as American; several joined by commas (2.3.0) or blanks (2.2.0).';
comment on column dim_astronaut.country_code is 'ISO 3166-1 alpha-3, several joined by commas, from API 2.3.0 on. dim_astronaut_country has one row for each.';
comment on column dim_astronaut.agency_name is 'Agency, as LL2 names it. Null: none, or not given.';
comment on column dim_astronaut.agency_id is 'Agency: dim_agency. Null: none, not given, or not read since the column was added.';
comment on column dim_astronaut.type is 'Government or Private, in LL2''s words.';
comment on column dim_astronaut.status is 'Active, Retired and others, in LL2''s words.';
comment on column dim_astronaut.birth_date is 'Day of birth. Null: not given.';
comment on column dim_astronaut.death_date is 'Day of death. Null: alive, or not given.';

insert into dim_astronaut (astronaut_id, name, nationality, agency_name, first_seen_at, updated_at)
select distinct on (launch_crew.astronaut_id)
    launch_crew.astronaut_id,
    launch_crew.name,
    launch_crew.nationality,
    launch_crew.agency_name,
    min(fact_launch.first_seen_at) over (partition by launch_crew.astronaut_id),
    fact_launch.last_seen_at
from launch_crew
inner join fact_launch using (launch_id)
order by launch_crew.astronaut_id, fact_launch.last_seen_at desc;

alter table launch_crew
    drop column name,
    drop column agency_name,
    drop column nationality,
    add foreign key (astronaut_id) references dim_astronaut;
create index launch_crew_by_astronaut on launch_crew (astronaut_id);
comment on table launch_crew is 'One row per launch, person aboard at launch and role. Bridge from fact_launch to dim_astronaut.';
comment on column launch_crew.astronaut_id is 'The person: dim_astronaut.';

create view dim_astronaut_country as
select distinct dim_astronaut.astronaut_id, coalesce(dim_country.country_code, '???') as country_code
from dim_astronaut
cross join lateral (
    -- 2.3.0 gives codes. 2.2.0 gives one adjective, or one for each of two countries ("American Dutch").
    select trim(received_code) as received_code, null as adjective
    from string_to_table(dim_astronaut.country_code, ',') as received_code
    union all
    select null, adjective
    from unnest(
        case
            when exists (select from dim_country where dim_country.nationality_name = dim_astronaut.nationality)
                then array[dim_astronaut.nationality]
            else regexp_split_to_array(dim_astronaut.nationality, '[ ,]+')
        end
    ) as adjective
    where dim_astronaut.country_code is null
) as received
left join dim_country
    on dim_country.country_code = received.received_code
    or dim_country.nationality_name = received.adjective
where received.received_code <> '' or received.adjective <> '';
comment on view dim_astronaut_country is 'One row per person and country of nationality. Bridge from dim_astronaut to dim_country.';
comment on column dim_astronaut_country.country_code is 'The country: dim_country. ???: a nationality that is not known there.';

create table dim_launcher (
    launcher_id integer primary key,
    serial_number text,
    is_placeholder boolean not null,
    status text,
    description text,
    is_flight_proven boolean,
    flight_count integer,
    attempted_landing_count integer,
    successful_landing_count integer,
    first_launch_at timestamptz,
    last_launch_at timestamptz,
    image_url text,
    first_seen_at timestamptz not null,
    updated_at timestamptz not null
);
comment on table dim_launcher is 'One row per vehicle that flies as a stage of a rocket, such as the booster B1067; placeholders of LL2 are among them.';
comment on column dim_launcher.launcher_id is 'LL2''s id of the vehicle.';
comment on column dim_launcher.serial_number is 'Serial number, such as B1067. Null: not given.';
comment on column dim_launcher.is_placeholder is 'A shared dummy such as "Unknown F9", no real vehicle: not to be counted across launches.';
comment on column dim_launcher.status is 'Active, Expended, Lost and others, in LL2''s words.';
comment on column dim_launcher.is_flight_proven is 'It has flown, as LL2 says.';
comment on column dim_launcher.flight_count is 'LL2''s counter of its flights, as of today.';
comment on column dim_launcher.attempted_landing_count is 'LL2''s counter of its landing attempts, as of today.';
comment on column dim_launcher.successful_landing_count is 'LL2''s counter of its landings, as of today.';
comment on column dim_launcher.first_launch_at is 'Its first flight, as LL2 says. Null: none, or not given.';
comment on column dim_launcher.last_launch_at is 'Its newest flight, as LL2 says. Null: none, or not given.';

create table dim_landing_location (
    landing_location_id integer primary key,
    name text not null,
    abbrev text,
    description text,
    location_id integer,
    latitude double precision,
    longitude double precision,
    is_active boolean,
    attempted_landing_count integer,
    successful_landing_count integer,
    failed_landing_count integer,
    first_seen_at timestamptz not null,
    updated_at timestamptz not null
);
comment on table dim_landing_location is 'One row per place where stages or spacecraft land: pad, ship, sea or desert.';
comment on column dim_landing_location.landing_location_id is 'LL2''s id of the place.';
comment on column dim_landing_location.name is 'Name of the place, as LL2 gives it.';
comment on column dim_landing_location.location_id is 'Spaceport that it belongs to: LL2''s id, in dim_location if launches are known from there. Null: none, or not given.';
comment on column dim_landing_location.is_active is 'In use, as LL2 says, from API 2.3.0 on.';
comment on column dim_landing_location.attempted_landing_count is 'LL2''s counter of attempts there, as of today, from API 2.3.0 on.';
comment on column dim_landing_location.successful_landing_count is 'LL2''s counter of landings there, as of today.';
comment on column dim_landing_location.failed_landing_count is 'LL2''s counter of failed landings there, as of today, from API 2.3.0 on.';

create table dim_spacecraft (
    spacecraft_id integer primary key,
    name text not null,
    serial_number text,
    is_placeholder boolean,
    status text,
    description text,
    is_in_space boolean,
    flight_count integer,
    mission_end_count integer,
    image_url text,
    config_id integer,
    config_name text,
    config_type text,
    manufacturer_id integer references dim_agency,
    is_human_rated boolean,
    crew_capacity integer,
    payload_capacity_kg double precision,
    maiden_flight_date date,
    first_seen_at timestamptz not null,
    updated_at timestamptz not null
);
comment on table dim_spacecraft is 'One row per spacecraft, such as Crew Dragon Endeavour, with its model.';
comment on column dim_spacecraft.spacecraft_id is 'LL2''s id of the spacecraft.';
comment on column dim_spacecraft.name is 'Name of the spacecraft, as LL2 gives it.';
comment on column dim_spacecraft.serial_number is 'Serial number, such as C209. Null: not given.';
comment on column dim_spacecraft.is_placeholder is 'A shared dummy, no real spacecraft. Null: not given.';
comment on column dim_spacecraft.status is 'Active, Retired and others, in LL2''s words.';
comment on column dim_spacecraft.is_in_space is 'It is in space now, as LL2 says.';
comment on column dim_spacecraft.flight_count is 'LL2''s counter of its flights, as of today.';
comment on column dim_spacecraft.mission_end_count is 'LL2''s counter of its flights that have ended, as of today.';
comment on column dim_spacecraft.config_id is 'Model: LL2''s id of the configuration.';
comment on column dim_spacecraft.config_name is 'Model, such as Cargo Dragon 2.';
comment on column dim_spacecraft.config_type is 'Type of the model, such as Capsule.';
comment on column dim_spacecraft.manufacturer_id is 'Agency of the model: dim_agency. Null: not given.';
comment on column dim_spacecraft.is_human_rated is 'The model may carry people.';
comment on column dim_spacecraft.crew_capacity is 'Seats of the model. Null: not given.';
comment on column dim_spacecraft.payload_capacity_kg is 'Payload of the model to its usual destination, in kg. Null: not given.';
comment on column dim_spacecraft.maiden_flight_date is 'First flight of the model.';

create table launch_spacecraft (
    launch_id uuid not null references fact_launch,
    spacecraft_flight_id bigint not null,
    spacecraft_id integer references dim_spacecraft,
    destination text,
    mission_end_at timestamptz,
    landing_id bigint,
    landing_attempt boolean,
    landing_success boolean,
    landing_type text,
    landing_location text,
    landing_location_id integer references dim_landing_location,
    landing_downrange_km double precision,
    primary key (launch_id, spacecraft_flight_id)
);
comment on table launch_spacecraft is 'One row per launch and flight of a spacecraft on it.';
comment on column launch_spacecraft.spacecraft_flight_id is 'LL2''s id of this flight of the spacecraft.';
comment on column launch_spacecraft.spacecraft_id is 'The spacecraft: dim_spacecraft. Null: not given.';
comment on column launch_spacecraft.destination is 'Where it flies to, in LL2''s words.';
comment on column launch_spacecraft.mission_end_at is 'When its flight ended. Null: not yet, or not given.';
create index launch_spacecraft_by_spacecraft on launch_spacecraft (spacecraft_id);

-- A row from before this column is known by its position, as a negative number, until a replay or the next record of its launch.
alter table launch_booster
    add column stage_id bigint,
    add column launcher_id integer references dim_launcher,
    add column landing_id bigint,
    add column landing_location_id integer references dim_landing_location,
    add column landing_downrange_km double precision;
update launch_booster set stage_id = -booster_number;
alter table launch_booster
    alter column stage_id set not null,
    drop constraint launch_booster_pkey,
    add primary key (launch_id, stage_id);
create index launch_booster_by_launcher on launch_booster (launcher_id);
comment on table launch_booster is 'One row per launch and stage of its rocket, such as a booster; only stages that LL2 follows.';
comment on column launch_booster.stage_id is 'LL2''s id of the stage of this launch. Negative: the position in LL2''s list, if LL2 gave no id or the row was stored before the column.';
comment on column launch_booster.booster_number is 'Position of the stage in LL2''s list for the launch, from 1.';
comment on column launch_booster.launcher_id is 'The vehicle: dim_launcher. Null: not given, or not read since the column was added.';
comment on column launch_booster.serial_number is 'Serial number of the vehicle, as in the record of the launch.';

create table launch_booster_revision (
    launch_id uuid not null references fact_launch,
    stage_id bigint not null,
    valid_from timestamptz not null,
    valid_to timestamptz check (valid_to > valid_from),
    launcher_id integer references dim_launcher,
    stage_type text,
    serial_number text,
    is_placeholder boolean not null,
    is_reused boolean,
    flight_number integer,
    previous_flight_at timestamptz,
    landing_id bigint,
    landing_attempt boolean,
    landing_success boolean,
    landing_type text,
    landing_location text,
    landing_location_id integer references dim_landing_location,
    landing_downrange_km double precision,
    primary key (launch_id, stage_id, valid_from)
);
comment on table launch_booster_revision is 'One row per launch, stage and period in which LL2 said the same of it (SCD2): which vehicle was assigned when, and how its landing was planned and ended.';
comment on column launch_booster_revision.stage_id is 'LL2''s id of the stage of this launch; as in launch_booster.';
comment on column launch_booster_revision.valid_from is 'First observation with these values. For rows from before the table: the newest observation of the launch then.';
comment on column launch_booster_revision.valid_to is 'First observation with other values, or without the stage. Null: the present values.';
comment on column launch_booster_revision.launcher_id is 'The vehicle: dim_launcher. Null: not given, or not read since the column was added.';
comment on column launch_booster_revision.serial_number is 'Serial number of the vehicle, as in the record of the launch.';
create unique index launch_booster_revision_open on launch_booster_revision (launch_id, stage_id) where valid_to is null;
insert into launch_booster_revision (
    launch_id, stage_id, valid_from, stage_type, serial_number, is_placeholder, is_reused, flight_number, previous_flight_at, landing_attempt,
    landing_success, landing_type, landing_location
)
select
    launch_booster.launch_id, launch_booster.stage_id, fact_launch.last_seen_at, launch_booster.stage_type, launch_booster.serial_number,
    launch_booster.is_placeholder, launch_booster.is_reused, launch_booster.flight_number, launch_booster.previous_flight_at,
    launch_booster.landing_attempt, launch_booster.landing_success, launch_booster.landing_type, launch_booster.landing_location
from launch_booster
inner join fact_launch using (launch_id);

do $$
declare
    landed text;
begin
    foreach landed in array array['launch_booster', 'launch_booster_revision', 'launch_spacecraft'] loop
        execute format('comment on column %I.landing_id is %L', landed, 'LL2''s id of the landing. Null: none is planned, or not given.');
        execute format('comment on column %I.landing_attempt is %L', landed, 'A landing is or was attempted. Null: not given.');
        execute format('comment on column %I.landing_success is %L', landed, 'The landing succeeded. Null: not yet, or not given.');
        execute format('comment on column %I.landing_type is %L', landed, 'How it lands, in LL2''s words.');
        execute format('comment on column %I.landing_location is %L', landed, 'Where it lands, as LL2 names it in the record of the launch.');
        execute format('comment on column %I.landing_location_id is %L', landed, 'Where it lands: dim_landing_location. Null: not given, or not read since the column was added.');
        execute format('comment on column %I.landing_downrange_km is %L', landed, 'Distance from the pad, in km. Null: not given.');
    end loop;
end
$$;

-- Staging.
alter table stg_ll2__crew
    drop column name,
    drop column agency_name,
    drop column nationality;
alter table stg_ll2__booster
    add column stage_id bigint,
    add column launcher_id integer,
    add column landing_id bigint,
    add column landing_location_id integer,
    add column landing_downrange_km double precision;
create unlogged table stg_ll2__spacecraft_flight (like launch_spacecraft);
comment on table stg_ll2__spacecraft_flight is 'One row per launch and flight of a spacecraft, of the current run.';
create unlogged table stg_ll2__launcher (like dim_launcher, absent text[] not null);
comment on table stg_ll2__launcher is 'One row per vehicle that flies as a stage, of the current run.';
create unlogged table stg_ll2__landing_location (like dim_landing_location, absent text[] not null);
comment on table stg_ll2__landing_location is 'One row per place to land of the current run.';
create unlogged table stg_ll2__astronaut (like dim_astronaut, absent text[] not null);
comment on table stg_ll2__astronaut is 'One row per person of the current run.';
create unlogged table stg_ll2__spacecraft (like dim_spacecraft, absent text[] not null);
comment on table stg_ll2__spacecraft is 'One row per spacecraft of the current run.';
do $$
declare
    staged text;
begin
    foreach staged in array array['launcher', 'landing_location', 'astronaut', 'spacecraft'] loop
        execute format('alter table stg_ll2__%s drop column first_seen_at, drop column updated_at', staged);
        execute format('comment on column stg_ll2__%s.absent is %L', staged, 'Columns that the record did not contain; they keep their value.');
    end loop;
end
$$;
alter table stg_ll2__landing_location alter column name drop not null;
alter table stg_ll2__spacecraft alter column name drop not null;

-- Comments of columns whose name and meaning another table of this migration has, or many tables have.
do $$
declare
    uncommented record;
begin
    for uncommented in
        select
            pg_class.relname,
            pg_attribute.attname,
            (
                select description.description
                from pg_attribute as described
                inner join pg_class as other on other.oid = described.attrelid and other.relnamespace = pg_class.relnamespace
                inner join pg_description as description
                    on description.objoid = described.attrelid
                    and description.objsubid = described.attnum
                    and description.classoid = 'pg_class'::regclass
                where described.attname = pg_attribute.attname
                order by
                    other.relname <> replace(replace(pg_class.relname, 'stg_ll2__spacecraft_flight', 'launch_spacecraft'), 'stg_ll2__', 'launch_'),
                    other.relname <> replace(pg_class.relname, 'stg_ll2__', 'dim_'),
                    other.relname <> 'launch_booster',
                    other.relname not like 'dim\_%',
                    other.relname
                limit 1
            ) as description
        from pg_class
        inner join pg_attribute on pg_attribute.attrelid = pg_class.oid and attnum > 0 and not attisdropped
        where pg_class.relnamespace = current_schema()::regnamespace
            and pg_class.relkind in ('r', 'v')
            and pg_class.relname <> '_sqlx_migrations'
            and col_description(pg_class.oid, pg_attribute.attnum) is null
    loop
        execute format('comment on column %I.%I is %L', uncommented.relname, uncommented.attname, uncommented.description);
    end loop;
end
$$;
