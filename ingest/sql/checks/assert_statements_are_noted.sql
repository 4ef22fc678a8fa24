-- Only runs that reached the transform step have statements, and no statement has a negative duration or row count. Checks the last fifty runs.
-- covers: ingest_statement, ingest_step
-- warn_if: > 0
select ingest_statement.ingest_run_id, ingest_statement.name, ingest_statement.row_count, ingest_statement.took_seconds
from ingest_statement
where ingest_statement.ingest_run_id between (select min(ingest_run_id) - 50 from stg_run) and (select max(ingest_run_id) from stg_run)
    and (
        ingest_statement.took_seconds < 0
        or ingest_statement.row_count < 0
        or ingest_statement.ingest_run_id not in (
            select ingest_step.ingest_run_id
            from ingest_step
            -- Of both tables, so that neither is read as a whole.
            where ingest_step.ingest_run_id between (select min(ingest_run_id) - 50 from stg_run) and (select max(ingest_run_id) from stg_run)
                and ingest_step.name = 'transform'
        )
    )
