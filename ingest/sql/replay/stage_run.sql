-- Stages a run as it was: whether it was the newest is determined among the runs published before it.
insert into stg_run (ingest_run_id, observed_at, is_complete, is_newest, poll_seconds)
select
    $1,
    $2,
    $3,
    not exists (
        select
        from ingest_run
        where state = 'succeeded' and kind <> 'replay' and observed_at > $2 and ingest_run_id < $1
    ),
    $4
