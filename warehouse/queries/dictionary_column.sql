-- Every column of every table and view of ours, in order, with its keys.
select
    pg_class.relname::text as relation,
    pg_attribute.attname::text as name,
    format_type(pg_attribute.atttypid, pg_attribute.atttypmod) as type,
    not pg_attribute.attnotnull as is_nullable,
    coalesce(pg_attribute.attnum = any (primary_key.conkey), false) as is_key,
    target.relname::text as target_relation,
    target_column.attname::text as target_column,
    col_description(pg_class.oid, pg_attribute.attnum) as comment
from pg_class
inner join pg_attribute on pg_attribute.attrelid = pg_class.oid
left join pg_constraint as primary_key on primary_key.conrelid = pg_class.oid and primary_key.contype = 'p'
left join lateral (
    select pg_constraint.confrelid, pg_constraint.confkey[array_position(pg_constraint.conkey, pg_attribute.attnum)] as confcolumn
    from pg_constraint
    where pg_constraint.conrelid = pg_class.oid
        and pg_constraint.contype = 'f'
        and pg_attribute.attnum = any (pg_constraint.conkey)
    order by pg_constraint.oid
    limit 1
) as foreign_key on true
left join pg_class as target on target.oid = foreign_key.confrelid
left join pg_attribute as target_column
    on target_column.attrelid = foreign_key.confrelid
    and target_column.attnum = foreign_key.confcolumn
where pg_class.relnamespace = 'public'::regnamespace
    and pg_class.relkind in ('r', 'v')
    and pg_class.relname <> '_sqlx_migrations'
    and pg_attribute.attnum > 0
    and not pg_attribute.attisdropped
order by relation, pg_attribute.attnum
