
where launch.deleted_at is null
    and (not launch.is_upcoming or has_left_pad(launch.status_id))
    and ($2::integer is null or launch.provider_id = $2)
    and ($3::integer is null or launch.rocket_config_id = $3)
    and ($4::integer is null or launch.pad_id = $4)
order by launch.net_at desc, launch.launch_id
limit $5
offset $6
