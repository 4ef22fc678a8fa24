-- What of LL2's answers is new, gone or of another type; how a run accounts for its records; what a rebuild from landing needs to know.

create table schema_drift (
    api_version text not null,
    json_path text not null,
    parent_path text,
    json_type text not null check (json_type in ('null', 'boolean', 'number', 'string', 'object', 'array')),
    entity text not null,
    state text not null check (state in ('known', 'new', 'retyped', 'vanished')),
    is_steady boolean not null,
    seen_count bigint not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    vanished_at timestamptz,
    first_run_id bigint not null references ingest_run,
    last_run_id bigint not null references ingest_run,
    primary key (api_version, json_path, json_type),
    check ((state = 'vanished') = (vanished_at is not null))
) with (fillfactor = 70);
comment on table schema_drift is 'A JSON path that LL2 sent, with a type it had. One row per API version, path and type.';
comment on column schema_drift.json_path is 'Below the launch record: `$` is the record, `[]` any element of an array.';
comment on column schema_drift.parent_path is 'The object the path is a key of; null for the record itself and for elements of arrays.';
comment on column schema_drift.json_type is 'null is a type of its own, and never drift by itself.';
comment on column schema_drift.entity is 'What the path tells of: launch, mission, pad and so on, by where it hangs.';
comment on column schema_drift.state is 'known: in the baseline, or below something that came for the first time; new: a key added to an object we knew; retyped: another type of a path we knew; vanished: absent from a complete run though every object of its kind had it before.';
comment on column schema_drift.is_steady is 'Every object that could have the key has had it, in every run; only such a path can vanish.';
comment on column schema_drift.seen_count is 'Values met, all runs together.';
create index schema_drift_by_state on schema_drift (state) where state <> 'known';

create table schema_version (
    api_version text not null,
    version_number integer not null,
    since_at timestamptz not null,
    ingest_run_id bigint not null references ingest_run,
    added_count integer not null,
    removed_count integer not null,
    primary key (api_version, version_number)
);
comment on table schema_version is 'A set of JSON paths and types as LL2 sent it from a moment on. One row per API version and version number.';
comment on column schema_version.added_count is 'Paths with a type that came or came back, null not counted; in version 1, the baseline, all of them.';
comment on column schema_version.removed_count is 'Paths with a type that vanished.';

alter table raw_quarantine add column api_version text;
alter table raw_quarantine add column listing text;
alter table raw_quarantine add column resolved_at timestamptz;
alter table raw_quarantine add column resolved_run_id bigint references ingest_run;
comment on column raw_quarantine.listing is 'What kind of answer the record came in; it decides what the record says of the upcoming list once it can be read.';
comment on column raw_quarantine.resolved_at is 'When a replay could read the record and loaded it; null while it cannot be used. The row stays.';
create index raw_quarantine_open on raw_quarantine (last_seen_at) where resolved_at is null;

alter table ingest_run add column poll_seconds integer;
alter table ingest_run add column record_count integer not null default 0;
alter table ingest_run add column launch_unchanged_count integer not null default 0;
alter table ingest_run add column duplicate_count integer not null default 0;
comment on column ingest_run.poll_seconds is 'The poll interval it ran under: what a replay needs to tell changes observed live from those caught up.';
comment on column ingest_run.record_count is 'Records in the pages of the run; equals changed, unchanged, late, quarantined and duplicate ones together.';
comment on column ingest_run.launch_unchanged_count is 'Launches that are as we knew them.';
comment on column ingest_run.duplicate_count is 'Records of a launch, or unusable records, that the run had met before: pages overlap when the list moves.';

create index ingest_request_by_run on ingest_request (ingest_run_id, ingest_request_id);

-- `dim_date` is no content: nobody told it to us. Run ids are left out, for two databases that were told the same number their runs
-- differently. Everything else counts, times of observation included.
create function content_digest() returns table (table_name text, row_count bigint, digest text)
language plpgsql stable
set timezone to 'UTC'
as $$
begin
    for table_name in
        select pg_class.relname
        from pg_class
        where pg_class.relnamespace = current_schema()::regnamespace
            and pg_class.relkind = 'r'
            and pg_class.relname ~ '^(dim|fact|launch)_'
            and pg_class.relname <> 'dim_date'
        order by pg_class.relname
    loop
        return query execute format(
            'select %L::text, count(*), coalesce(encode(sha256(convert_to(string_agg(line, '','' order by line), ''UTF8'')), ''hex''), '''')
            from (
                select encode(sha256(convert_to((to_jsonb(content) - ''ingest_run_id'')::text, ''UTF8'')), ''hex'') as line
                from %I.%I as content
            ) as content',
            table_name, current_schema(), table_name
        );
    end loop;
end
$$;
comment on function content_digest is 'A hash of each published table, independent of the order of its rows and of run ids. One row per table.';

create function content_hash() returns text
language sql stable
as $$
    select encode(sha256(convert_to(string_agg(table_name || ' ' || row_count || ' ' || digest, ',' order by table_name), 'UTF8')), 'hex')
    from content_digest()
$$;
comment on function content_hash is 'One hash of everything published: equal before and after a replay.';
