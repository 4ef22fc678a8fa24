-- JSON paths and record defects were last seen no earlier than first seen, and at least once.
-- covers: schema_drift, raw_record_defect
-- warn_if: > 0
select api_version, json_path, json_type, state, seen_count, first_seen_at, last_seen_at
from schema_drift
where state <> 'known'
    and (last_seen_at < first_seen_at or seen_count < 1 or last_run_id < first_run_id)
union all
select api_version, part, 'text', treatment, record_count, first_seen_at, last_seen_at
from raw_record_defect
where last_seen_at < first_seen_at or record_count < 1
