-- A launch whose record was unusable has that record in quarantine: no record is dropped silently.
-- covers: stg_ll2__unread, raw_quarantine
-- error_if: > 0
select launch_id
from stg_ll2__unread
where not exists (select from raw_quarantine where lower(raw_quarantine.record_key) = stg_ll2__unread.launch_id::text)
