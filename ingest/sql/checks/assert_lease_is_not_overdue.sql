-- The lease of the publishing run has not expired.
-- covers: ingest_lease
-- warn_if: > 0
select epoch, holder, taken_at, renewed_at, expires_at
from ingest_lease
where expires_at < ingest_now() or taken_at > expires_at or renewed_at > expires_at
