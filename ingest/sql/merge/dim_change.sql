-- Logs the attributes of dimension members that the following statements change.
insert into dim_change (dimension, member_id, attribute, observed_at, ingest_run_id, old_value, new_value)
select change.dimension, change.member_id, change.attribute, stg_run.observed_at, stg_run.ingest_run_id, change.old_value, change.new_value
from (
{changes}
) as change (dimension, member_id, attribute, old_value, new_value)
cross join stg_run
where stg_run.is_newest
on conflict (dimension, member_id, attribute, observed_at) do update set
    ingest_run_id = excluded.ingest_run_id,
    new_value = excluded.new_value
