select update_id, comment, info_url, created_by, created_at
from launch_update
where launch_id = $1
order by created_at desc nulls last, update_id desc
