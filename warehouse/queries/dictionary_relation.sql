-- Every table and view of ours. The statistics know how many rows live now; the planner's figure is older.
select
    pg_class.relname::text as name,
    pg_class.relkind = 'v' as is_view,
    obj_description(pg_class.oid, 'pg_class') as comment,
    case when pg_class.relkind = 'r' then greatest(pg_stat_user_tables.n_live_tup, pg_class.reltuples::bigint, 0) end as row_count
from pg_class
left join pg_stat_user_tables on pg_stat_user_tables.relid = pg_class.oid
where pg_class.relnamespace = 'public'::regnamespace
    and pg_class.relkind in ('r', 'v')
    and pg_class.relname <> '_sqlx_migrations'
order by name
