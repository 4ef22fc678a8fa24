-- Begins a period for every row without an open one: new rows, and those whose period was just ended.
insert into {table} (
    {columns},
    valid_from
)
select
    {values},
    stg_ll2__change.observed_at
from stg_ll2__change
inner join {of} using (launch_id)
where not exists (
        select
        from {table}
        where {same}
            and {table}.valid_to is null
    )
