-- Makes the set equal to that of the record: deletes, inserts and updates rows.
with changed as (
    select stg_ll2__launch.launch_id
    from stg_ll2__change
    inner join stg_ll2__launch using (launch_id)
    where {carried}
),
removed as (
    delete from {target}
    using changed
    where {target}.launch_id = changed.launch_id
        and not exists (
            select
            from {staged}
            where {same}
        )
)
insert into {target} (
    {columns}
)
select
    {values}
from {staged}
inner join changed using (launch_id)
on conflict ({key}) do {action}
