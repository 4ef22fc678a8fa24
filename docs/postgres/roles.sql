-- Three roles for Mooncoon in a Postgres of your own. Run as a superuser (or as a role that may create roles and owns the database), connected to
-- the database that Mooncoon shall use; as often as you like. With psql:
--
--     createdb mooncoon
--     psql --dbname=mooncoon --file=docs/postgres/roles.sql
--     psql --dbname=mooncoon --command='\password mooncoon_owner' --command='\password mooncoon_ingest' --command='\password mooncoon_web'
--
-- Then:
--
--     DATABASE_URL=postgres://mooncoon_owner:...@localhost:5432/mooncoon          migrates; owns the tables
--     DATABASE_INGEST_URL=postgres://mooncoon_ingest:...@localhost:5432/mooncoon  the ingest job: reads and writes rows
--     DATABASE_WEB_URL=postgres://mooncoon_web:...@localhost:5432/mooncoon        the pages and the API: read
--
-- What each may do with the tables is granted by the program at every start, as mooncoon_owner, also for tables that a new version adds. If the
-- names of the roles do not suit you, change them here; the program takes them from the URLs.

begin;

do $$
declare
    role_name text;
begin
    foreach role_name in array array['mooncoon_owner', 'mooncoon_ingest', 'mooncoon_web'] loop
        if not exists (select from pg_roles where rolname = role_name) then
            execute format('create role %I', role_name);
        end if;
        execute format('alter role %I with login nosuperuser nocreaterole nocreatedb noreplication nobypassrls', role_name);
        -- The program says so itself for each session. Here for poolers and for people with psql, whatever the database's own default is.
        execute format('alter role %I in database %I set default_transaction_isolation = %L', role_name, current_database(), 'read committed');
        execute format('grant connect on database %I to %I', current_database(), role_name);
    end loop;
    execute format('alter database %I owner to mooncoon_owner', current_database());
    -- Temporary tables: the job makes some to replay what it once received; the pages make none.
    execute format('revoke temporary on database %I from public', current_database());
    execute format('grant temporary on database %I to mooncoon_owner, mooncoon_ingest', current_database());
end
$$;

-- Postgres 15 and newer do not let everybody make tables here; a database from an older server still may.
revoke create on schema public from public;
grant usage, create on schema public to mooncoon_owner;
grant usage on schema public to mooncoon_ingest, mooncoon_web;

-- Trusted: the owner of the database could make it, too.
create extension if not exists btree_gist schema public;

-- Tables of a Mooncoon that has run with one role so far: they change hands, and keep every row. What belongs to extensions stays.
do $$
declare
    change record;
begin
    for change in
        select
            format(
                'alter %s %s owner to mooncoon_owner',
                case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
                oid::regclass
            ) as statement
        from pg_class
        where relnamespace = 'public'::regnamespace
            and relkind in ('r', 'p', 'v', 'm', 'S')
            and relowner <> 'mooncoon_owner'::regrole
            and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')
            -- The sequence of a column follows its table.
            and not (
                relkind = 'S'
                and exists (
                    select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype in ('a', 'i')
                )
            )
        union all
        select format('alter routine %s owner to mooncoon_owner', oid::regprocedure)
        from pg_proc
        where pronamespace = 'public'::regnamespace
            and proowner <> 'mooncoon_owner'::regrole
            and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e')
    loop
        execute change.statement;
    end loop;
end
$$;

commit;
