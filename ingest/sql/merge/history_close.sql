-- Ends the period of rows that have other values now, or are gone.
update {table}
set valid_to = stg_ll2__change.observed_at
from stg_ll2__change
where {table}.launch_id = stg_ll2__change.launch_id
    and {table}.valid_to is null
    and not exists (
        select
        from {of}
        where {same}
            and (
            {held}
        ) is not distinct from (
            {present}
        )
    )
