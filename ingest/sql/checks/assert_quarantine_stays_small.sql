-- A run quarantines at most one record in twenty; more means that the parser no longer fits what LL2 sends.
-- covers: stg_run
-- warn_if: > 0
select record_count, quarantined_count
from stg_run
where quarantined_count > 1 and quarantined_count * 20 > record_count
