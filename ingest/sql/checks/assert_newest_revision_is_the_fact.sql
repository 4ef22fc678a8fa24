-- Every tracked column of the open revision of a changed launch equals its row in the fact table, or in that of its mission.
-- covers: fact_launch, fact_launch_revision, dim_mission
-- error_if: > 0
-- The names in braces stand for the columns of a revision and for their present values (ingest::merge). The mission's
-- are compared only after a record: a mission may change with another launch.
select fact_launch.launch_id
from stg_ll2__change
inner join fact_launch using (launch_id)
left join dim_mission using (mission_id)
left join fact_launch_revision
    on fact_launch_revision.launch_id = fact_launch.launch_id
    and fact_launch_revision.valid_to is null
where (
        {held_of_launch}
    ) is distinct from (
        {present_of_launch}
    )
    or (
        stg_ll2__change.has_record
        and (
            {held_of_mission}
        ) is distinct from (
            {present_of_mission}
        )
    )
