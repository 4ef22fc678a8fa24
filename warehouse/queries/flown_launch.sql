-- $1: as it stood then; null for now. The launches that have flown, as far as we knew.
with launch as (
    select launch_id, rocket_config_id, pad_id, status_id, net_at, net_precision_id
    from fact_launch
    where $1::timestamptz is null and deleted_at is null
    union all
    select launch_id, rocket_config_id, pad_id, status_id, net_at, net_precision_id
    from fact_launch_revision
    where valid_from <= $1 and (valid_to is null or valid_to > $1) and not is_deleted
)
