-- $1 holder, $2 lifetime in seconds.
update ingest_lease
set
    epoch = epoch + 1,
    holder = $1,
    backend_pid = pg_backend_pid(),
    backend_started_at = (select backend_start from pg_stat_activity where pid = pg_backend_pid()),
    taken_at = ingest_now(),
    renewed_at = ingest_now(),
    expires_at = ingest_now() + make_interval(secs => $2)
where ingest_lease_is_free($2)
returning epoch
