select image_url
from fact_launch
where image_url is not null
union
select coalesce(logo_url, image_url)
from dim_launch_service_provider
where coalesce(logo_url, image_url) is not null
union
select image_url
from launch_patch
where image_url is not null
union
select image_url
from dim_rocket_config
where image_url is not null
