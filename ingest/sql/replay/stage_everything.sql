-- Marks every launch as changed, for the data tests that check only changed launches.
insert into stg_ll2__change (launch_id, observed_at, has_record, is_upcoming, is_deleted, missed_at)
select launch_id, last_seen_at, false, is_upcoming, deleted_at is not null, missed_at
from fact_launch
