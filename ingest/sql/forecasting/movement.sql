insert into model_movement (measured_at, ingest_run_id, per_root_day, launch_count)
values ($1, $2, $3, $4)
-- An archive that is imported twice.
on conflict (measured_at) do nothing
