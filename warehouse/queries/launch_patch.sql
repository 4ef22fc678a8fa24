select name, image_url, agency_name
from launch_patch
where launch_id = $1
order by priority desc nulls last, patch_id
