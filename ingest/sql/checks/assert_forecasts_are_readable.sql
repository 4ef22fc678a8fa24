-- No stored forecast is kept as text in unreadable_content because it could not be parsed when contents became JSON.
-- covers: forecast
-- warn_if: > 0
select forecast.launch_id, forecast.made_at, left(forecast.unreadable_content, 100) as unreadable_content
from forecast
where forecast.unreadable_content is not null
