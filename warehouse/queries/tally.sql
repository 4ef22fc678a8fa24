-- Where $1, $2 and $3 are null they ask for nothing: one statement for providers, rockets and pads.
select
    count(*) filter (where status_id = 3) as succeeded,
    count(*) filter (where status_id = 7) as partly_failed,
    count(*) filter (where status_id = 4) as failed,
    count(*) filter (where status_id not in (3, 4, 7) and (not is_upcoming or status_id in (6, 9))) as unsettled,
    count(*) filter (where is_upcoming and status_id not in (3, 4, 6, 7, 9)) as ahead,
    min(net_at) filter (where status_id in (3, 4, 7)) as since
from fact_launch
where deleted_at is null
    and ($1::integer is null or provider_id = $1)
    and ($2::integer is null or rocket_config_id = $2)
    and ($3::integer is null or pad_id = $3)
