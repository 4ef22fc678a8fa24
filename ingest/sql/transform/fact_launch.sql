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
    left_upcoming_at,
    outcome_seen_at,
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
    case when not stg_ll2__change.is_upcoming then stg_ll2__change.observed_at end,
    case when is_final(stg_ll2__launch.status_id) then stg_ll2__change.observed_at end,
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
    outcome_seen_at = coalesce(fact_launch.outcome_seen_at, excluded.outcome_seen_at),
    has_detail = fact_launch.has_detail or excluded.has_detail
