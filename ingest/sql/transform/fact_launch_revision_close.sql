-- Closes the open revision of every launch of which a tracked column has changed.
-- The names in braces stand for the columns of a revision and for their present values (ingest::merge).
update fact_launch_revision
set valid_to = stg_ll2__change.observed_at
from stg_ll2__change
inner join fact_launch using (launch_id)
left join dim_mission using (mission_id)
where fact_launch_revision.launch_id = stg_ll2__change.launch_id
    and fact_launch_revision.valid_to is null
    and (
        {held}
    ) is distinct from (
        {present}
    )
