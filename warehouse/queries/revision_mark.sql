-- $1: launches; $2: as of then, null for now.
select
    newest.launch_id,
    newest.valid_from as observed_at,
    (
        select count(*)
        from fact_launch_revision as closed
        where closed.launch_id = newest.launch_id and closed.valid_to <= coalesce($2, 'infinity')
    ) as closed_count,
    before.net_at as net_before_at,
    before.net_precision_id as precision_before_id,
    dim_net_precision.abbrev as precision_before_abbrev,
    dim_net_precision.name as precision_before_name,
    dim_status.name as status_before_name
from unnest($1::uuid[]) as asked (launch_id)
inner join lateral (
    select launch_id, valid_from
    from fact_launch_revision
    where fact_launch_revision.launch_id = asked.launch_id and valid_from <= coalesce($2, 'infinity')
    order by revision_number desc
    limit 1
) as newest on true
left join lateral (
    select net_at, net_precision_id, status_id
    from fact_launch_revision
    where fact_launch_revision.launch_id = asked.launch_id and valid_from < newest.valid_from
    order by revision_number desc
    limit 1
) as before on true
left join dim_net_precision on dim_net_precision.net_precision_id = before.net_precision_id
left join dim_status on dim_status.status_id = before.status_id
