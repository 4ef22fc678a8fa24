-- What the job does between runs, once a day: so far it deletes the details of old runs (ADR 0047).
create table ingest_upkeep (
    name text primary key check (name in ('audit_retention', 'compaction', 'raw_retention')),
    finished_at timestamptz,
    row_count bigint not null default 0,
    check (row_count >= 0)
);
comment on table ingest_upkeep is 'One row per kind of upkeep of the database, with the time when it was last finished.';
comment on column ingest_upkeep.name is 'audit_retention: details of old runs are deleted; compaction: landed bodies are moved into segments; raw_retention: old landed bodies are deleted.';
comment on column ingest_upkeep.finished_at is 'When nothing more was to be done. Null: never, or not yet finished since it began. It is due again a day later.';
comment on column ingest_upkeep.row_count is 'Runs, bodies moved or bodies deleted, since the upkeep began for the last time.';
insert into ingest_upkeep (name) values ('audit_retention'), ('compaction'), ('raw_retention');

alter table ingest_run add column details_deleted_at timestamptz;
comment on column ingest_run.details_deleted_at is 'When the retention of audit tables deleted the steps, statements and test results of the run and its questions about the allowance. Null: they are there.';
-- Runs in order, without those that need no work: the upkeep reads only the first of them.
create index ingest_run_with_details on ingest_run (ingest_run_id) where details_deleted_at is null;

-- A test without a stored result has passed, unless the results of the run were deleted.
create or replace view mart_data_test as
select
    data_test_summary.ingest_run_id,
    data_test_set.test,
    coalesce(data_test_result.severity, data_test_set.severity) as severity,
    coalesce(data_test_result.offending_count, 0) as offending_count,
    data_test_result.sample
from data_test_summary
inner join ingest_run using (ingest_run_id)
inner join data_test_set using (data_test_set_id)
left join data_test_result using (ingest_run_id, test)
where ingest_run.details_deleted_at is null;
comment on view mart_data_test is 'What each data test of a run found, also those that found nothing; without runs whose details were deleted. One row per run and test.';
