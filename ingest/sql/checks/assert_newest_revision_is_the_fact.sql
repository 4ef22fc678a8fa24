-- severity: block
-- The open revision of a changed launch equals its row in the fact table.
-- covers: fact_launch, fact_launch_revision
select fact_launch.launch_id
from stg_ll2__change
inner join fact_launch using (launch_id)
left join fact_launch_revision
    on fact_launch_revision.launch_id = fact_launch.launch_id
    and fact_launch_revision.valid_to is null
where (
    fact_launch.name, fact_launch.status_id, fact_launch.net_at, fact_launch.net_precision_id, fact_launch.provider_id,
    fact_launch.rocket_config_id, fact_launch.pad_id, fact_launch.mission_id, fact_launch.is_upcoming,
    fact_launch.deleted_at is not null
) is distinct from (
    fact_launch_revision.name, fact_launch_revision.status_id, fact_launch_revision.net_at,
    fact_launch_revision.net_precision_id, fact_launch_revision.provider_id, fact_launch_revision.rocket_config_id,
    fact_launch_revision.pad_id, fact_launch_revision.mission_id, fact_launch_revision.is_upcoming,
    fact_launch_revision.is_deleted
)
