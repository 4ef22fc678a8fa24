-- What belongs to one launch and only to it. Rows are replaced as a set whenever the launch changes, and only when the
-- page that brought the change carries the set: `normal` mode does not mention updates or boosters.

create table launch_update (
    launch_id uuid not null references fact_launch,
    update_id bigint not null,
    comment text not null,
    info_url text,
    created_by text,
    created_at timestamptz,
    primary key (launch_id, update_id)
);
comment on table launch_update is 'A remark of LL2''s editors on a launch. One row per launch and update.';

create table launch_video (
    launch_id uuid not null references fact_launch,
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
    is_live boolean,
    primary key (launch_id, url)
);
comment on table launch_video is 'A webcast or recording of a launch. One row per launch and address; only http and https.';
comment on column launch_video.language_code is 'As LL2 gives it; `jp` and `zn` are not ISO codes.';

create table launch_link (
    launch_id uuid not null references fact_launch,
    url text not null,
    priority integer,
    title text,
    source text,
    description text,
    type text,
    primary key (launch_id, url)
);
comment on table launch_link is 'A page about a launch. One row per launch and address; only http and https.';

create table launch_crew (
    launch_id uuid not null references fact_launch,
    astronaut_id bigint not null,
    role text not null,
    name text not null,
    agency_name text,
    nationality text,
    primary key (launch_id, astronaut_id, role)
);
comment on table launch_crew is 'A person aboard at launch. One row per launch, astronaut and role.';

create table launch_booster (
    launch_id uuid not null references fact_launch,
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
    landing_location text,
    primary key (launch_id, booster_number)
);
comment on table launch_booster is 'A first stage or side booster of a launch. One row per launch and position in LL2''s list.';
comment on column launch_booster.is_placeholder is 'A shared dummy such as "Unknown F9": not a real vehicle, not to be counted across launches.';

create table launch_program (
    launch_id uuid not null references fact_launch,
    program_id integer not null references dim_program,
    primary key (launch_id, program_id)
);
comment on table launch_program is 'Membership of a launch in a program. One row per launch and program.';
create index launch_program_by_program on launch_program (program_id);

create table launch_agency (
    launch_id uuid not null references fact_launch,
    agency_id integer not null,
    name text not null,
    abbrev text,
    type text,
    country_code text,
    primary key (launch_id, agency_id)
);
comment on table launch_agency is 'An agency whose mission flies, other than as launch service provider. One row per launch and agency.';
