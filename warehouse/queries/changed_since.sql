-- Launches that are otherwise than a run left them. $1: the run; $2: launches; $3 to $5: all launches of a provider, a rocket, a pad.
--
-- A revision contains the tracked values; changes of the rest (remarks, webcasts, people) are detected by LL2's own date of the record.
select fact_launch.launch_id
from fact_launch
where (
        fact_launch.launch_id = any ($2)
        or fact_launch.provider_id = $3
        or fact_launch.rocket_config_id = $4
        or fact_launch.pad_id = $5
    )
    and (
        exists (
            select
            from fact_launch_revision
            where fact_launch_revision.launch_id = fact_launch.launch_id
                and fact_launch_revision.ingest_run_id > $1
        )
        or fact_launch.last_updated_at > (select observed_at from ingest_run where ingest_run_id = $1)
    )
order by fact_launch.launch_id
