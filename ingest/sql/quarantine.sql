-- Quarantines the unusable records of a run. $3 is 1 for records that LL2 sent now and 0 for those that a replay read
-- again.
insert into raw_quarantine as held (
    sha256, ingest_run_id, page_sha256, entity, record_key, reason, json_path, api_version, listing, first_seen_at, last_seen_at, body
)
select sha256, $1, page_sha256, 'launch', record_key, reason, json_path, $2, listing, seen_at, seen_at, body
from unnest($4::bytea[], $5::bytea[], $6::text[], $7::text[], $8::text[], $9::text[], $10::timestamptz[], $11::bytea[])
    as reject (sha256, page_sha256, record_key, reason, json_path, listing, seen_at, body)
on conflict (sha256) do update set
    first_seen_at = least(held.first_seen_at, excluded.first_seen_at),
    last_seen_at = greatest(held.last_seen_at, excluded.last_seen_at),
    seen_count = held.seen_count + $3,
    record_key = excluded.record_key,
    reason = excluded.reason,
    json_path = excluded.json_path,
    api_version = excluded.api_version,
    -- The newest sighting determines what the record implies for the upcoming list.
    listing = case when excluded.last_seen_at >= held.last_seen_at then excluded.listing else held.listing end,
    resolved_at = null,
    resolved_run_id = null
