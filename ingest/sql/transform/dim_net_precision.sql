-- Adds precisions as they turn up and follows their wording.
insert into dim_net_precision (
    net_precision_id,
    name,
    abbrev,
    description
)
select
    stg_ll2__net_precision.net_precision_id,
    coalesce(stg_ll2__net_precision.name, dim_net_precision.name, 'Unnamed'),
    coalesce(stg_ll2__net_precision.abbrev, dim_net_precision.abbrev, 'Unnamed'),
    coalesce(stg_ll2__net_precision.description, dim_net_precision.description)
from stg_ll2__net_precision
cross join stg_run
left join dim_net_precision using (net_precision_id)
on conflict (net_precision_id) do update set
    name = excluded.name,
    abbrev = excluded.abbrev,
    description = excluded.description
where (select is_newest from stg_run)
    and (
        dim_net_precision.name, dim_net_precision.abbrev, dim_net_precision.description
    ) is distinct from (
        excluded.name, excluded.abbrev, excluded.description
    )
