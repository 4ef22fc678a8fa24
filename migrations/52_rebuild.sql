-- Migrations cannot read landed pages. One that adds what only these contain asks the job for a replay, which fills the new columns and the
-- history, so that the next poll finds nothing changed.
create table ingest_rebuild (
    ingest_rebuild_id bigint generated always as identity primary key,
    reason text not null,
    requested_at timestamptz not null default clock_timestamp(),
    attempt_count smallint not null default 0,
    error text,
    finished_at timestamptz,
    ingest_run_id bigint references ingest_run on delete set null
);
comment on table ingest_rebuild is 'One row per request to rebuild the published tables from landing. The next run fulfils all open ones by one replay before its own work.';
comment on column ingest_rebuild.ingest_rebuild_id is 'The request, in their order.';
comment on column ingest_rebuild.reason is 'Why landing has to be read again.';
comment on column ingest_rebuild.requested_at is 'When the request was made.';
comment on column ingest_rebuild.attempt_count is 'Replays that were started for it. After three that failed the job goes on without: see error, and run mooncoon replay.';
comment on column ingest_rebuild.error is 'Why the last replay failed. Null: none has failed.';
comment on column ingest_rebuild.finished_at is 'When a replay fulfilled it. Null: open.';
comment on column ingest_rebuild.ingest_run_id is 'The replay that fulfilled it. Null: open.';

insert into ingest_rebuild (reason)
select 'Migrations 49 to 51: agencies, people, boosters, spacecraft and landings are read from landed pages.'
where exists (select from ingest_run where state = 'succeeded');
