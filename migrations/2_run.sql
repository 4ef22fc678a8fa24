-- What the ingest job did. These rows are written outside of the publishing transaction, so that a run which is rolled
-- back still leaves its story behind.

create table ingest_run (
    ingest_run_id bigint generated always as identity primary key,
    kind text not null check (kind in ('sweep', 'import')),
    trigger text not null check (trigger in ('start', 'schedule', 'command')),
    source text not null check (source in ('live', 'simulated')),
    base_url text not null,
    api_version text not null check (api_version in ('2.2.0', '2.3.0')),
    state text not null default 'running' check (state in ('running', 'succeeded', 'failed')),
    started_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    observed_at timestamptz,
    is_complete boolean,
    announced_count integer,
    page_count integer not null default 0,
    launch_seen_count integer not null default 0,
    launch_changed_count integer not null default 0,
    launch_closed_count integer not null default 0,
    launch_late_count integer not null default 0,
    quarantined_count integer not null default 0,
    deferred_until timestamptz,
    error text,
    check ((state = 'running') = (finished_at is null)),
    check (state <> 'failed' or error is not null)
);
comment on table ingest_run is 'One attempt to make the star schema equal to what LL2 says. One row per run.';
comment on column ingest_run.kind is 'sweep: pages asked of the API now; import: archived responses landed as if fetched at observed_at.';
comment on column ingest_run.source is 'live: Launch Library 2; simulated: answers of our own simulator, invented or replayed.';
comment on column ingest_run.observed_at is 'When the last page of the run was received, or the time given to `import`. Freshness is counted from here.';
comment on column ingest_run.is_complete is 'Whether distinct launches received equal the count the API announced. Only a complete sweep may close launches.';
comment on column ingest_run.launch_changed_count is 'Launches whose content hash differed from the published one.';
comment on column ingest_run.launch_closed_count is 'Launches that left the upcoming list, or were found deleted, by this run.';
comment on column ingest_run.launch_late_count is 'Records older than what we held of their launch: landed, not applied.';
comment on column ingest_run.deferred_until is 'Before this moment the budget or a 429 allows no further request; the run ended early because of it.';
comment on column ingest_run.error is 'The whole chain of causes, for the engineer; never shown to visitors. On a succeeded run: why it stopped early.';

create index ingest_run_by_state on ingest_run (state, finished_at desc);

create table ingest_step (
    ingest_run_id bigint not null references ingest_run on delete cascade,
    step_number smallint not null,
    name text not null,
    state text not null default 'running' check (state in ('running', 'succeeded', 'failed', 'skipped')),
    started_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    row_count bigint,
    detail text,
    primary key (ingest_run_id, step_number)
);
comment on table ingest_step is 'One step of a run, in order. One row per run and step number.';
comment on column ingest_step.row_count is 'Rows received, landed, staged or changed by the step; its name says which.';

create table data_test_result (
    ingest_run_id bigint not null references ingest_run on delete cascade,
    test text not null,
    severity text not null check (severity in ('block', 'warn')),
    offending_count bigint not null,
    sample jsonb,
    tested_at timestamptz not null default clock_timestamp(),
    primary key (ingest_run_id, test)
);
comment on table data_test_result is 'What a data test found before publication. One row per run and test.';
comment on column data_test_result.offending_count is 'Rows the test returned. A blocking test with any row rolls the run back.';
comment on column data_test_result.sample is 'Up to five offending rows, to start the search with.';
