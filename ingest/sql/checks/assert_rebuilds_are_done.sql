-- No replay that a migration asked for has failed: until `mooncoon replay` succeeds, older launches lack what it adds.
-- covers: ingest_rebuild
-- warn_if: > 0
select reason, attempt_count, error
from ingest_rebuild
where finished_at is null and error is not null
