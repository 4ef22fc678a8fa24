-- When LL2 says that it edited what a revision and a change of NET contain, besides when it was observed. Unknown for rows from before this
-- migration until a replay reads it from landing.
alter table fact_launch_revision add column last_updated_at timestamptz;
comment on column fact_launch_revision.last_updated_at is 'last_updated of the record that opened the revision: LL2''s own time of the edit. Null: no record opened it, or a release before the column did.';

alter table fact_net_change add column last_updated_at timestamptz;
comment on column fact_net_change.last_updated_at is 'last_updated of the record with the change: LL2''s own time of an edit, at or after the change itself. Null: stored by a release before the column.';

-- A replay fills both columns for rows from before this migration, and has the same content otherwise.
create or replace function content_digest() returns table (table_name text, row_count bigint, digest text)
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
                select encode(sha256(convert_to((to_jsonb(content) - %L::text[])::text, ''UTF8'')), ''hex'') as line
                from %I.%I as content
            ) as content',
            table_name,
            array['ingest_run_id', 'content_hash']
                || case when table_name in ('fact_launch_revision', 'fact_net_change') then array['last_updated_at'] end,
            current_schema(),
            table_name
        );
    end loop;
end
$$;
comment on function content_digest is 'A hash of each published table, independent of the order of its rows, of run ids, of the rule of content hashes, and of the time of LL2''s edits in revisions and ledger. One row per table.';
