-- Only functions of `timestamp` and of a named zone are used: they are immutable, where `timestamptz + interval` depends on the
-- session's zone, and so Postgres can inline the whole.
create function net_span(net_at timestamptz, net_precision_id integer) returns tstzrange
language sql immutable parallel safe
return case
    when net_precision_id = 0
        then tstzrange(net_at, ((net_at at time zone 'UTC') + interval '1 second') at time zone 'UTC')
    when net_precision_id = 1
        then tstzrange(net_at, ((net_at at time zone 'UTC') + interval '1 minute') at time zone 'UTC')
    when net_precision_id = 2
        then tstzrange(net_at, ((net_at at time zone 'UTC') + interval '1 hour') at time zone 'UTC')
    when net_precision_id in (3, 4, 5) then tstzrange(
        date_trunc('day', net_at at time zone 'UTC') at time zone 'UTC',
        (date_trunc('day', net_at at time zone 'UTC') + interval '1 day') at time zone 'UTC'
    )
    when net_precision_id = 6 then tstzrange(
        date_trunc('week', net_at at time zone 'UTC') at time zone 'UTC',
        (date_trunc('week', net_at at time zone 'UTC') + interval '7 days') at time zone 'UTC'
    )
    when net_precision_id = 7 then tstzrange(
        date_trunc('month', net_at at time zone 'UTC') at time zone 'UTC',
        (date_trunc('month', net_at at time zone 'UTC') + interval '1 month') at time zone 'UTC'
    )
    when net_precision_id between 8 and 11 then tstzrange(
        (date_trunc('year', net_at at time zone 'UTC') + (net_precision_id - 8) * interval '3 months') at time zone 'UTC',
        (date_trunc('year', net_at at time zone 'UTC') + (net_precision_id - 7) * interval '3 months') at time zone 'UTC'
    )
    when net_precision_id in (12, 13) then tstzrange(
        (date_trunc('year', net_at at time zone 'UTC') + (net_precision_id - 12) * interval '6 months') at time zone 'UTC',
        (date_trunc('year', net_at at time zone 'UTC') + (net_precision_id - 11) * interval '6 months') at time zone 'UTC'
    )
    when net_precision_id = 15 then tstzrange(
        (date_trunc('year', (net_at at time zone 'UTC') + interval '3 months') - interval '3 months') at time zone 'UTC',
        (date_trunc('year', (net_at at time zone 'UTC') + interval '3 months') + interval '9 months') at time zone 'UTC'
    )
    when net_precision_id = 16 then tstzrange(
        date_trunc('decade', net_at at time zone 'UTC') at time zone 'UTC',
        (date_trunc('decade', net_at at time zone 'UTC') + interval '10 years') at time zone 'UTC'
    )
    else tstzrange(
        date_trunc('year', net_at at time zone 'UTC') at time zone 'UTC',
        (date_trunc('year', net_at at time zone 'UTC') + interval '1 year') at time zone 'UTC'
    )
end;
comment on function net_span is 'The half-open interval a NET and its precision stand for: domain::NetSpan in SQL, held equal by a test of the ingest crate. Null precision: the year.';

create table fact_launch (
    launch_id uuid primary key,
    name text not null,
    slug text,
    launch_designator text,
    status_id integer not null references dim_status,
    provider_id integer not null references dim_launch_service_provider,
    rocket_config_id integer not null references dim_rocket_config,
    mission_id integer references dim_mission,
    pad_id integer not null references dim_pad,
    net_at timestamptz not null,
    net_precision_id integer references dim_net_precision,
    net_date date not null references dim_date,
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
    is_upcoming boolean not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    missed_at timestamptz,
    left_upcoming_at timestamptz,
    outcome_seen_at timestamptz,
    deleted_at timestamptz,
    net_change_count integer not null default 0,
    slip_count integer not null default 0,
    content_hash bytea not null,
    has_detail boolean not null,
    check (net_date = (net_at at time zone 'UTC')::date),
    check (probability_percent between 0 and 100)
) with (fillfactor = 80);
-- Every run touches last_seen_at of every listed launch; the free fifth of a page keeps those updates off the indexes (HOT).
comment on table fact_launch is 'A launch as it stands now (accumulating snapshot). One row per launch.';
comment on column fact_launch.net_at is 'No earlier than, as LL2 stores it: for coarse precisions the LAST day of the period at 00:00Z. Never show it without its precision.';
comment on column fact_launch.net_precision_id is 'Null: LL2 gave none; as vague as a year.';
comment on column fact_launch.window_start_at is 'Start of the launch window; equals NET when LL2 has nothing better.';
comment on column fact_launch.probability_percent is 'Chance of acceptable weather given by the range, when given. Old payloads use -1 for unknown; that is null here.';
comment on column fact_launch.pad_turnaround is 'ISO 8601 duration since the pad''s previous launch, as LL2 gives it.';
comment on column fact_launch.is_upcoming is 'LL2''s newest answer still lists the launch as upcoming, which includes the 24 hours after flight.';
comment on column fact_launch.last_seen_at is 'When LL2 last mentioned the launch.';
comment on column fact_launch.missed_at is 'When a complete sweep first did not name the launch although it was upcoming, and it could be an accident of paging; null while it is listed.';
comment on column fact_launch.left_upcoming_at is 'When a complete sweep, or LL2''s own answer for the launch, first showed that it is upcoming no more.';
comment on column fact_launch.outcome_seen_at is 'When a status of success, failure or partial failure was first observed.';
comment on column fact_launch.deleted_at is 'When LL2 answered 404 for the launch: deleted or merged upstream. The row stays.';
comment on column fact_launch.content_hash is 'Hash of every typed field of the launch and its children; an unchanged launch stops at staging.';
comment on column fact_launch.has_detail is 'A `detailed` record was seen: updates, videos, boosters and crew are known, if only to be none.';
create index fact_launch_by_net on fact_launch (net_at, launch_id) where is_upcoming;
create index fact_launch_by_date on fact_launch (net_date);
create index fact_launch_by_provider on fact_launch (provider_id);
create index fact_launch_by_rocket on fact_launch (rocket_config_id);
create index fact_launch_by_pad on fact_launch (pad_id);
create index fact_launch_by_mission on fact_launch (mission_id);

create table fact_launch_revision (
    launch_id uuid not null references fact_launch,
    revision_number integer not null,
    valid_from timestamptz not null,
    valid_to timestamptz,
    ingest_run_id bigint not null references ingest_run,
    name text not null,
    status_id integer not null references dim_status,
    net_at timestamptz not null,
    net_precision_id integer references dim_net_precision,
    window_start_at timestamptz,
    window_end_at timestamptz,
    provider_id integer not null references dim_launch_service_provider,
    rocket_config_id integer not null references dim_rocket_config,
    pad_id integer not null references dim_pad,
    mission_id integer references dim_mission,
    mission_name text,
    mission_type text,
    orbit_id integer references dim_orbit,
    probability_percent smallint,
    weather_concerns text,
    fail_reason text,
    is_upcoming boolean not null,
    is_deleted boolean not null default false,
    primary key (launch_id, revision_number),
    check (valid_to > valid_from),
    constraint revision_does_not_overlap exclude using gist (launch_id with =, tstzrange(valid_from, valid_to) with &&)
);
comment on table fact_launch_revision is 'A launch over one interval in which nothing tracked changed (slowly changing, type 2). One row per launch and interval.';
comment on column fact_launch_revision.valid_from is 'When we first observed this state, not when LL2 entered it.';
comment on column fact_launch_revision.valid_to is 'When we first observed another state; null while this one holds.';
create unique index fact_launch_revision_one_open on fact_launch_revision (launch_id) where valid_to is null;

create table fact_net_change (
    launch_id uuid not null references fact_launch,
    observed_at timestamptz not null,
    ingest_run_id bigint not null references ingest_run,
    kind text not null check (kind in ('slip', 'pull_in', 'firmed', 'loosened', 'placeholder', 'trim', 'actual')),
    net_before_at timestamptz not null,
    net_precision_before_id integer references dim_net_precision,
    net_after_at timestamptz not null,
    net_precision_after_id integer references dim_net_precision,
    shift_seconds bigint not null,
    status_before_id integer not null references dim_status,
    status_after_id integer not null references dim_status,
    was_observed_live boolean not null,
    primary key (launch_id, observed_at)
);
comment on table fact_net_change is 'An observed change of NET or of its precision, classified. One row per launch and observation that changed it.';
comment on column fact_net_change.kind is 'slip, pull_in: moved beyond the old interval, later or earlier; firmed, loosened: finer or coarser and still overlapping; placeholder: from one vague date (coarser than a month) to another; trim: under two minutes'' change of a precise NET, another instant of the same period, or a change after lift-off; actual: the T-0 flown, given at lift-off or with the outcome.';
comment on column fact_net_change.shift_seconds is 'How far the NET moved, signed: between precise dates their difference, between equal precisions the distance of the periods, else the distance to the nearest second of the old period; 0 while they overlap.';
comment on column fact_net_change.was_observed_live is 'Seen within two polling intervals of the previous sighting of the launch; otherwise caught up: several changes may hide in one.';
