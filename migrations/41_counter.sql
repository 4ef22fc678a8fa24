-- LL2's counters are no longer part of a launch's content hash: they change for many launches whenever any of them
-- flies, and each of these launches counted as changed (ADR 0044).
--
-- Stored hashes are not converted. The next record of a launch that would change no stored value replaces the hash and
-- does not count as a change (ingest/sql/transform/fact_launch_rehash.sql).

-- The one rule for late records. Before, three queries contained it.
create function heard_at(last_seen_at timestamptz, left_upcoming_at timestamptz, missed_at timestamptz, deleted_at timestamptz)
returns timestamptz
language sql immutable parallel safe
return greatest(last_seen_at, left_upcoming_at, missed_at, deleted_at);
comment on function heard_at is 'Time of the newest observation of a launch, from the columns of fact_launch. A record that is older is late and changes nothing.';

comment on column fact_launch.content_hash is 'Hash of every typed field of the launch and its children except the counters of LL2 (attempt counts and pad_turnaround). A record with the same hash changes nothing else.';
comment on column stg_ll2__launch.content_hash is 'SHA-256 of every typed field of the launch and its children in column order, except the counters of LL2.';
comment on column ingest_run.launch_changed_count is 'Launches of which the run changed a stored value other than the counters of LL2. Until release 36 counters counted, too.';

-- Without the content hash, which is derived from the rest: a replay of runs from before its rule changed has the same
-- content.
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
                select encode(sha256(convert_to((to_jsonb(content) - ''ingest_run_id'' - ''content_hash'')::text, ''UTF8'')), ''hex'') as line
                from %I.%I as content
            ) as content',
            table_name, current_schema(), table_name
        );
    end loop;
end
$$;
comment on function content_digest is 'A hash of each published table, independent of the order of its rows, of run ids and of the rule of content hashes. One row per table.';
