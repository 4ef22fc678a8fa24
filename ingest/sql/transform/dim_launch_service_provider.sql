-- Adds members and brings attributes up to date; what the page did not mention stays as it was, a name that is missing too.
insert into dim_launch_service_provider (
    provider_id,
    name,
    abbrev,
    type,
    country_code,
    description,
    administrator,
    founding_year,
    total_launch_count,
    successful_launch_count,
    failed_launch_count,
    pending_launch_count,
    consecutive_successful_launch_count,
    info_url,
    wiki_url,
    logo_url,
    image_url,
    first_seen_at,
    updated_at
)
select
    stg_ll2__provider.provider_id,
    coalesce(stg_ll2__provider.name, dim_launch_service_provider.name, 'Unnamed'),
    case when 'abbrev' = any (stg_ll2__provider.absent) then dim_launch_service_provider.abbrev else stg_ll2__provider.abbrev end,
    case when 'type' = any (stg_ll2__provider.absent) then dim_launch_service_provider.type else stg_ll2__provider.type end,
    case when 'country_code' = any (stg_ll2__provider.absent) then dim_launch_service_provider.country_code else stg_ll2__provider.country_code end,
    case when 'description' = any (stg_ll2__provider.absent) then dim_launch_service_provider.description else stg_ll2__provider.description end,
    case when 'administrator' = any (stg_ll2__provider.absent) then dim_launch_service_provider.administrator else stg_ll2__provider.administrator end,
    case when 'founding_year' = any (stg_ll2__provider.absent) then dim_launch_service_provider.founding_year else stg_ll2__provider.founding_year end,
    case when 'total_launch_count' = any (stg_ll2__provider.absent) then dim_launch_service_provider.total_launch_count else stg_ll2__provider.total_launch_count end,
    case when 'successful_launch_count' = any (stg_ll2__provider.absent) then dim_launch_service_provider.successful_launch_count else stg_ll2__provider.successful_launch_count end,
    case when 'failed_launch_count' = any (stg_ll2__provider.absent) then dim_launch_service_provider.failed_launch_count else stg_ll2__provider.failed_launch_count end,
    case when 'pending_launch_count' = any (stg_ll2__provider.absent) then dim_launch_service_provider.pending_launch_count else stg_ll2__provider.pending_launch_count end,
    case when 'consecutive_successful_launch_count' = any (stg_ll2__provider.absent) then dim_launch_service_provider.consecutive_successful_launch_count else stg_ll2__provider.consecutive_successful_launch_count end,
    case when 'info_url' = any (stg_ll2__provider.absent) then dim_launch_service_provider.info_url else stg_ll2__provider.info_url end,
    case when 'wiki_url' = any (stg_ll2__provider.absent) then dim_launch_service_provider.wiki_url else stg_ll2__provider.wiki_url end,
    case when 'logo_url' = any (stg_ll2__provider.absent) then dim_launch_service_provider.logo_url else stg_ll2__provider.logo_url end,
    case when 'image_url' = any (stg_ll2__provider.absent) then dim_launch_service_provider.image_url else stg_ll2__provider.image_url end,
    stg_run.observed_at,
    stg_run.observed_at
from stg_ll2__provider
cross join stg_run
left join dim_launch_service_provider using (provider_id)
on conflict (provider_id) do update set
    name = excluded.name,
    abbrev = excluded.abbrev,
    type = excluded.type,
    country_code = excluded.country_code,
    description = excluded.description,
    administrator = excluded.administrator,
    founding_year = excluded.founding_year,
    total_launch_count = excluded.total_launch_count,
    successful_launch_count = excluded.successful_launch_count,
    failed_launch_count = excluded.failed_launch_count,
    pending_launch_count = excluded.pending_launch_count,
    consecutive_successful_launch_count = excluded.consecutive_successful_launch_count,
    info_url = excluded.info_url,
    wiki_url = excluded.wiki_url,
    logo_url = excluded.logo_url,
    image_url = excluded.image_url,
    updated_at = excluded.updated_at
where (select is_newest from stg_run)
    and (
        dim_launch_service_provider.name, dim_launch_service_provider.abbrev,
        dim_launch_service_provider.type, dim_launch_service_provider.country_code,
        dim_launch_service_provider.description, dim_launch_service_provider.administrator,
        dim_launch_service_provider.founding_year,
        dim_launch_service_provider.total_launch_count,
        dim_launch_service_provider.successful_launch_count,
        dim_launch_service_provider.failed_launch_count,
        dim_launch_service_provider.pending_launch_count,
        dim_launch_service_provider.consecutive_successful_launch_count,
        dim_launch_service_provider.info_url, dim_launch_service_provider.wiki_url,
        dim_launch_service_provider.logo_url, dim_launch_service_provider.image_url
    ) is distinct from (
        excluded.name, excluded.abbrev, excluded.type, excluded.country_code,
        excluded.description, excluded.administrator, excluded.founding_year,
        excluded.total_launch_count, excluded.successful_launch_count,
        excluded.failed_launch_count, excluded.pending_launch_count,
        excluded.consecutive_successful_launch_count, excluded.info_url, excluded.wiki_url,
        excluded.logo_url, excluded.image_url
    )
