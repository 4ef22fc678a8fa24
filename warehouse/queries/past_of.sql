
where deleted_at is null
    and (not is_upcoming or has_left_pad(status_id))
    and ($1::integer is null or provider_id = $1)
    and ($2::integer is null or rocket_config_id = $2)
    and ($3::integer is null or pad_id = $3)
order by net_at desc, launch_id
limit $4
offset $5
