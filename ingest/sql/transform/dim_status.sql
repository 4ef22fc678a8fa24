-- Adds statuses as they turn up (9 was added in mid-life) and follows their wording.
insert into dim_status (
    status_id,
    name,
    abbrev,
    description
)
select
    stg_ll2__status.status_id,
    coalesce(stg_ll2__status.name, dim_status.name, 'Unnamed'),
    coalesce(stg_ll2__status.abbrev, dim_status.abbrev, 'Unnamed'),
    coalesce(stg_ll2__status.description, dim_status.description)
from stg_ll2__status
cross join stg_run
left join dim_status using (status_id)
on conflict (status_id) do update set
    name = excluded.name,
    abbrev = excluded.abbrev,
    description = excluded.description
where (select is_newest from stg_run)
    and (
        dim_status.name, dim_status.abbrev, dim_status.description
    ) is distinct from (
        excluded.name, excluded.abbrev, excluded.description
    )
