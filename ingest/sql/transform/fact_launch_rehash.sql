-- Gives launches the hash of a record that would change no stored value except LL2's counters. So a launch counts as
-- changed only if a value differs, also after the rule of the hash has changed, and if the record is of another API
-- version or mode. The names in braces stand for columns, stored and as the record would set them (ingest::merge).
with candidate as materialized (
    select stg_ll2__launch.launch_id, stg_ll2__launch.content_hash, stg_ll2__launch.is_detailed
    from stg_ll2__launch
    inner join fact_launch using (launch_id)
    inner join fact_launch_revision
        on fact_launch_revision.launch_id = fact_launch.launch_id
        and fact_launch_revision.valid_to is null
    left join dim_mission on dim_mission.mission_id = fact_launch.mission_id
    where fact_launch.content_hash <> stg_ll2__launch.content_hash
        and heard_at(
            fact_launch.last_seen_at, fact_launch.left_upcoming_at, fact_launch.missed_at, fact_launch.deleted_at
        ) <= stg_ll2__launch.observed_at
        -- `case`, so that the planner does not expect a single row: it would then scan the staged children once for
        -- each launch.
        and case
            when stg_ll2__launch.is_detailed and not fact_launch.has_detail then false
            when (
                {held}
            ) is distinct from (
                {received}
            ) then false
            else (
                {held_of_mission}
            ) is not distinct from (
                {received_of_mission}
            )
        end
),
differing as (
    {children}
)
update fact_launch
set content_hash = candidate.content_hash
from candidate
where candidate.launch_id = fact_launch.launch_id
    and not exists (select from differing where differing.launch_id = candidate.launch_id)
