-- A complete list contains more than half as many launches as the longest one of the week before; fewer means a broken response.
-- covers: stg_run, stg_ll2__launch, ingest_run
-- error_if: > 0
-- cause: LL2
select longest.announced_count as longest_count, this_list.launch_count
from stg_run
cross join lateral (
    select max(announced_count) as announced_count
    from ingest_run
    where state = 'succeeded'
        and is_complete
        and observed_at > stg_run.observed_at - interval '7 days'
        and observed_at <= stg_run.observed_at
) as longest
cross join (select count(*) as launch_count from stg_ll2__launch where listing = 'upcoming') as this_list
where stg_run.is_complete
    and longest.announced_count >= 10
    and this_list.launch_count * 2 <= longest.announced_count
