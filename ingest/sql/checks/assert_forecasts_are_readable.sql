-- No stored forecast is kept as text in unreadable_content because it could not be parsed when contents became JSON.
-- covers: model_forecast
-- warn_if: > 0
select model_forecast.launch_id, model_forecast.made_at, left(model_forecast.unreadable_content, 100) as unreadable_content
from model_forecast
where model_forecast.unreadable_content is not null
