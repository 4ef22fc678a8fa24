use std::collections::BTreeSet;

use domain::{
    Blueprint, FreshnessState, RequestPurpose, RunOutcome, RunState, Source, TestAcknowledgement, TestSeverity,
    route::exposures,
};
use strum::VariantArray;
use warehouse::{Db, PgPool};

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn before_the_first_run_the_pipeline_page_is_empty(pool: PgPool) {
    let state =
        Db::new(pool, Source::Live, 3600).pipeline(None).await.unwrap().expect("the pipeline without runs is readable");
    assert!(state.shown.is_none() && state.history.is_empty() && state.plan.is_empty());
    assert_eq!(state.backfill.as_ref().unwrap().share(), None);
    assert!(state.relations.iter().any(|relation| relation.name == "fact_launch"));
    assert!(state.view_reads.contains(&("mart_launch_board".to_owned(), "dim_pad".to_owned())));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn a_blocked_run_lists_its_failing_tests_first(pool: PgPool) {
    let story = "
        insert into ingest_run (kind, trigger, source, base_url, api_version, state, started_at, finished_at, error)
        values ('sweep', 'schedule', 'live', '', '2.3.0', 'failed', '2026-03-23 09:45:00+00', '2026-03-23 09:45:02+00', 'data tests block publication: canary (1)');
        insert into ingest_step (ingest_run_id, step_number, name, state, started_at, finished_at, row_count)
        values (2, 1, 'fetch', 'succeeded', '2026-03-23 09:45:00+00', '2026-03-23 09:45:01+00', 4),
               (2, 2, 'test', 'failed', '2026-03-23 09:45:01+00', '2026-03-23 09:45:02+00', null);
        insert into data_test_set values
            ('now', 'assert_a', 'block'), ('now', 'assert_b', 'warn'), ('now', 'assert_c', 'block'), ('then', 'assert_d', 'warn');
        insert into data_test_summary (ingest_run_id, data_test_set_id, test_count, warned_count, blocked_count)
        values (2, 'now', 3, 1, 1), (1, 'then', 1, 0, 0);
        insert into data_test_result (ingest_run_id, test, severity, offending_count, sample)
        values (2, 'assert_b', 'warn', 2, '[{\"id\": 1}]'), (2, 'assert_c', 'block', 1, null);
        insert into ingest_request (ingest_run_id, purpose, url, sent_at)
        values (2, 'upcoming', 'one', '2026-03-23 09:45:00+00'), (2, 'throttle', 'free', '2026-03-23 09:45:00+00'),
               (2, 'resumed', 'landed', '2026-03-23 09:45:00+00'), (2, 'import', 'archive:file', '2026-03-23 09:45:00+00'),
               (1, 'upcoming', 'old', '2026-03-23 08:45:00+00');";
    sqlx::raw_sql(story).execute(&pool).await.unwrap();
    let db = Db::new(pool, Source::Live, 3600).frozen_at("2026-03-23T09:50:00Z".parse().unwrap());
    let state = db.pipeline(None).await.unwrap().unwrap();
    assert_eq!(state.freshness.state(state.now), FreshnessState::Blocked);
    assert_eq!(
        state.history.iter().map(|run| run.outcome()).collect::<Vec<_>>(),
        [RunOutcome::Blocked, RunOutcome::NoChange]
    );
    assert_eq!(
        (state.history[0].request_count, state.history[0].warned_count, state.history[0].blocked_count),
        (1, 1, 1)
    );
    assert_eq!(state.spent_count(), 1, "the older request is out of the window, the other three do not count");
    let shown = state.shown.unwrap();
    let tests: Vec<_> = shown.tests.iter().map(|test| (test.name.as_str(), test.severity)).collect();
    assert_eq!(
        tests,
        [("assert_c", TestSeverity::Block), ("assert_b", TestSeverity::Warn), ("assert_a", TestSeverity::Block)]
    );
    assert_eq!(shown.steps.iter().map(|step| step.state).collect::<Vec<_>>(), [RunState::Succeeded, RunState::Failed]);
    assert_eq!(shown.error.as_deref(), Some("data tests block publication: canary (1)"));

    assert!(shown.tests.iter().all(|test| test.acknowledgement.is_none()));

    let older = db.pipeline(Some(1)).await.unwrap().unwrap();
    let older = older.shown.unwrap();
    assert_eq!((older.run.id, older.run.test_count, older.run.warned_count), (1, 1, 0));
    let tests: Vec<_> = older.tests.iter().map(|test| (test.name.as_str(), test.offending_count)).collect();
    assert_eq!(tests, [("assert_d", 0)], "the tests of its release");
    assert!(db.pipeline(Some(99)).await.unwrap().is_none(), "an unknown run has no page");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn acknowledged_rows_are_listed_after_those_with_an_effect(pool: PgPool) {
    sqlx::raw_sql(
        "insert into data_test_set values ('now', 'assert_a', 'warn'), ('now', 'assert_b', 'warn'), ('now', 'assert_c', 'warn');
        insert into data_test_acknowledgement (test, reason, offending_count, acknowledged_at, expires_at)
        values ('assert_a', 'LL2 knows of it.', 3, '2026-03-20 08:00:00+00', '2026-04-20 08:00:00+00');
        insert into data_test_summary (ingest_run_id, data_test_set_id, test_count, warned_count, blocked_count, acknowledged_count)
        values (1, 'now', 3, 1, 0, 1);
        insert into data_test_result (ingest_run_id, test, severity, offending_count, data_test_acknowledgement_id)
        values (1, 'assert_a', 'warn', 2, 1), (1, 'assert_b', 'warn', 1, null)",
    )
    .execute(&pool)
    .await
    .unwrap();
    let shown = Db::new(pool, Source::Live, 3600).run_detail(1).await.unwrap().expect("the run exists");
    let names: Vec<&str> = shown.tests.iter().map(|test| test.name.as_str()).collect();
    assert_eq!(names, ["assert_b", "assert_a", "assert_c"]);
    let acknowledged = TestAcknowledgement {
        reason: "LL2 knows of it.".to_owned(),
        row_count: 3,
        acknowledged_at: "2026-03-20T08:00:00Z".parse().unwrap(),
        until: Some("2026-04-20T08:00:00Z".parse().unwrap()),
    };
    let expected = [None, Some(&acknowledged), None];
    assert_eq!(shown.tests.iter().map(|test| test.acknowledgement.as_ref()).collect::<Vec<_>>(), expected);
    assert_eq!(shown.run.warned_count, 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_run_without_details_has_its_counts_and_no_passed_tests(pool: PgPool) {
    let story = "
        insert into ingest_run (kind, trigger, source, base_url, api_version, state, finished_at)
        select 'sweep', 'command', 'simulated', '', '2.2.0', 'succeeded', now() from generate_series(1, 2);
        insert into data_test_set values ('then', 'a', 'warn'), ('then', 'b', 'block');
        insert into data_test_summary (ingest_run_id, data_test_set_id, test_count, warned_count, blocked_count)
        values (1, 'then', 2, 1, 0), (2, 'then', 2, 0, 0);
        update ingest_run set details_deleted_at = '2026-01-01Z' where ingest_run_id = 1";
    sqlx::raw_sql(story).execute(&pool).await.unwrap();
    let db = Db::new(pool, Source::Live, 3600);
    let old = db.run_detail(1).await.unwrap().expect("the run exists");
    assert_eq!((old.run.test_count, old.run.warned_count, old.tests), (2, 1, vec![]));
    assert_eq!(old.details_deleted_at, "2026-01-01T00:00:00Z".parse().ok());
    let new = db.run_detail(2).await.unwrap().expect("the run exists");
    assert_eq!((new.run.test_count, new.tests.len(), new.details_deleted_at), (2, 2, None));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn runs_are_paged_newest_first(pool: PgPool) {
    let runs = "insert into ingest_run (kind, trigger, source, base_url, api_version, state, finished_at)
                select 'sweep', 'command', 'simulated', '', '2.2.0', 'succeeded', now() from generate_series(1, 5)";
    sqlx::query(runs).execute(&pool).await.unwrap();
    let list = Db::new(pool, Source::Live, 3600).runs(2, 1).await.unwrap();
    assert_eq!((list.count, list.runs.iter().map(|run| run.id).collect::<Vec<_>>()), (5, vec![4, 3]));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn the_end_of_the_backfill_is_estimated_from_its_pace(pool: PgPool) {
    let story = "
        update ingest_cursor set seen_count = 600, total_count = 1200 where feed = 'history';
        insert into ingest_run (kind, trigger, source, base_url, api_version, state, started_at, finished_at, launch_seen_count)
        select 'backfill', 'schedule', 'live', '', '2.3.0', 'succeeded', '2026-03-23 06:00:00+00'::timestamptz + hour * interval '1 hour',
            '2026-03-23 06:00:10+00'::timestamptz + hour * interval '1 hour', 200
        from generate_series(0, 2) as hour;
        -- Of another day, and of another kind.
        insert into ingest_run (kind, trigger, source, base_url, api_version, state, started_at, finished_at, launch_seen_count)
        values ('backfill', 'schedule', 'live', '', '2.3.0', 'succeeded', '2026-03-20 06:00:00+00', '2026-03-20 06:00:10+00', 5000),
               ('sweep', 'schedule', 'live', '', '2.3.0', 'succeeded', '2026-03-23 07:00:00+00', '2026-03-23 07:00:10+00', 370);";
    sqlx::raw_sql(story).execute(&pool).await.unwrap();
    let now = "2026-03-23T08:30:00Z".parse().unwrap();
    let state = Db::new(pool, Source::Live, 3600).frozen_at(now).pipeline(None).await.unwrap().unwrap();
    let backfill = state.backfill.unwrap();
    assert_eq!((backfill.share(), backfill.launches_per_hour), (Some(0.5), Some(200.0)));
    assert_eq!(backfill.ends_at(now), Some("2026-03-23T11:30:00Z".parse().unwrap()));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn the_dictionary_contains_every_table_with_comments_keys_and_counts(pool: PgPool) {
    let db = Db::new(pool, Source::Live, 3600);
    let dictionary = db.dictionary(&Blueprint::default()).await.unwrap();
    let names: BTreeSet<&str> = dictionary.relations.iter().map(|relation| relation.name.as_str()).collect();
    for exposure in exposures() {
        for read in &exposure.reads {
            assert!(names.contains(read), "{} reads {read}, and there is none", exposure.name);
        }
    }
    let silent: Vec<&str> =
        dictionary.relations.iter().filter(|one| one.comment.is_none()).map(|one| one.name.as_str()).collect();
    assert!(silent.is_empty(), "without a comment: {silent:?}");
    let fact = dictionary.relations.iter().find(|relation| relation.name == "fact_launch").unwrap();
    assert_eq!((fact.row_count, fact.is_exact, fact.is_view), (Some(4), true, false));
    assert!(fact.makes.contains("mart_launch_board") && fact.shown_on.contains(&"Launch".to_owned()));
    let pad = fact.columns.iter().find(|column| column.name == "pad_id").unwrap();
    assert_eq!(pad.references, Some(("dim_pad".to_owned(), "pad_id".to_owned())));
    assert!(fact.columns.iter().any(|column| column.name == "launch_id" && column.is_key));
    assert!(fact.matches("pad_TURNAROUND iso") && !fact.matches("pad_turnaround cheese"));
    let markdown = dictionary.to_markdown();
    assert!(markdown.contains("### fact_launch\n") && markdown.contains("[dim_pad](#dim_pad)"), "{markdown}");
}

/// Ambiguous names: the meaning of these columns depends on the table.
const VAGUE: [&str; 9] = ["kind", "state", "outcome", "reason", "detail", "position_at", "listing", "absent", "sample"];

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_column_with_an_unclear_name_has_a_comment(pool: PgPool) {
    let dictionary = Db::new(pool, Source::Live, 3600).dictionary(&Blueprint::default()).await.unwrap();
    let mut silent = Vec::new();
    for relation in dictionary.relations.iter().filter(|relation| !relation.is_view) {
        for column in relation.columns.iter().filter(|column| VAGUE.contains(&column.name.as_str())) {
            if column.comment.is_none() {
                silent.push(format!("{}.{}", relation.name, column.name));
            }
        }
    }
    assert!(silent.is_empty(), "without a comment: {silent:?}");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn only_requests_that_are_sent_count(pool: PgPool) {
    let slugs: Vec<&str> = RequestPurpose::VARIANTS.iter().map(RequestPurpose::into_str).collect();
    let counted: Vec<String> = sqlx::query_scalar(
        "insert into ingest_request (ingest_run_id, purpose, url, sent_at)
        select 1, purpose, purpose, '2026-03-23 09:45:00+00' from unnest($1::text[]) as purpose
        returning case when is_counted then purpose else '' end",
    )
    .bind(&slugs)
    .fetch_all(&pool)
    .await
    .expect("the column takes every purpose");
    let counted: BTreeSet<&str> = counted.iter().map(String::as_str).filter(|purpose| !purpose.is_empty()).collect();
    assert_eq!(counted, BTreeSet::from(["upcoming", "changed", "follow_up", "history"]));
}
