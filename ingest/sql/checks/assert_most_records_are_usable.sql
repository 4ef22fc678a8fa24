-- A run quarantines at most one record in five, or fewer than ten; the rest of such a list is not what LL2 lists.
-- covers: stg_run
-- error_if: > 0
-- cause: LL2
select record_count, quarantined_count
from stg_run
where quarantined_count >= 10 and quarantined_count * 5 > record_count
