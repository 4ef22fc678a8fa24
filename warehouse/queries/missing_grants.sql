-- The grants that role $1 lacks, of the rights $2 on tables: as statements, for the owner of the tables to execute.
with asked as (
    select
        $1::name as role,
        $2::text[] as rights,
        quote_ident($1::name)::regrole as role_id,
        quote_ident(current_user)::regrole as owner_id,
        quote_ident(current_schema())::regnamespace as schema_id
),

relation as (
    select
        asked.role,
        pg_class.oid,
        case
            when pg_class.relkind in ('r', 'p') and pg_class.relname <> '_sqlx_migrations' then asked.rights
            -- Views are read; and which migrations were applied is for the owner to write.
            else array['select']
        end as wanted
    from asked
    inner join pg_class on pg_class.relnamespace = asked.schema_id and pg_class.relowner = asked.owner_id
    where pg_class.relkind in ('r', 'p', 'v', 'm')
),

-- For objects of later migrations: stored per owner and schema in pg_default_acl, where the role appears once it was granted.
later as (
    select
        'r' as object_kind,
        format(
            'alter default privileges in schema %I grant %s on tables to %I', current_schema(), array_to_string(asked.rights, ', '), asked.role
        ) as statement
    from asked
    union all
    select
        'S',
        format('alter default privileges in schema %I grant usage, select, update on sequences to %I', current_schema(), asked.role)
    from asked
    where 'insert' = any(asked.rights)
)

select format('grant usage on schema %I to %I', current_schema(), asked.role) as statement
from asked
where not has_schema_privilege(asked.role, asked.schema_id::oid, 'usage')
union all
select format('grant %s on table %s to %I', string_agg(privilege, ', '), relation.oid::regclass, relation.role)
from relation
cross join unnest(relation.wanted) as privilege
where not has_table_privilege(relation.role, relation.oid, privilege)
group by relation.oid, relation.role
union all
select format('grant usage, select, update on sequence %s to %I', pg_class.oid::regclass, asked.role)
from asked
inner join pg_class on pg_class.relnamespace = asked.schema_id and pg_class.relowner = asked.owner_id
where 'insert' = any(asked.rights)
    and pg_class.relkind = 'S'
    and not (
        has_sequence_privilege(asked.role, pg_class.oid, 'usage') and has_sequence_privilege(asked.role, pg_class.oid, 'update')
    )
union all
-- Views call functions with the rights of the reading role. Every role may execute a function unless the owner of the database has revoked
-- that, as in hardened clusters. Functions with the rights of their owner (security definer) are for the job only.
select format('grant execute on function %s to %I', pg_proc.oid::regprocedure, asked.role)
from asked
inner join pg_proc on pg_proc.pronamespace = asked.schema_id and pg_proc.proowner = asked.owner_id
where pg_proc.prokind = 'f'
    and ('insert' = any(asked.rights) or not pg_proc.prosecdef)
    and not has_function_privilege(asked.role, pg_proc.oid, 'execute')
union all
select later.statement
from later
cross join asked
where not exists (
    select
    from pg_default_acl
    cross join aclexplode(pg_default_acl.defaclacl) as granted
    where pg_default_acl.defaclrole = asked.owner_id
        and pg_default_acl.defaclnamespace = asked.schema_id
        and pg_default_acl.defaclobjtype::text = later.object_kind
        and granted.grantee = asked.role_id
)
