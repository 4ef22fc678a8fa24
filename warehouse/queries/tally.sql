-- Where $1, $2 and $3 are null they ask for nothing: one statement for providers, rockets and pads.
select
    count(*) filter (where status_id = 3) as succeeded,
    count(*) filter (where status_id = 7) as partly_failed,
    count(*) filter (where status_id = 4) as failed,
    count(*) filter (where not is_final(status_id) and (not is_upcoming or has_left_pad(status_id))) as unsettled,
    count(*) filter (where is_upcoming and not has_left_pad(status_id)) as ahead,
    min(net_at) filter (where is_final(status_id)) as since
from fact_launch
where deleted_at is null
    and ($1::integer is null or provider_id = $1)
    and ($2::integer is null or rocket_config_id = $2)
    and ($3::integer is null or pad_id = $3)
