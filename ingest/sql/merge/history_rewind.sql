-- Deletes periods that began at exactly the time of this observation, and reopens those that ended then: of two observations with the same
-- time, the one that is loaded later is kept.
with taken_back as (
    delete from {table}
    using stg_ll2__change
    where {table}.launch_id = stg_ll2__change.launch_id
        and {table}.valid_from = stg_ll2__change.observed_at
)
update {table}
set valid_to = null
from stg_ll2__change
where {table}.launch_id = stg_ll2__change.launch_id
    and {table}.valid_to = stg_ll2__change.observed_at
