-- When rockets and providers have flown since a time. $1: the time.
select rocket_config_id, provider_id, flown_at
from mart_flight
where flown_at > $1
order by flown_at
