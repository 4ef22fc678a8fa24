-- severity: warn
-- A JSON path was last seen no earlier than first, of a run that is there, and has been met at least once.
-- covers: schema_drift
select api_version, json_path, json_type, state, seen_count, first_seen_at, last_seen_at
from schema_drift
where state <> 'known'
    and (last_seen_at < first_seen_at or seen_count < 1 or last_run_id < first_run_id)
