-- Providers, rockets and pads of the same launches. A null parameter is no restriction, as in `tally.sql`.
with launch as (
    select
        provider_id,
        rocket_config_id,
        pad_id,
        is_upcoming and not has_left_pad(status_id) as is_ahead
    from fact_launch
    where deleted_at is null
        and ($1::integer is null or provider_id = $1)
        and ($2::integer is null or rocket_config_id = $2)
        and ($3::integer is null or pad_id = $3)
)

select
    'providers' as subject,
    provider_id as companion_id,
    dim_launch_service_provider.name,
    count(*) filter (where not is_ahead) as past,
    count(*) filter (where is_ahead) as ahead
from launch
inner join dim_launch_service_provider using (provider_id)
group by provider_id, dim_launch_service_provider.name
union all
select
    'rockets',
    rocket_config_id,
    dim_rocket_config.full_name,
    count(*) filter (where not is_ahead),
    count(*) filter (where is_ahead)
from launch
inner join dim_rocket_config using (rocket_config_id)
group by rocket_config_id, dim_rocket_config.full_name
union all
select
    'pads',
    pad_id,
    -- Names of pads are not unique: "Unknown Pad" is sixteen.
    dim_pad.name || ', ' || dim_location.name,
    count(*) filter (where not is_ahead),
    count(*) filter (where is_ahead)
from launch
inner join dim_pad using (pad_id)
inner join dim_location using (location_id)
group by pad_id, dim_pad.name, dim_location.name
order by past desc, ahead desc, name, companion_id
