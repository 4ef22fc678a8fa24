select
    provider_id,
    name as provider_name,
    abbrev as provider_abbrev,
    type as provider_type,
    country_code as provider_country_code,
    description as provider_description,
    administrator,
    founding_year,
    total_launch_count as provider_total_launch_count,
    successful_launch_count as provider_successful_launch_count,
    failed_launch_count as provider_failed_launch_count,
    pending_launch_count as provider_pending_launch_count,
    consecutive_successful_launch_count as provider_consecutive_successful_launch_count,
    info_url as provider_info_url,
    wiki_url as provider_wiki_url,
    coalesce(logo_url, image_url) as image_url
from dim_launch_service_provider
