-- What the ingest job needs of its owner's rights when it runs as a role of its own: only a table's owner may measure it for the planner
-- (before Postgres 17), and a run that stages thousands of rows is planned badly without.

create function ingest_analyze(target regclass, column_name name) returns void
language plpgsql
security definer
-- Nothing in a schema that the caller may write to is found by name here.
set search_path = pg_catalog, pg_temp
as $$
begin
    if not exists (select from pg_class where oid = target and relname like 'stg\_%' and relowner = quote_ident(current_user)::regrole) then
        raise exception 'ingest_analyze: % is not a staging table of %', target, current_user;
    end if;
    execute format('analyze %s (%I)', target, column_name);
end
$$;
comment on function ingest_analyze is 'Measures one column of a staging table, as the owner of the table. Costs and tells nothing else, so everybody may call it.';
