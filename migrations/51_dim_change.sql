-- Dimensions have the present values only (type 1). This log has what they were.
create table dim_change (
    dimension text not null,
    member_id bigint not null,
    attribute text not null,
    observed_at timestamptz not null,
    ingest_run_id bigint not null references ingest_run,
    old_value text,
    new_value text,
    primary key (dimension, member_id, attribute, observed_at)
);
comment on table dim_change is 'One row per attribute of a dimension member that a run changed, with the value before and after. LL2''s counters (columns named _count) are left out: they change with every flight.';
comment on column dim_change.dimension is 'Table of the dimension, such as dim_agency.';
comment on column dim_change.member_id is 'The member: the first column of the dimension.';
comment on column dim_change.attribute is 'Column of the dimension.';
comment on column dim_change.observed_at is 'When the run observed the new value.';
comment on column dim_change.ingest_run_id is 'The run that observed it.';
comment on column dim_change.old_value is 'Value before, as text. Null: none was known.';
comment on column dim_change.new_value is 'Value after, as text. Null: LL2 has removed it.';
create index dim_change_by_time on dim_change (observed_at);
create index dim_change_by_run on dim_change (ingest_run_id);

-- Countries are reference data, like the calendar: a replay does not rebuild them.
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
            and pg_class.relname not in ('dim_date', 'dim_country')
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
