-- Stages a run of the log.
insert into stg_run (ingest_run_id, observed_at, is_complete, is_newest, poll_seconds)
values ($1, $2, $3, $4, $5)
