-- Inserts members and updates attributes. Attributes that the page does not contain keep their value, and so does a
-- missing name.
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
