-- severity: warn
-- The lease under which something is published has not run out.
-- covers: ingest_lease
select epoch, holder, taken_at, renewed_at, expires_at
from ingest_lease
where expires_at < ingest_now() or taken_at > expires_at or renewed_at > expires_at
