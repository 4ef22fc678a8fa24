-- The open periods of the boosters of a changed launch are its boosters, and no period of a stage begins before the one before has ended.
-- covers: launch_booster, launch_booster_revision
-- error_if: > 0
select coalesce(held.launch_id, present.launch_id) as launch_id, coalesce(held.stage_id, present.stage_id) as stage_id, 'is not current' as reason
from (
    select launch_id, stage_id, to_jsonb(launch_booster_revision) - array['valid_from', 'valid_to'] as content
    from stg_ll2__change
    inner join launch_booster_revision using (launch_id)
    where launch_booster_revision.valid_to is null
) as held
full join (
    select launch_id, stage_id, to_jsonb(launch_booster) - 'booster_number' as content
    from stg_ll2__change
    inner join launch_booster using (launch_id)
) as present
    on present.launch_id = held.launch_id
    and present.stage_id = held.stage_id
where present.content is distinct from held.content
union all
select launch_id, stage_id, 'overlaps'
from (
    select
        launch_id,
        stage_id,
        valid_from,
        lag(coalesce(valid_to, 'infinity')) over (partition by launch_id, stage_id order by valid_from) as before_to
    from stg_ll2__change
    inner join launch_booster_revision using (launch_id)
) as period
where before_to > valid_from
