-- A change of a dimension member that the run logged is one, and begins with the value with which the change before ended.
-- covers: dim_change
-- error_if: > 0
select dim_change.dimension, dim_change.member_id, dim_change.attribute, dim_change.old_value, before.new_value as value_before
from stg_run
inner join dim_change on dim_change.ingest_run_id = stg_run.ingest_run_id
left join lateral (
    select earlier.new_value, true as is_known
    from dim_change as earlier
    where earlier.dimension = dim_change.dimension
        and earlier.member_id = dim_change.member_id
        and earlier.attribute = dim_change.attribute
        and earlier.observed_at < dim_change.observed_at
    order by earlier.observed_at desc
    limit 1
) as before on true
where dim_change.old_value is not distinct from dim_change.new_value
    or (before.is_known and before.new_value is distinct from dim_change.old_value)
