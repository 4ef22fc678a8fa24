-- Adds the parts of a run's records that could not be kept as sent. $1 API version, $2 run, $3 time of observation;
-- then arrays, one element per part and treatment: part, treatment, number of records, last launch.
insert into raw_record_defect as held (
    api_version, part, treatment, record_count, first_seen_at, last_seen_at, last_launch_id, last_run_id
)
select $1, met.part, met.treatment, met.record_count, $3, $3, met.launch_id, $2
from unnest($4::text[], $5::text[], $6::bigint[], $7::uuid[]) as met (part, treatment, record_count, launch_id)
on conflict (api_version, part, treatment) do update set
    record_count = held.record_count + excluded.record_count,
    first_seen_at = least(held.first_seen_at, excluded.first_seen_at),
    last_seen_at = greatest(held.last_seen_at, excluded.last_seen_at),
    last_launch_id = excluded.last_launch_id,
    last_run_id = excluded.last_run_id
