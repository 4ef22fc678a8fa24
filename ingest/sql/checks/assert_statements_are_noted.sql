-- severity: warn
-- Only runs that reached the transform step have statements, and no statement has a negative duration or row count. Checks the last fifty runs.
-- covers: ingest_statement, ingest_step
select ingest_statement.ingest_run_id, ingest_statement.name, ingest_statement.row_count, ingest_statement.took_seconds
from ingest_statement
where ingest_statement.ingest_run_id > (select min(ingest_run_id) - 50 from stg_run)
    and (
        ingest_statement.took_seconds < 0
        or ingest_statement.row_count < 0
        or not exists (
            select
            from ingest_step
            where ingest_step.ingest_run_id = ingest_statement.ingest_run_id and ingest_step.name = 'transform'
        )
    )
