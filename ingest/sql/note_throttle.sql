-- $1 run, $2 address, $3 limit, $4 window in seconds, $5 used, $6 whether the clock was set.
--
-- Requests that LL2 counts and we have no record of were sent by others, or by us before records were lost. After the
-- clock was set, all of them count as such: with a clock set forward our own requests leave our hour before they leave
-- LL2's. LL2 may not have counted a request in flight yet, so it is not subtracted.
with note as (
    insert into ingest_request (ingest_run_id, purpose, url, sent_at, finished_at, outcome, http_status)
    values ($1, 'throttle', $2, ingest_now(), ingest_now(), 'accepted', 200)
),
ours as (
    select count(*)::integer as request_count
    from ingest_request
    where is_counted
        and outcome <> 'sent'
        and sent_at > ingest_now() - make_interval(secs => $4)
)
insert into ingest_allowance (told_at, request_limit, window_seconds, current_use, foreign_use)
select ingest_now(), $3, $4, $5, case when $6 then $5 else greatest($5 - request_count, 0) end
from ours
on conflict (is_only) do update set
    told_at = excluded.told_at,
    request_limit = excluded.request_limit,
    window_seconds = excluded.window_seconds,
    current_use = excluded.current_use,
    foreign_use = excluded.foreign_use
