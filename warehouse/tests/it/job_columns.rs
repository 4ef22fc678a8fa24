//! Text columns with a few allowed values: the values of the column, of the enum that reads it, and of the rules over them.

use std::{collections::BTreeSet, error::Error as _};

use domain::{
    DefectTreatment, DriftState, NetChangeKind, NetDirection, PrecisionChange, RequestOutcome, RequestPurpose, RunKind,
    RunState, RunTrigger, Source, StepName, TestSeverity,
};
use sqlx::AssertSqlSafe;
use strum::VariantArray;
use uuid::Uuid;
use warehouse::{Db, Error, PgPool};

use crate::definitions::list_tests;

fn words<T: VariantArray + Copy + Into<&'static str>>() -> BTreeSet<String> {
    T::VARIANTS.iter().map(|&word| word.into().to_owned()).collect()
}

/// The texts in a check constraint.
async fn allowed(pool: &PgPool, constraint: &str) -> BTreeSet<String> {
    let rule: String = sqlx::query_scalar("select pg_get_constraintdef(oid) from pg_constraint where conname = $1")
        .bind(constraint)
        .fetch_one(pool)
        .await
        .unwrap_or_else(|error| panic!("{constraint}: {error}"));
    rule.split('\'').skip(1).step_by(2).map(str::to_owned).collect()
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn every_column_allows_the_values_of_its_enum_and_no_others(pool: PgPool) {
    let mut run_states = words::<RunState>();
    run_states.remove("skipped");
    for (constraint, words) in [
        ("ingest_run_kind_check", words::<RunKind>()),
        ("ingest_run_trigger_check", words::<RunTrigger>()),
        ("ingest_run_source_check", words::<Source>()),
        ("ingest_run_state_check", run_states),
        ("ingest_step_state_check", words::<RunState>()),
        ("ingest_request_purpose_check", words::<RequestPurpose>()),
        ("ingest_request_outcome_check", words::<RequestOutcome>()),
        ("data_test_result_severity_check", words::<TestSeverity>()),
        ("data_test_set_severity_check", words::<TestSeverity>()),
        ("schema_drift_state_check", words::<DriftState>()),
        ("raw_record_defect_treatment_check", words::<DefectTreatment>()),
        ("fact_net_change_kind_check", words::<NetChangeKind>()),
        ("fact_net_change_direction_check", words::<NetDirection>()),
        ("fact_net_change_precision_change_check", words::<PrecisionChange>()),
    ] {
        assert_eq!(allowed(&pool, constraint).await, words, "{constraint}");
    }
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn each_rule_over_values_holds_for_the_intended_ones(pool: PgPool) {
    for (rule, all, meant) in [
        ("observes_upcoming", words::<RunKind>(), ["sweep", "changed", "import"].as_slice()),
        ("asks_ll2", words::<RunKind>(), &["sweep", "changed", "follow_up", "backfill"]),
        ("is_answered", words::<RequestOutcome>(), &["accepted", "gone"]),
    ] {
        let sql = format!("select word from unnest($1::text[]) as word where {rule}(word)");
        let found: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(all.into_iter().collect::<Vec<_>>())
            .fetch_all(&pool)
            .await
            .unwrap();
        let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
        assert_eq!(found, meant.iter().copied().collect(), "{rule}");
        let explained = format!("explain (verbose) select count(*) from ingest_run where {rule}(kind)");
        let plan: Vec<String> = sqlx::query_scalar(AssertSqlSafe(explained)).fetch_all(&pool).await.unwrap();
        assert!(!plan.join("\n").contains(rule), "{rule} is called for each row: {plan:?}");
    }
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn each_set_of_values_is_defined_once(pool: PgPool) {
    let mut found: Vec<(String, Vec<String>, String)> = list_tests(&pool)
        .await
        .into_iter()
        .filter(|test| ["kind", "purpose", "outcome", "trigger"].iter().any(|name| test.column.ends_with(name)))
        .filter(|test| !test.column.ends_with("relkind") && !test.column.ends_with("prokind"))
        .map(|mut test| {
            test.items.sort();
            (test.column, test.items, test.place)
        })
        .collect();
    found.sort();
    let copies: Vec<_> = found.windows(2).filter(|pair| pair[0].0 == pair[1].0 && pair[0].1 == pair[1].1).collect();
    assert!(copies.is_empty(), "{copies:#?}");
    let places: Vec<&str> = found.iter().map(|(_, _, place)| place.as_str()).collect();
    for place in ["asks_ll2", "ingest_request", "is_answered", "observes_upcoming"] {
        assert!(places.contains(&place), "{place} is not among {places:?}");
    }
}

/// The column has no check constraint that the enum could be compared with.
#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn every_step_name_is_read_as_written(pool: PgPool) {
    let names: Vec<&str> = StepName::VARIANTS.iter().map(|&name| name.into()).collect();
    sqlx::query(
        "insert into ingest_step (ingest_run_id, step_number, name)
        select 1, step_number, name from unnest($1::text[]) with ordinality as step (name, step_number)",
    )
    .bind(&names)
    .execute(&pool)
    .await
    .unwrap();
    let run = Db::new(pool, Source::Live, 3600).run_detail(1).await.unwrap().expect("the run exists");
    let read: Vec<StepName> = run.steps.iter().map(|step| step.name).collect();
    assert_eq!(read, StepName::VARIANTS);
}

/// Whether an error and its causes together contain all of the words.
fn says(error: &Error, words: &[&str]) -> bool {
    let mut chain = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        chain.push_str(&next.to_string());
        cause = next.source();
    }
    words.iter().all(|word| chain.contains(word))
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn a_value_of_another_version_is_an_error_that_names_column_and_value(pool: PgPool) {
    sqlx::raw_sql(
        "insert into ingest_step (ingest_run_id, step_number, name) values (1, 1, 'fetch');
        insert into ingest_request (ingest_run_id, purpose, url) values (1, 'upcoming', 'x');
        insert into data_test_set values ('now', 'x', 'block'), ('now', 'y', 'warn');
        insert into data_test_summary (ingest_run_id, data_test_set_id, test_count, warned_count, blocked_count) values (1, 'now', 2, 0, 1);
        insert into data_test_result (ingest_run_id, test, severity, offending_count) values (1, 'x', 'block', 1);
        insert into ingest_plan (plan_position, task, due_at, request_count, reason) values (1, 'sweep', now(), 1, 'x');
        insert into schema_drift values ('2.3.0', 'normal', 'x', null, 'null', 'launch', 'new', true, 1, now(), now(), null, 1, 1);
        insert into raw_record_defect values ('2.3.0', 'name', 'cut', 1, now(), now(), null, 1);",
    )
    .execute(&pool)
    .await
    .unwrap();
    let db = Db::new(pool.clone(), Source::Live, 3600);
    let launch = Uuid::from_u128(1);
    db.pipeline(None).await.expect("all words are known");
    db.launch_detail(launch).await.expect("all words are known");
    for (table, column) in [
        ("ingest_run", "kind"),
        ("ingest_run", "trigger"),
        ("ingest_run", "source"),
        ("ingest_run", "state"),
        ("ingest_step", "name"),
        ("ingest_step", "state"),
        ("ingest_request", "purpose"),
        ("ingest_request", "outcome"),
        ("data_test_result", "severity"),
        ("data_test_set", "severity"),
        ("ingest_plan", "task"),
        ("schema_drift", "state"),
        ("raw_record_defect", "treatment"),
        ("fact_net_change", "kind"),
        ("fact_net_change", "direction"),
        ("fact_net_change", "precision_change"),
    ] {
        let forget = format!(
            "alter table {table} drop constraint if exists {table}_{column}_check;
            alter table {table} alter column {column} drop expression if exists;
            alter table {table} disable trigger user;
            create temporary table kept as select {column} from {table};
            update {table} set {column} = 'novel'"
        );
        let mut session = pool.acquire().await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(forget)).execute(&mut *session).await.unwrap();
        let read = if table == "fact_net_change" {
            db.launch_detail(launch).await.map(|_| ())
        } else {
            db.pipeline(Some(1)).await.map(|_| ())
        };
        let error = read.expect_err("the word is of another version");
        assert!(says(&error, &[column, "\"novel\""]), "{table}.{column}: {error:?}");
        let restore = format!("update {table} set {column} = (select {column} from kept limit 1); drop table kept");
        sqlx::raw_sql(AssertSqlSafe(restore)).execute(&mut *session).await.unwrap();
    }
}
