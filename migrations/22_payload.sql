-- What a launch carries, and when a launch that left the list is due to be asked about.

create unlogged table stg_ll2__payload (
    launch_id uuid not null,
    payload_flight_id bigint not null,
    name text not null,
    type text,
    manufacturer_name text,
    operator_name text,
    destination text,
    amount integer,
    mass_kg double precision,
    description text,
    info_url text,
    wiki_url text
);
comment on table stg_ll2__payload is 'A payload of the run in work. One row per launch and flight of a payload.';

create table launch_payload (
    launch_id uuid not null references fact_launch,
    payload_flight_id bigint not null,
    name text not null,
    type text,
    manufacturer_name text,
    operator_name text,
    destination text,
    amount integer,
    mass_kg double precision,
    description text,
    info_url text,
    wiki_url text,
    primary key (launch_id, payload_flight_id)
);
comment on table launch_payload is 'What a launch carries, as far as LL2 lists it; only `detailed` records of 2.3.0 do. One row per launch and flight of a payload.';
comment on column launch_payload.payload_flight_id is 'LL2''s id of this flight of the payload: one that flies twice has two.';
comment on column launch_payload.destination is 'Where it is left, in LL2''s words; the moon ladder does not read it (ADR 0017).';
comment on column launch_payload.amount is 'How many of it fly.';
comment on column launch_payload.mass_kg is 'Of one of them.';
comment on column launch_payload.info_url is 'http or https.';
comment on column launch_payload.wiki_url is 'http or https.';

-- One rule for two readers: the plan counts what is due, the run names it.
create view due_follow_up as
select fact_launch.launch_id, fact_launch.last_seen_at
from fact_launch
where not is_upcoming
    and outcome_seen_at is null
    and deleted_at is null
    and left_upcoming_at > ingest_now() - interval '30 days'
    and ingest_now() - last_seen_at >= greatest((ingest_now() - left_upcoming_at) / 4, interval '30 minutes')
    -- Asked, and no answer to use came of it: not at once again.
    and not exists (
        select
        from ingest_request
        where purpose = 'follow_up'
            and sent_at > ingest_now() - interval '1 hour'
            and position(fact_launch.launch_id::text in url) > 0
    );
comment on view due_follow_up is 'A launch that left the upcoming list within 30 days without an outcome, and is due to be asked about: ever more rarely, after a quarter of the time that has passed since it left. One row per launch.';
