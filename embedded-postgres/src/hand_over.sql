-- Gives the database, and whatever in it the superuser owns, to mooncoon_owner. One statement, so one transaction; does nothing where
-- nothing is left to do, for a change of owner locks the table.
--
-- `reassign owned` will not do: it refuses for the superuser that initdb made, who owns the system catalogs too. Extensions and what
-- belongs to them stay his.
do $$
declare
    owner_id constant oid := 'mooncoon_owner'::regrole;
    change record;
begin
    if (select datdba from pg_database where datname = current_database()) <> owner_id then
        execute format('alter database %I owner to mooncoon_owner', current_database());
    end if;
    -- Everybody may make temporary tables by default. The job needs them to replay; the pages need none.
    if has_database_privilege('mooncoon_web', current_database(), 'temporary') then
        execute format('revoke temporary on database %I from public', current_database());
        execute format('grant temporary on database %I to mooncoon_ingest', current_database());
    end if;
    -- A cluster made by Postgres 14 and upgraded keeps its old right of everybody to make tables.
    if has_schema_privilege('mooncoon_web', 'public', 'create') then
        revoke create on schema public from public;
    end if;
    if not has_schema_privilege('mooncoon_owner', 'public', 'create') then
        grant create on schema public to mooncoon_owner;
    end if;
    -- Needed by the migrations, which may make it themselves; made here it is the superuser's in new and in old clusters alike.
    if not exists (select from pg_extension where extname = 'btree_gist') then
        create extension btree_gist schema public;
    end if;
    for change in
        with schema_of_ours as (
            select oid
            from pg_namespace
            where nspname !~ '^pg_' and nspname <> 'information_schema'
        ),

        of_an_extension as (
            select classid, objid
            from pg_depend
            where deptype = 'e'
        )

        select
            format(
                'alter %s %s owner to mooncoon_owner',
                case relkind
                    when 'v' then 'view'
                    when 'm' then 'materialized view'
                    when 'S' then 'sequence'
                    when 'f' then 'foreign table'
                    else 'table'
                end,
                oid::regclass
            ) as statement
        from pg_class
        where relnamespace in (select oid from schema_of_ours)
            and relkind in ('r', 'p', 'v', 'm', 'S', 'f')
            and relowner <> owner_id
            and ('pg_class'::regclass, oid) not in (select classid, objid from of_an_extension)
            -- The sequence of a column follows its table.
            and not (
                relkind = 'S'
                and exists (
                    select
                    from pg_depend
                    where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype in ('a', 'i')
                )
            )
        union all
        select format('alter routine %s owner to mooncoon_owner', oid::regprocedure)
        from pg_proc
        where pronamespace in (select oid from schema_of_ours)
            and proowner <> owner_id
            and ('pg_proc'::regclass, oid) not in (select classid, objid from of_an_extension)
        union all
        select format('alter type %s owner to mooncoon_owner', oid::regtype)
        from pg_type
        where typnamespace in (select oid from schema_of_ours)
            and typowner <> owner_id
            and ('pg_type'::regclass, oid) not in (select classid, objid from of_an_extension)
            -- Row types follow their table, arrays their element.
            and (
                typtype in ('d', 'e', 'r')
                or typtype = 'c' and exists (select from pg_class where pg_class.oid = typrelid and relkind = 'c')
            )
    loop
        execute change.statement;
    end loop;
end
$$
