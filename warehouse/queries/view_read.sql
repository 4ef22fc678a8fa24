-- The relations that each view reads, as Postgres resolved them when the view was created.
select distinct view.relname::text as view, source.relname::text as source
from pg_rewrite
inner join pg_class as view on view.oid = pg_rewrite.ev_class
inner join pg_depend on pg_depend.objid = pg_rewrite.oid and pg_depend.classid = 'pg_rewrite'::regclass
inner join pg_class as source on source.oid = pg_depend.refobjid and pg_depend.refclassid = 'pg_class'::regclass
where view.relnamespace = 'public'::regnamespace
    and source.relnamespace = 'public'::regnamespace
    and source.relkind in ('r', 'v')
    and source.oid <> view.oid
order by view, source
