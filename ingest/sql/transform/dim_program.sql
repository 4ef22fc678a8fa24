-- Adds members and brings attributes up to date; what the page did not mention stays as it was, a name that is missing too.
insert into dim_program (
    program_id,
    name,
    description,
    type,
    start_date,
    end_date,
    info_url,
    wiki_url,
    image_url,
    first_seen_at,
    updated_at
)
select
    stg_ll2__program.program_id,
    coalesce(stg_ll2__program.name, dim_program.name, 'Unnamed'),
    case when 'description' = any (stg_ll2__program.absent) then dim_program.description else stg_ll2__program.description end,
    case when 'type' = any (stg_ll2__program.absent) then dim_program.type else stg_ll2__program.type end,
    case when 'start_date' = any (stg_ll2__program.absent) then dim_program.start_date else stg_ll2__program.start_date end,
    case when 'end_date' = any (stg_ll2__program.absent) then dim_program.end_date else stg_ll2__program.end_date end,
    case when 'info_url' = any (stg_ll2__program.absent) then dim_program.info_url else stg_ll2__program.info_url end,
    case when 'wiki_url' = any (stg_ll2__program.absent) then dim_program.wiki_url else stg_ll2__program.wiki_url end,
    case when 'image_url' = any (stg_ll2__program.absent) then dim_program.image_url else stg_ll2__program.image_url end,
    stg_run.observed_at,
    stg_run.observed_at
from stg_ll2__program
cross join stg_run
left join dim_program using (program_id)
on conflict (program_id) do update set
    name = excluded.name,
    description = excluded.description,
    type = excluded.type,
    start_date = excluded.start_date,
    end_date = excluded.end_date,
    info_url = excluded.info_url,
    wiki_url = excluded.wiki_url,
    image_url = excluded.image_url,
    updated_at = excluded.updated_at
where (select is_newest from stg_run)
    and (
        dim_program.name, dim_program.description, dim_program.type, dim_program.start_date,
        dim_program.end_date, dim_program.info_url, dim_program.wiki_url,
        dim_program.image_url
    ) is distinct from (
        excluded.name, excluded.description, excluded.type, excluded.start_date,
        excluded.end_date, excluded.info_url, excluded.wiki_url, excluded.image_url
    )
