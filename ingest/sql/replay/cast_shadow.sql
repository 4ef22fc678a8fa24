-- Temporary twins of every published and every staging table, with their keys and checks; references go without.
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
            and pg_class.relname <> 'dim_date'
    loop
        execute format(
            'create temporary table %I (like %I.%I including all)', real_table.relname, real_table.nspname, real_table.relname
        );
    end loop;
end
$$;
