-- The ledger of a changed launch has one entry for each two consecutive revisions that differ in NET or precision, with their values, and no other.
-- covers: fact_net_change, fact_launch_revision
-- error_if: > 0
with revision as (
    select
        fact_launch_revision.launch_id,
        fact_launch_revision.valid_from as observed_at,
        fact_launch_revision.revision_number,
        lag(fact_launch_revision.net_at) over history as net_before_at,
        lag(fact_launch_revision.net_precision_id) over history as net_precision_before_id,
        fact_launch_revision.net_at as net_after_at,
        fact_launch_revision.net_precision_id as net_precision_after_id,
        lag(fact_launch_revision.status_id) over history as status_before_id,
        fact_launch_revision.status_id as status_after_id,
        fact_launch_revision.provider_id,
        fact_launch_revision.rocket_config_id,
        fact_launch_revision.pad_id
    from fact_launch_revision
    inner join stg_ll2__change using (launch_id)
    window history as (partition by fact_launch_revision.launch_id order by fact_launch_revision.revision_number)
),
moved as (
    select
        launch_id,
        observed_at,
        net_before_at,
        net_precision_before_id,
        net_after_at,
        net_precision_after_id,
        status_before_id,
        status_after_id,
        provider_id,
        rocket_config_id,
        pad_id
    from revision
    where net_before_at is not null
        and (net_before_at, net_precision_before_id) is distinct from (net_after_at, net_precision_after_id)
),
ledger as (
    select
        fact_net_change.launch_id,
        fact_net_change.observed_at,
        fact_net_change.net_before_at,
        fact_net_change.net_precision_before_id,
        fact_net_change.net_after_at,
        fact_net_change.net_precision_after_id,
        fact_net_change.status_before_id,
        fact_net_change.status_after_id,
        fact_net_change.provider_id,
        fact_net_change.rocket_config_id,
        fact_net_change.pad_id
    from fact_net_change
    inner join stg_ll2__change using (launch_id)
)
select 'not in the ledger' as problem, missing.*
from (select * from moved except select * from ledger) as missing
union all
select 'not in the revisions', extra.*
from (select * from ledger except select * from moved) as extra
