-- Writes the records with new content. The next statement sets whether a known launch is in the upcoming list. The
-- names in braces stand for the columns that are stored as staged, or kept if a record does not contain them
-- (ingest::merge).
insert into fact_launch (
    launch_id,
    {columns},
    image_credit,
    is_upcoming,
    first_seen_at,
    last_seen_at,
    content_hash,
    has_detail
)
select
    stg_ll2__launch.launch_id,
    {values},
    {image_credit},
    stg_ll2__change.is_upcoming,
    stg_ll2__change.observed_at,
    stg_ll2__change.observed_at,
    stg_ll2__launch.content_hash,
    stg_ll2__launch.is_detailed
from stg_ll2__change
inner join stg_ll2__launch using (launch_id)
left join fact_launch using (launch_id)
where stg_ll2__change.has_record
on conflict (launch_id) do update set
    {updates},
    image_credit = excluded.image_credit,
    last_seen_at = excluded.last_seen_at,
    content_hash = excluded.content_hash,
    -- Null if the launch had its outcome when it was first seen: nobody observed when it got it.
    outcome_seen_at = coalesce(
        fact_launch.outcome_seen_at,
        case
            when is_final(excluded.status_id)
                and not is_final(fact_launch.status_id)
                and excluded.first_seen_at > fact_launch.first_seen_at
                then excluded.last_seen_at
        end
    ),
    has_detail = fact_launch.has_detail or excluded.has_detail
