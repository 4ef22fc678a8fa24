select url, title, publisher, type, language_code, start_at, is_live
from launch_video
where launch_id = $1
order by priority desc nulls last, url
