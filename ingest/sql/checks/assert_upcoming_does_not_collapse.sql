-- severity: block
-- A complete sweep contains at least half as many launches as the previous one; fewer means a broken response.
-- covers: stg_run, stg_ll2__launch, ingest_run
select last_sweep.launch_seen_count as last_count, this_sweep.launch_count as this_count
from stg_run
cross join (
    select launch_seen_count
    from ingest_run
    where state = 'succeeded' and is_complete
    order by observed_at desc nulls last, ingest_run_id desc
    limit 1
) as last_sweep
cross join (select count(*) as launch_count from stg_ll2__launch where listing = 'upcoming') as this_sweep
where stg_run.is_complete
    and last_sweep.launch_seen_count >= 10
    and this_sweep.launch_count * 2 < last_sweep.launch_seen_count
