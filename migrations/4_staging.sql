-- One typed record of the run in work: the one shape that both API versions become. Unlogged, because a crash loses only what the
-- landed pages can rebuild; no constraints beyond types, because a record that breaks a rule must reach the data tests to be named.
--
-- `absent` names the columns that the page did not mention at all (`normal` mode, or an attribute of another API version). What is
-- absent stays as it was in the warehouse; what is present and null becomes null.

create unlogged table stg_ll2__launch (
    launch_id uuid not null,
    listing text not null check (listing in ('upcoming', 'previous', 'single', 'follow_up')),
    observed_at timestamptz not null,
    is_detailed boolean not null,
    absent text[] not null,
    name text not null,
    slug text,
    launch_designator text,
    status_id integer not null,
    provider_id integer not null,
    rocket_config_id integer not null,
    mission_id integer,
    pad_id integer not null,
    net_at timestamptz not null,
    net_precision_id integer,
    window_start_at timestamptz,
    window_end_at timestamptz,
    probability_percent smallint,
    weather_concerns text,
    fail_reason text,
    hashtag text,
    is_webcast_live boolean not null,
    image_url text,
    image_credit text,
    infographic_url text,
    flightclub_url text,
    pad_turnaround text,
    orbital_launch_attempt_count integer,
    location_launch_attempt_count integer,
    pad_launch_attempt_count integer,
    agency_launch_attempt_count integer,
    orbital_launch_attempt_count_year integer,
    location_launch_attempt_count_year integer,
    pad_launch_attempt_count_year integer,
    agency_launch_attempt_count_year integer,
    last_updated_at timestamptz not null,
    content_hash bytea not null
);
comment on table stg_ll2__launch is 'A launch as the run in work received it. One row per launch.';
comment on column stg_ll2__launch.listing is 'What kind of answer named it: a list of upcoming or previous launches, a single launch, or our own question after it left a list.';
comment on column stg_ll2__launch.is_detailed is 'The record carries updates, videos, boosters and crew, if only empty sets of them.';
comment on column stg_ll2__launch.absent is 'Columns the record did not mention; they stay as they were.';
comment on column stg_ll2__launch.content_hash is 'SHA-256 of every typed field of the launch and its children, in column order.';

create unlogged table stg_ll2__gone (
    launch_id uuid not null,
    observed_at timestamptz not null
);
comment on table stg_ll2__gone is 'A launch for which LL2 answered 404 to our question. One row per launch.';

create unlogged table stg_ll2__unread (
    launch_id uuid not null
);
comment on table stg_ll2__unread is 'A launch that was listed by a record we could not use: in quarantine, but not missing. One row per record.';

create unlogged table stg_ll2__change (
    launch_id uuid not null,
    observed_at timestamptz not null,
    has_record boolean not null,
    is_upcoming boolean not null,
    is_deleted boolean not null,
    missed_at timestamptz
);
comment on table stg_ll2__change is 'A launch that this run changes, and how. One row per launch; a launch that is as we knew it has none and stops here.';
comment on column stg_ll2__change.has_record is 'A staged record brings new content; false when only the membership of the upcoming list changes.';
comment on column stg_ll2__change.missed_at is 'The value fact_launch.missed_at is to have.';

create unlogged table stg_ll2__status (
    status_id integer not null,
    name text not null,
    abbrev text not null,
    description text
);
comment on table stg_ll2__status is 'A status as received. One row per status.';

create unlogged table stg_ll2__net_precision (
    net_precision_id integer not null,
    name text not null,
    abbrev text not null,
    description text
);
comment on table stg_ll2__net_precision is 'A precision as received. One row per precision.';

create unlogged table stg_ll2__orbit (
    orbit_id integer not null,
    absent text[] not null,
    name text not null,
    abbrev text not null,
    celestial_body text
);
comment on table stg_ll2__orbit is 'An orbit as received. One row per orbit.';

create unlogged table stg_ll2__provider (
    provider_id integer not null,
    absent text[] not null,
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
    image_url text
);
comment on table stg_ll2__provider is 'A launch service provider as received. One row per provider.';

create unlogged table stg_ll2__rocket_config (
    rocket_config_id integer not null,
    absent text[] not null,
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
    image_url text
);
comment on table stg_ll2__rocket_config is 'A launcher configuration as received. One row per configuration.';

create unlogged table stg_ll2__location (
    location_id integer not null,
    absent text[] not null,
    name text not null,
    country_code text,
    timezone_name text,
    latitude double precision,
    longitude double precision,
    celestial_body text,
    description text,
    total_launch_count integer,
    total_landing_count integer
);
comment on table stg_ll2__location is 'A spaceport as received. One row per location.';

create unlogged table stg_ll2__pad (
    pad_id integer not null,
    absent text[] not null,
    name text not null,
    location_id integer not null,
    latitude double precision,
    longitude double precision,
    country_code text,
    description text,
    total_launch_count integer,
    orbital_launch_attempt_count integer,
    map_url text,
    wiki_url text,
    info_url text
);
comment on table stg_ll2__pad is 'A pad as received. One row per pad.';

create unlogged table stg_ll2__mission (
    mission_id integer not null,
    name text not null,
    mission_type text,
    description text,
    orbit_id integer
);
comment on table stg_ll2__mission is 'A mission as received. One row per mission.';

create unlogged table stg_ll2__program (
    program_id integer not null,
    absent text[] not null,
    name text not null,
    description text,
    type text,
    start_date date,
    end_date date,
    info_url text,
    wiki_url text,
    image_url text
);
comment on table stg_ll2__program is 'A program as received. One row per program.';

create unlogged table stg_ll2__update (
    launch_id uuid not null,
    update_id bigint not null,
    comment text not null,
    info_url text,
    created_by text,
    created_at timestamptz
);
comment on table stg_ll2__update is 'An editor''s remark as received. One row per launch and update.';

create unlogged table stg_ll2__video (
    launch_id uuid not null,
    url text not null,
    priority integer,
    title text,
    publisher text,
    source text,
    description text,
    type text,
    language_code text,
    start_at timestamptz,
    end_at timestamptz,
    is_live boolean
);
comment on table stg_ll2__video is 'A webcast or recording as received. One row per launch and address.';

create unlogged table stg_ll2__link (
    launch_id uuid not null,
    url text not null,
    priority integer,
    title text,
    source text,
    description text,
    type text
);
comment on table stg_ll2__link is 'A page about a launch as received. One row per launch and address.';

create unlogged table stg_ll2__crew (
    launch_id uuid not null,
    astronaut_id bigint not null,
    role text not null,
    name text not null,
    agency_name text,
    nationality text
);
comment on table stg_ll2__crew is 'A person aboard as received. One row per launch, astronaut and role.';

create unlogged table stg_ll2__booster (
    launch_id uuid not null,
    booster_number smallint not null,
    stage_type text,
    serial_number text,
    is_placeholder boolean not null,
    is_reused boolean,
    flight_number integer,
    previous_flight_at timestamptz,
    landing_attempt boolean,
    landing_success boolean,
    landing_type text,
    landing_location text
);
comment on table stg_ll2__booster is 'A first stage or side booster as received. One row per launch and position in the list.';

create unlogged table stg_ll2__launch_program (
    launch_id uuid not null,
    program_id integer not null
);
comment on table stg_ll2__launch_program is 'Membership in a program as received. One row per launch and program.';

create unlogged table stg_ll2__launch_agency (
    launch_id uuid not null,
    agency_id integer not null,
    name text not null,
    abbrev text,
    type text,
    country_code text
);
comment on table stg_ll2__launch_agency is 'An agency of a mission as received. One row per launch and agency.';

create unlogged table stg_run (
    ingest_run_id bigint not null,
    observed_at timestamptz not null,
    is_complete boolean not null,
    is_newest boolean not null,
    poll_seconds integer not null
);
comment on table stg_run is 'The run in work, for the transforms to join. Exactly one row.';
comment on column stg_run.is_newest is 'No published run observed anything later; otherwise dimensions gain members but lose no newer attribute.';
comment on column stg_run.poll_seconds is 'The longest pause between sweeps; two of them part a change observed live from one caught up.';
