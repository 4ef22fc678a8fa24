-- Adds an entry for every change of NET or precision. What it means follows from these columns (net_move, ADR 0042).
insert into fact_net_change (
    launch_id,
    observed_at,
    ingest_run_id,
    net_before_at,
    net_precision_before_id,
    net_after_at,
    net_precision_after_id,
    status_before_id,
    status_after_id,
    provider_id,
    rocket_config_id,
    pad_id,
    last_updated_at,
    was_observed_live
)
select
    stg_ll2__change.launch_id,
    stg_ll2__change.observed_at,
    stg_run.ingest_run_id,
    before.net_at,
    before.net_precision_id,
    stg_ll2__launch.net_at,
    stg_ll2__launch.net_precision_id,
    before.status_id,
    stg_ll2__launch.status_id,
    stg_ll2__launch.provider_id,
    stg_ll2__launch.rocket_config_id,
    stg_ll2__launch.pad_id,
    stg_ll2__launch.last_updated_at,
    stg_ll2__change.observed_at - fact_launch.last_seen_at <= 2 * stg_run.poll_seconds * interval '1 second'
from stg_ll2__change
cross join stg_run
inner join stg_ll2__launch using (launch_id)
inner join fact_launch using (launch_id)
inner join fact_launch_revision as before
    on before.launch_id = stg_ll2__change.launch_id
    and before.valid_to is null
where stg_ll2__change.has_record
    and (before.net_at, before.net_precision_id)
        is distinct from (stg_ll2__launch.net_at, stg_ll2__launch.net_precision_id)
