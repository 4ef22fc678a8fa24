-- Deletes a revision that was opened at exactly the time of this observation, and reopens its predecessor: a revision
-- must not be empty, and the following statements need no special case.
with taken_back as (
    delete from fact_launch_revision
    using stg_ll2__change
    where fact_launch_revision.launch_id = stg_ll2__change.launch_id
        and fact_launch_revision.valid_from = stg_ll2__change.observed_at
    returning fact_launch_revision.launch_id, fact_launch_revision.valid_from
)
update fact_launch_revision
set valid_to = null
from taken_back
where fact_launch_revision.launch_id = taken_back.launch_id
    and fact_launch_revision.valid_to = taken_back.valid_from
