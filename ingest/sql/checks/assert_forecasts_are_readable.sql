-- severity: warn
-- Every stored forecast can be read; one that could not when contents became JSON is kept as text in unreadable_content.
-- covers: forecast
select forecast.launch_id, forecast.made_at, left(forecast.unreadable_content, 100) as unreadable_content
from forecast
where forecast.unreadable_content is not null
