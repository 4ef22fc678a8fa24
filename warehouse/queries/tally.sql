-- Behind the columns of tally_count.sql. A null among $1, $2 and $3 is no restriction: one statement for providers, rockets and pads.
from fact_launch
where deleted_at is null
    and ($1::integer is null or provider_id = $1)
    and ($2::integer is null or rocket_config_id = $2)
    and ($3::integer is null or pad_id = $3)
