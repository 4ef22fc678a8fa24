select
    dim_pad.pad_id,
    dim_pad.name,
    dim_pad.latitude,
    dim_pad.longitude,
    dim_location.location_id,
    dim_location.name as location_name,
    dim_location.country_code,
    dim_location.timezone_name,
    dim_pad.description as pad_description,
    dim_pad.total_launch_count as pad_total_launch_count,
    dim_pad.map_url,
    dim_pad.wiki_url as pad_wiki_url
from dim_pad
inner join dim_location using (location_id)
