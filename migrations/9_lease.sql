-- What the ingest job must remember over kills, restarts and replicas: whose turn it is, how far each feed was read, what LL2 said
-- of our allowance, and what comes next.

create function ingest_now() returns timestamptz
language sql volatile
as 'select clock_timestamp()';
comment on function ingest_now is 'The only clock of budget, lease and plan. A function, so that a test can set the time.';

create table ingest_lease (
    is_only boolean primary key default true check (is_only),
    epoch bigint not null default 0,
    holder uuid,
    backend_pid integer,
    backend_started_at timestamptz,
    taken_at timestamptz,
    renewed_at timestamptz,
    expires_at timestamptz,
    check ((holder is null) = (expires_at is null))
);
comment on table ingest_lease is 'Whose turn it is to run. Exactly one row.';
comment on column ingest_lease.epoch is 'Grows whenever the lease changes hands. A run commits only while the epoch is the one it started with.';
comment on column ingest_lease.holder is 'The process that runs; null while nobody does.';
comment on column ingest_lease.backend_pid is 'The session the holder renews from. When that session is gone so is the holder, and nobody need wait for expiry.';
insert into ingest_lease default values;

create function ingest_lease_is_free(lifetime_seconds double precision) returns boolean
language sql volatile
as $$
    select holder is null
        or expires_at <= ingest_now()
        or expires_at > ingest_now() + 2 * make_interval(secs => lifetime_seconds)
        or not exists (
            select
            from pg_stat_activity
            where pid = backend_pid and backend_start = backend_started_at
        )
    from ingest_lease
$$;
comment on function ingest_lease_is_free is 'Whether the lease may be taken: it is nobody''s; it expired; its session is gone, because its process was killed; or it claims to last longer than any lease does, because the clock was set back since.';

create table ingest_pause (
    is_only boolean primary key default true check (is_only),
    paused_at timestamptz,
    reason text
);
comment on table ingest_pause is 'Whether somebody told the job to rest. Exactly one row.';
comment on column ingest_pause.paused_at is 'Null while it works.';
insert into ingest_pause default values;

create table ingest_cursor (
    feed text primary key check (feed in ('changed', 'history')),
    position_at timestamptz,
    seen_count bigint not null default 0,
    total_count bigint,
    finished_at timestamptz,
    ingest_run_id bigint references ingest_run,
    updated_at timestamptz not null default clock_timestamp()
);
comment on table ingest_cursor is 'How far a feed was read; moved by the very transaction that publishes what was read. One row per feed.';
comment on column ingest_cursor.position_at is 'changed: the last_updated from which the next look reads, an overlap before the newest one met; history: the NET down to which past launches are held.';
comment on column ingest_cursor.total_count is 'What LL2 counted in the feed when it was last asked.';
comment on column ingest_cursor.finished_at is 'When the feed came to its end; null while there is more, and for feeds that never end.';
insert into ingest_cursor (feed) values ('changed'), ('history');

create table ingest_allowance (
    is_only boolean primary key default true check (is_only),
    told_at timestamptz not null,
    request_limit integer not null check (request_limit >= 0),
    window_seconds integer not null check (window_seconds > 0),
    current_use integer not null check (current_use >= 0),
    foreign_use integer not null check (foreign_use >= 0),
    next_use_seconds integer not null check (next_use_seconds >= 0)
);
comment on table ingest_allowance is 'What `/api-throttle/` last said; asking it is free. At most one row.';
comment on column ingest_allowance.foreign_use is 'Requests LL2 counted that we did not send, or do not remember sending; they weigh on our budget until told_at plus the window.';

create table ingest_plan (
    plan_position smallint primary key,
    task text not null,
    due_at timestamptz not null,
    request_count integer not null,
    reason text not null,
    planned_at timestamptz not null default clock_timestamp()
);
comment on table ingest_plan is 'What the job means to ask next, in order, as of planned_at. One row per task; rewritten whenever the plan is made.';

alter table ingest_run drop constraint ingest_run_kind_check;
alter table ingest_run add constraint ingest_run_kind_check
check (kind in ('sweep', 'changed', 'follow_up', 'backfill', 'import', 'replay'));
alter table ingest_run add column epoch bigint;
comment on column ingest_run.kind is 'sweep: the complete upcoming list; changed: what changed since the last look; follow_up: launches that left the list, by id; backfill: a page of past launches; import: archived responses landed as if fetched at observed_at; replay: the star schema rebuilt from landing.';
comment on column ingest_run.epoch is 'The lease it ran under.';

alter table ingest_request drop constraint ingest_request_purpose_check;
alter table ingest_request add constraint ingest_request_purpose_check
check (purpose in ('upcoming', 'changed', 'follow_up', 'history', 'throttle', 'import', 'resumed'));

-- A sweep that was cut short may be continued from the pages it landed; one that came to its end, well or badly, may not.
alter table ingest_run add column is_resumable boolean not null default true;
comment on column ingest_run.is_resumable is 'Whether the pages this sweep landed may start the next one. False once it has published without being cut short, or failed by what LL2 said.';
update ingest_run set is_resumable = false;
comment on column ingest_request.purpose is 'upcoming, changed, follow_up, history: counted against the budget; throttle: asked how much is left, free; import: an archived file; resumed: a page that an earlier sweep, cut short, had landed and this one used again: nothing was sent.';

alter table stg_ll2__launch drop constraint stg_ll2__launch_listing_check;
alter table stg_ll2__launch add constraint stg_ll2__launch_listing_check
check (listing in ('upcoming', 'previous', 'single', 'follow_up', 'feed'));
comment on column stg_ll2__launch.listing is 'What kind of answer named it: a list of upcoming or previous launches, a single launch, our own question after it left a list, or a feed of all launches, which may put one on the board and takes none off it.';
