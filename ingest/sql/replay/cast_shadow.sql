-- Temporary copies of every published and staging table, with keys and checks but without foreign keys. The commit of
-- each run empties staging: deleted rows would accumulate, because autovacuum does not process temporary tables.
do $$
declare
    real_table record;
begin
    for real_table in
        select pg_namespace.nspname, pg_class.relname
        from pg_class
        inner join pg_namespace on pg_namespace.oid = pg_class.relnamespace
        where pg_namespace.nspname = current_schema()
            and pg_class.relkind = 'r'
            and pg_class.relname ~ '^(dim|fact|launch|stg)_'
            and pg_class.relname not in ('dim_date', 'dim_country')
    loop
        execute format(
            'create temporary table %I (like %I.%I including all) %s',
            real_table.relname, real_table.nspname, real_table.relname,
            case when real_table.relname like 'stg%' then 'on commit delete rows' end
        );
    end loop;
end
$$;
