-- severity: warn
-- A run quarantines less than one record in twenty; more means that the parser no longer fits what LL2 sends.
-- covers: raw_quarantine, stg_ll2__launch, stg_run
select unusable.record_count, usable.launch_count
from (
    select count(*) as record_count
    from raw_quarantine
    inner join stg_run on raw_quarantine.last_seen_at >= stg_run.observed_at - interval '1 hour'
        and raw_quarantine.last_seen_at <= stg_run.observed_at
        and raw_quarantine.ingest_run_id <= stg_run.ingest_run_id
    where stg_run.ingest_run_id = (select max(ingest_run_id) from stg_run)
) as unusable
cross join (select count(*) as launch_count from stg_ll2__launch) as usable
where unusable.record_count > 1 and unusable.record_count * 20 > usable.launch_count
