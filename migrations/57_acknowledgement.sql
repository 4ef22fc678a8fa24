-- Operators acknowledge rows of data tests that are known, with a reason, so that a defect of LL2 neither warns for ever nor hides a new one
-- (ADR 0048).

create table data_test_acknowledgement (
    data_test_acknowledgement_id bigint generated always as identity primary key,
    test text not null,
    reason text not null constraint data_test_acknowledgement_reason_check check (btrim(reason) <> '' and length(reason) <= 500),
    offending_count bigint not null constraint data_test_acknowledgement_count_check check (offending_count > 0),
    acknowledged_by text constraint data_test_acknowledgement_by_check check (btrim(acknowledged_by) <> '' and length(acknowledged_by) <= 100),
    acknowledged_at timestamptz not null default ingest_now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    constraint data_test_acknowledgement_end_check check (expires_at > acknowledged_at),
    -- What a result refers to.
    unique (data_test_acknowledgement_id, test)
);
comment on table data_test_acknowledgement is 'One row per acknowledgement of rows of a data test: an operator knows of them, so that the test neither warns nor blocks unless it finds more. A later one of the same test replaces it.';
comment on column data_test_acknowledgement.data_test_acknowledgement_id is 'The acknowledgement.';
comment on column data_test_acknowledgement.test is 'Name of the data test.';
comment on column data_test_acknowledgement.reason is 'Why the rows are accepted, in the words of the operator; shown on the pipeline page.';
comment on column data_test_acknowledgement.offending_count is 'The most rows that are accepted. With more, the test has its usual effect.';
comment on column data_test_acknowledgement.acknowledged_by is 'Who acknowledged it. Null: not given.';
comment on column data_test_acknowledgement.acknowledged_at is 'When it was acknowledged.';
comment on column data_test_acknowledgement.expires_at is 'When it ends. Null: when there are more rows, or it is revoked.';
comment on column data_test_acknowledgement.revoked_at is 'When it was revoked or replaced. Null: it was not.';
create unique index data_test_acknowledgement_one_per_test on data_test_acknowledgement (test) where revoked_at is null;

-- First, since readers lock the view before the tables.
drop view mart_data_test;

alter table data_test_result
    add column data_test_acknowledgement_id bigint,
    -- With the test, so that a result cannot refer to an acknowledgement of another one.
    add constraint data_test_result_acknowledgement_fkey foreign key (data_test_acknowledgement_id, test)
        references data_test_acknowledgement (data_test_acknowledgement_id, test),
    add constraint data_test_result_acknowledged_check check (data_test_acknowledgement_id is null or severity = 'warn');
comment on column data_test_result.data_test_acknowledgement_id is 'The acknowledgement that covers the rows: the test neither warned nor blocked. Null: none did.';
comment on column data_test_result.severity is 'Of this result: block if it kept the run from publishing, else warn, also if it is acknowledged.';

alter table data_test_summary
    add column acknowledged_count integer not null default 0,
    add constraint data_test_summary_acknowledged_check
        check (acknowledged_count >= 0 and warned_count + blocked_count + acknowledged_count <= test_count);
comment on column data_test_summary.acknowledged_count is 'Tests whose rows are acknowledged; they are among neither warned_count nor blocked_count.';
comment on column data_test_summary.warned_count is 'Tests that found rows and did not keep the run from publishing, without those that are acknowledged.';

create view mart_data_test as
select
    data_test_summary.ingest_run_id,
    data_test_set.test,
    coalesce(data_test_result.severity, data_test_set.severity) as severity,
    coalesce(data_test_result.offending_count, 0) as offending_count,
    data_test_result.sample,
    data_test_result.data_test_acknowledgement_id,
    data_test_acknowledgement.reason as acknowledged_reason,
    data_test_acknowledgement.acknowledged_at,
    data_test_acknowledgement.expires_at as acknowledged_until,
    data_test_acknowledgement.offending_count as acknowledged_row_count
from data_test_summary
inner join ingest_run using (ingest_run_id)
inner join data_test_set using (data_test_set_id)
left join data_test_result using (ingest_run_id, test)
left join data_test_acknowledgement using (data_test_acknowledgement_id)
where ingest_run.details_deleted_at is null;
comment on view mart_data_test is 'One row per run and test. What each data test of a run found, also those that found nothing; without runs whose details were deleted.';
comment on column mart_data_test.ingest_run_id is 'The run that was tested.';
comment on column mart_data_test.test is 'Name of the data test.';
comment on column mart_data_test.severity is 'The effect of the rows that were found, else that of the test.';
comment on column mart_data_test.offending_count is 'Rows that the test returned; 0 if it passed.';
comment on column mart_data_test.sample is 'Up to five of the rows.';
comment on column mart_data_test.data_test_acknowledgement_id is 'The acknowledgement that covers the rows. Null: none does.';
comment on column mart_data_test.acknowledged_reason is 'Why an operator accepted the rows. Null: they are not acknowledged.';
comment on column mart_data_test.acknowledged_at is 'When the rows were acknowledged. Null: they are not.';
comment on column mart_data_test.acknowledged_until is 'When the acknowledgement expires. Null: it does not, or the rows are not acknowledged.';
comment on column mart_data_test.acknowledged_row_count is 'The most rows that the acknowledgement covers. Null: they are not acknowledged.';
