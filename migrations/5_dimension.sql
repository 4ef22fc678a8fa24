-- Conformed dimensions, keyed by LL2's own ids. 0 is a valid id (orbit "Elliptical", precision "Second").
-- Attributes are as LL2 last gave them. A page in `normal` mode names fewer attributes than one in `detailed` mode:
-- what a page does not mention stays as it was.

create table dim_date (
    date date primary key,
    year smallint not null,
    quarter smallint not null,
    month smallint not null,
    iso_week smallint not null,
    iso_weekday smallint not null,
    month_start date not null,
    month_name text not null
);
comment on table dim_date is 'The calendar, UTC, from the first launch in LL2 to the end of its placeholders. One row per day.';
insert into dim_date
select
    day::date,
    extract(year from day),
    extract(quarter from day),
    extract(month from day),
    extract(week from day),
    extract(isodow from day),
    date_trunc('month', day)::date,
    trim(to_char(day, 'Month'))
from generate_series('1942-01-01'::timestamp, '2099-12-31'::timestamp, interval '1 day') as day;

create table dim_status (
    status_id integer primary key,
    name text not null,
    abbrev text not null,
    description text
);
comment on table dim_status is 'Where a launch stands: Go, TBC, TBD, Hold, In Flight, Success ... One row per status.';

create table dim_net_precision (
    net_precision_id integer primary key,
    name text not null,
    abbrev text not null,
    description text
);
comment on table dim_net_precision is 'How exact a NET is, from the second to the decade. One row per precision.';

create table dim_orbit (
    orbit_id integer primary key,
    name text not null,
    abbrev text not null,
    celestial_body text
);
comment on table dim_orbit is 'Where a mission goes. One row per orbit of LL2; id 25 is LL2''s own "Unknown".';
comment on column dim_orbit.celestial_body is 'The body orbited, from API 2.3.0 on; null when the page did not say (2.2.0).';

create table dim_launch_service_provider (
    provider_id integer primary key,
    name text not null,
    abbrev text,
    type text,
    country_code text,
    description text,
    administrator text,
    founding_year integer,
    total_launch_count integer,
    successful_launch_count integer,
    failed_launch_count integer,
    pending_launch_count integer,
    consecutive_successful_launch_count integer,
    info_url text,
    wiki_url text,
    logo_url text,
    image_url text,
    first_seen_at timestamptz not null,
    updated_at timestamptz not null
);
comment on table dim_launch_service_provider is 'Who launches. One row per agency that is the launch service provider of a launch.';
comment on column dim_launch_service_provider.country_code is 'ISO 3166-1 alpha-3; several joined by commas for multinational agencies; ??? when LL2 does not know.';
comment on column dim_launch_service_provider.updated_at is 'When an attribute last differed from what we held.';

create table dim_rocket_config (
    rocket_config_id integer primary key,
    name text not null,
    full_name text not null,
    family text,
    variant text,
    manufacturer_name text,
    is_active boolean,
    is_reusable boolean,
    description text,
    length_m double precision,
    diameter_m double precision,
    launch_mass_t double precision,
    leo_capacity_kg double precision,
    gto_capacity_kg double precision,
    liftoff_thrust_kn double precision,
    launch_cost_usd bigint,
    maiden_flight_date date,
    total_launch_count integer,
    successful_launch_count integer,
    failed_launch_count integer,
    pending_launch_count integer,
    consecutive_successful_launch_count integer,
    info_url text,
    wiki_url text,
    image_url text,
    first_seen_at timestamptz not null,
    updated_at timestamptz not null
);
comment on table dim_rocket_config is 'What flies: a launcher configuration such as Falcon 9 Block 5. One row per configuration.';
comment on column dim_rocket_config.family is 'The nearest family; 2.3.0 lists ancestors too (Falcon 9, Falcon): the last one listed that is not a parent is taken.';

create table dim_location (
    location_id integer primary key,
    name text not null,
    country_code text,
    timezone_name text,
    latitude double precision,
    longitude double precision,
    celestial_body text,
    description text,
    total_launch_count integer,
    total_landing_count integer,
    first_seen_at timestamptz not null,
    updated_at timestamptz not null
);
comment on table dim_location is 'The spaceport. One row per location.';
comment on column dim_location.timezone_name is 'IANA zone; null for ships, the Moon and places LL2 does not zone.';
comment on column dim_location.celestial_body is 'From API 2.3.0 on: Earth or Moon; null when the page did not say.';

create table dim_pad (
    pad_id integer primary key,
    name text not null,
    location_id integer not null references dim_location,
    latitude double precision,
    longitude double precision,
    country_code text,
    description text,
    total_launch_count integer,
    orbital_launch_attempt_count integer,
    map_url text,
    wiki_url text,
    info_url text,
    first_seen_at timestamptz not null,
    updated_at timestamptz not null
);
comment on table dim_pad is 'Where it leaves from. One row per pad; names are not unique ("Unknown Pad" is sixteen pads).';
create index dim_pad_by_location on dim_pad (location_id);

create table dim_mission (
    mission_id integer primary key,
    name text not null,
    mission_type text,
    description text,
    orbit_id integer references dim_orbit,
    first_seen_at timestamptz not null,
    updated_at timestamptz not null
);
comment on table dim_mission is 'Why it flies. One row per mission; about one launch in forty has none.';
create index dim_mission_by_orbit on dim_mission (orbit_id);

create table dim_program (
    program_id integer primary key,
    name text not null,
    description text,
    type text,
    start_date date,
    end_date date,
    info_url text,
    wiki_url text,
    image_url text,
    first_seen_at timestamptz not null,
    updated_at timestamptz not null
);
comment on table dim_program is 'The programme a launch belongs to, such as Artemis. One row per program of a launch.';
