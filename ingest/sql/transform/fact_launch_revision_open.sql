-- Opens a revision for every changed launch without an open one: new launches, and those whose last revision was just
-- closed.
-- The names in braces stand for the columns of a revision and for their present values (ingest::merge).
insert into fact_launch_revision (
    launch_id,
    revision_number,
    valid_from,
    ingest_run_id,
    last_updated_at,
    {columns}
)
select
    fact_launch.launch_id,
    coalesce(last.revision_number, 0) + 1,
    stg_ll2__change.observed_at,
    stg_run.ingest_run_id,
    -- A revision that a missing or deleted launch opens is no edit.
    case when stg_ll2__change.has_record then fact_launch.last_updated_at end,
    {values}
from stg_ll2__change
cross join stg_run
inner join fact_launch using (launch_id)
left join dim_mission using (mission_id)
left join lateral (
    select revision_number, valid_to
    from fact_launch_revision
    where fact_launch_revision.launch_id = fact_launch.launch_id
    order by revision_number desc
    limit 1
) as last on true
where last.revision_number is null or last.valid_to is not null
