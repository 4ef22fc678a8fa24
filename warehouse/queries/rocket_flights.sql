-- Statuses 3, 7 and 4: success, partial failure, failure. A launch that has left the pad without a known outcome is not counted.
select
    rocket_config_id,
    count(*) filter (where status_id = 3) as succeeded,
    count(*) filter (where status_id = 7) as partly,
    count(*) filter (where status_id = 4) as failed
from launch
where is_final(status_id)
group by rocket_config_id
order by rocket_config_id
