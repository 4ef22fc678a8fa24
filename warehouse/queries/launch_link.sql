select url, title, source, type
from launch_link
where launch_id = $1
order by priority desc nulls last, url
