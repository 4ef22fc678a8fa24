-- Adds members and brings attributes up to date. What the page did not mention stays as it was, and so does a name that is missing.
insert into {target} (
    {columns}
)
select
    {values}
from {staged}
cross join stg_run
left join {target} using ({key})
on conflict ({key}) do update set
    {updates}
where (select is_newest from stg_run)
    and (
        {held}
    ) is distinct from (
        {received}
    )
