-- Takes back a revision opened at the very instant of this observation and opens its predecessor again: a revision must not
-- be empty, and the ordinary steps below then need no case for it.
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
