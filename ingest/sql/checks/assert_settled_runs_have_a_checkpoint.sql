-- There is a checkpoint of replays exactly if runs are settled: a replay does not read settled runs, and starts from it.
-- covers: ingest_checkpoint, ingest_run
-- warn_if: > 0
select state.*
from (
    select
        exists (select from ingest_run where settled_at is not null) as has_settled_runs,
        exists (select from ingest_checkpoint) as has_checkpoint
) as state
where state.has_settled_runs <> state.has_checkpoint
