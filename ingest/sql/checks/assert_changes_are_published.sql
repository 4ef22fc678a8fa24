-- Every change that the run determined is in the fact table.
-- covers: stg_ll2__change, stg_ll2__launch, fact_launch
-- error_if: > 0
select stg_ll2__change.launch_id, stg_ll2__change.is_upcoming, stg_ll2__change.is_deleted, stg_ll2__change.missed_at
from stg_ll2__change
left join stg_ll2__launch using (launch_id)
left join fact_launch using (launch_id)
where fact_launch.launch_id is null
    or fact_launch.is_upcoming <> stg_ll2__change.is_upcoming
    or (fact_launch.deleted_at is not null) <> stg_ll2__change.is_deleted
    or fact_launch.missed_at is distinct from stg_ll2__change.missed_at
    or (stg_ll2__change.has_record and fact_launch.content_hash is distinct from stg_ll2__launch.content_hash)
