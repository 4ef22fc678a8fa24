-- The results of data tests, without the 99 rows of 100 that said that a test had found nothing: a row for each test
-- that found rows, one summary for each run, and the list of tests of each release, so that the tests which passed are
-- known for runs of older releases, too (ADR 0044).

create table data_test_set (
    data_test_set_id text not null,
    test text not null,
    severity text not null check (severity in ('block', 'warn')),
    primary key (data_test_set_id, test)
);
comment on table data_test_set is 'The data tests that runs of a release execute. One row per set and test.';
comment on column data_test_set.data_test_set_id is 'Hash of the tests and their severities: runs with the same tests have the same set.';
comment on column data_test_set.test is 'Name of its file in ingest/sql/checks, without the extension.';
comment on column data_test_set.severity is 'block: a row of the test rolls the run back; warn: it is reported.';

create table data_test_summary (
    ingest_run_id bigint primary key references ingest_run on delete cascade,
    data_test_set_id text not null,
    test_count integer not null,
    warned_count integer not null,
    blocked_count integer not null,
    took_seconds double precision,
    tested_at timestamptz not null default clock_timestamp(),
    check (least(test_count, warned_count, blocked_count) >= 0 and warned_count + blocked_count <= test_count)
);
comment on table data_test_summary is 'What the data tests of a run found in total. One row per run that was tested.';
comment on column data_test_summary.ingest_run_id is 'The run that was tested, before it published.';
comment on column data_test_summary.data_test_set_id is 'The tests that were executed, in data_test_set.';
comment on column data_test_summary.test_count is 'Number of tests executed. Those without a row in data_test_result found nothing.';
comment on column data_test_summary.warned_count is 'Tests that found rows and did not keep the run from publishing.';
comment on column data_test_summary.blocked_count is 'Blocking tests that found rows: the run published nothing.';
comment on column data_test_summary.tested_at is 'When the results were stored.';
comment on column data_test_summary.took_seconds is 'Duration of all tests together. Null for runs until release 36, which did not measure it.';

create function data_test_set_id(tests text[], severities text[]) returns text
language sql stable
return (
    select md5(string_agg(one.test || ' ' || one.severity, ',' order by one.test collate "C"))
    from unnest(tests, severities) as one (test, severity)
);
comment on function data_test_set_id is 'The id of a set of data tests, independent of their order.';

create view mart_data_test as
select
    data_test_summary.ingest_run_id,
    data_test_set.test,
    coalesce(data_test_result.severity, data_test_set.severity) as severity,
    coalesce(data_test_result.offending_count, 0) as offending_count,
    data_test_result.sample
from data_test_summary
inner join data_test_set using (data_test_set_id)
left join data_test_result using (ingest_run_id, test);
comment on view mart_data_test is 'What each data test of a run found, also those that found nothing. One row per run and test.';
comment on column mart_data_test.severity is 'The effect of the rows that were found, else that of the test.';
comment on column mart_data_test.offending_count is 'Rows that the test returned; 0 if it passed.';
comment on column mart_data_test.sample is 'Up to five of the rows.';

-- Before the table below is locked: readers lock the view first, too.
create or replace view mart_run as
select
    ingest_run.ingest_run_id,
    ingest_run.kind,
    ingest_run.trigger,
    ingest_run.source,
    ingest_run.api_version,
    ingest_run.state,
    ingest_run.started_at,
    ingest_run.finished_at,
    extract(epoch from ingest_run.finished_at - ingest_run.started_at)::double precision as took_seconds,
    ingest_run.observed_at,
    ingest_run.is_complete,
    ingest_run.announced_count,
    ingest_run.page_count,
    ingest_run.launch_seen_count,
    ingest_run.launch_changed_count,
    ingest_run.launch_closed_count,
    ingest_run.launch_late_count,
    ingest_run.quarantined_count,
    ingest_run.deferred_until,
    ingest_run.error,
    request.request_count,
    coalesce(data_test_summary.test_count, 0)::bigint as test_count,
    coalesce(data_test_summary.warned_count, 0)::bigint as warned_count,
    coalesce(data_test_summary.blocked_count, 0)::bigint as blocked_count
from ingest_run
cross join lateral (
    select count(*) as request_count
    from ingest_request
    where ingest_request.ingest_run_id = ingest_run.ingest_run_id and ingest_request.is_counted
) as request
left join data_test_summary using (ingest_run_id);

lock table data_test_result in access exclusive mode;

create temporary table tested on commit drop as
select
    ingest_run_id,
    data_test_set_id(array_agg(test), array_agg(severity)) as data_test_set_id,
    count(*) as test_count,
    count(*) filter (where severity = 'warn' and offending_count > 0) as warned_count,
    count(*) filter (where severity = 'block' and offending_count > 0) as blocked_count,
    max(tested_at) as tested_at
from data_test_result
group by ingest_run_id;

insert into data_test_set (data_test_set_id, test, severity)
select one_of.data_test_set_id, data_test_result.test, data_test_result.severity
from (select data_test_set_id, max(ingest_run_id) as ingest_run_id from tested group by data_test_set_id) as one_of
inner join data_test_result using (ingest_run_id);

insert into data_test_summary (ingest_run_id, data_test_set_id, test_count, warned_count, blocked_count, tested_at)
select ingest_run_id, data_test_set_id, test_count, warned_count, blocked_count, tested_at
from tested;

-- `truncate` and not `delete`: it frees the space.
create temporary table kept on commit drop as select * from data_test_result where offending_count > 0;
truncate data_test_result;
insert into data_test_result select * from kept;

comment on table data_test_result is 'What a data test found before publication, if it found any rows. One row per run and test.';
comment on column data_test_result.severity is 'Of this result: block if it kept the run from publishing, else warn.';
