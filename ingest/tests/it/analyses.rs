//! The questions of analysts in `analyses/`: each is answered on an invented world of two months, and the answers agree
//! with counts that do not use the views they read.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use chrono::TimeDelta;
use ingest::{Task, lineage::access};
use serde_json::{Value, json};
use simulator::ApiVersion;
use sqlx::{AssertSqlSafe, PgPool};

use crate::{
    fixture::{at, count, import, launch, list, partial, status, with},
    stage::Stage,
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../analyses");

/// Returns the SQL of each question by file name, without its extension.
fn questions() -> BTreeMap<String, String> {
    fs::read_dir(FOLDER)
        .expect("the folder is part of the workspace")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
        .map(|path| (stem(&path), fs::read_to_string(&path).expect("it is text")))
        .collect()
}

fn stem(path: &Path) -> String {
    path.file_stem().and_then(|name| name.to_str()).expect("its name is text").to_owned()
}

/// Follows an invented world for a month, so that changes, attempts and outcomes are observed.
async fn watched(pool: &PgPool) {
    let stage = Stage::new(pool.clone(), at("2026-02-01T06:00"), 40, 40).await;
    stage.perform(ApiVersion::V230, Task::Backfill).await.expect("the simulator answers");
    for _ in 0..24 {
        stage.perform(ApiVersion::V230, Task::Sweep).await.expect("the simulator answers");
        stage.advance(TimeDelta::hours(24)).await;
        stage.perform(ApiVersion::V230, Task::FollowUp).await.expect("the simulator answers");
    }
    // What the invented world lacks.
    let equipped = with(
        launch(1),
        &[
            ("/response_mode", json!("detailed")),
            ("/status", status(3)),
            ("/net", json!("2026-03-01T12:00:00Z")),
            (
                "/mission/agencies",
                json!([
                    {"id": 110, "name": "Made-up Agency", "country": [{"alpha_3_code": "NZL"}]},
                    {"id": 111, "name": "Another", "country": [{"alpha_3_code": "FRA"}, {"alpha_3_code": "ITA"}]}
                ]),
            ),
            (
                "/rocket/launcher_stage",
                json!([{
                    "type": "Core", "reused": true, "launcher_flight_number": 2, "previous_flight_date": "2026-02-01T12:00:00Z",
                    "launcher": {"serial_number": "M1"}
                }]),
            ),
            (
                "/rocket/spacecraft_stage",
                json!([{
                    "id": 7, "destination": "Lunar orbit", "mission_end": "2026-03-04T00:00:00Z",
                    "spacecraft": {
                        "id": 71, "name": "Made-up Capsule", "spacecraft_config": {"id": 8, "name": "Made-up Model"}
                    },
                    "landing": {"id": 9, "attempt": true, "success": true, "landing_location": {"id": 18, "name": "Pacific Ocean"}},
                    "launch_crew": [{
                        "role": {"role": "Pilot"},
                        "astronaut": {
                            "id": 9, "name": "A. Raccoon",
                            "nationality": [{"alpha_3_code": "NZL"}, {"alpha_3_code": "FRA"}, {"alpha_3_code": "XXX"}]
                        }
                    }]
                }]),
            ),
            (
                "/rocket/payloads",
                json!([{"id": 1, "destination": "Lunar surface", "amount": 2, "payload": {"id": 5, "name": "Rover", "mass": 84.5}}]),
            ),
        ],
    );
    import(pool, "2026-03-05T00:00", &partial(&[equipped])).await.expect("the record is whole");
}

/// Returns the rows of a question as JSON objects.
async fn answer(pool: &PgPool, name: &str) -> Vec<Value> {
    let sql = &questions()[name];
    sqlx::query_scalar(AssertSqlSafe(format!("select to_jsonb(answer) from ({sql}) as answer")))
        .fetch_all(pool)
        .await
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Returns the sum of a column over the rows.
fn sum(rows: &[Value], column: &str) -> f64 {
    rows.iter().map(|row| row[column].as_f64().unwrap_or_else(|| panic!("{column} of {row}"))).sum()
}

/// The lineage ends in exposures: these questions are one.
#[test]
fn the_exposure_names_the_tables_that_the_questions_read() {
    let questions = questions();
    let read: BTreeSet<&str> = questions.values().flat_map(|sql| access(sql).reads).collect();
    let exposure =
        domain::route::exposures().iter().find(|one| one.name == "Questions of analysts").expect("it is listed");
    assert_eq!(exposure.reads.iter().copied().collect::<BTreeSet<_>>(), read);
}

#[test]
fn each_question_is_short_and_starts_with_itself() {
    let questions = questions();
    let numbers: Vec<&str> = questions.keys().map(|name| &name[..2]).collect();
    let expected: Vec<String> = (1..=questions.len()).map(|number| format!("{number:02}")).collect();
    assert_eq!(numbers, expected, "numbered without gaps");
    for (name, sql) in &questions {
        let first = sql.lines().next().unwrap_or_default();
        assert!(first.starts_with("-- ") && first.contains('?'), "{name} starts with {first}");
        assert!(sql.lines().count() < 15, "{name} has {} lines", sql.lines().count());
    }
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn every_question_is_answered_and_agrees_with_plain_counts(pool: PgPool) {
    watched(&pool).await;
    let mut answers = BTreeMap::new();
    for name in questions().into_keys() {
        let rows = answer(&pool, &name).await;
        answers.insert(name, rows);
    }
    let unanswered: Vec<_> = answers.iter().filter(|(_, rows)| rows.is_empty()).map(|(name, _)| name).collect();
    assert!(unanswered.is_empty(), "no answer: {unanswered:?}");
    let total = |name: &str, column: &str| sum(&answers[name], column);
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let plain = async |sql: &'static str| count(&pool, sql).await as f64;

    let slips = plain("select count(*) from fact_net_change where kind = 'slip'").await;
    assert!(slips > 5.0, "{slips} slips");
    assert_eq!(total("09_slips_by_provider", "slip_count"), slips);
    assert_eq!(plain("select sum(slip_count) from fact_launch").await, slips, "one answer, not three");
    let upcoming = "select count(*) from fact_launch
        where is_upcoming and deleted_at is null and not has_left_pad(status_id) and net_precision_id is not null";
    let spread = total("12_upcoming_per_month", "spread_launch_count");
    assert!((spread - plain(upcoming).await).abs() < 0.05, "{spread}");
    let final_count = plain("select count(*) from fact_launch where status_id in (3, 4, 7)").await;
    assert_eq!(total("08_country_by_month", "flight_count"), final_count);
    assert_eq!(total("15_success_by_manufacturer", "flight_count"), final_count);
    let observed = "select count(*) from fact_launch
        where status_id in (3, 4, 7) and first_seen_at < net_at and net_precision_id <= 2";
    assert_eq!(total("07_outcome_lag", "flight_count"), plain(observed).await);
    let newest = answers["06_board_as_of_a_day"].last().expect("days");
    assert!(newest["upcoming_count"].as_f64() >= newest["go_count"].as_f64());
    assert_eq!(sum(&answers["19_payload_mass"], "mass_kg"), 169.0);
    assert_eq!(sum(&answers["05_booster_turnaround"], "median_days"), 28.0);
    assert_eq!(
        total("23_country_of_customers", "shared_launch_count"),
        1.0,
        "shared by three countries of two agencies"
    );
    assert_eq!(total("04_mission_agency", "shared_launch_count"), 1.0, "a mission of two agencies is one launch");
    let with_program = plain("select count(distinct launch_id) from launch_program").await;
    assert!((total("17_launches_per_program", "shared_launch_count") - with_program).abs() < 0.2);
    let attempts = plain("select count(*) from fact_launch_attempt where result <> 'pending'").await;
    assert_eq!(total("11_scrubs_by_provider", "attempt_count"), attempts);
    let flown = "select count(*) from fact_launch where first_seen_at < net_at and status_id in (3, 4, 6, 7, 9) and net_precision_id <= 1";
    assert_eq!(plain("select count(*) from fact_launch_attempt where is_flown").await, plain(flown).await);
}

/// Five observations of one launch, and a flight that nobody watched.
#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn attempts_and_milestones_follow_from_what_was_observed(pool: PgPool) {
    let at_t_zero = |net: &str, status_id: i64, probability: Value| {
        with(
            launch(1),
            &[
                ("/net", net.into()),
                ("/window_start", net.into()),
                ("/window_end", format!("{}T14:00:00Z", &net[..10]).into()),
                ("/status", status(status_id)),
                ("/probability", probability),
            ],
        )
    };
    let month = with(
        launch(1),
        &[
            ("/net", "2026-05-31T00:00:00Z".into()),
            ("/net_precision", serde_json::json!({"id": 7, "name": "Month", "abbrev": "M"})),
            ("/status", status(2)),
        ],
    );
    let unseen = with(launch(2), &[("/status", status(3)), ("/net", "2026-01-01T00:00:00Z".into())]);
    for (time, record) in [
        ("2026-05-01T00:00", month),
        ("2026-06-01T00:00", at_t_zero("2026-06-03T10:00:00Z", 8, Value::Null)),
        ("2026-06-02T00:00", at_t_zero("2026-06-03T10:00:00Z", 1, 40.into())),
        // Held within the window, scrubbed, and flown on the next day.
        ("2026-06-03T10:20", at_t_zero("2026-06-03T11:00:00Z", 1, 30.into())),
        ("2026-06-03T12:00", at_t_zero("2026-06-04T10:00:00Z", 1, 90.into())),
        ("2026-06-04T09:00", at_t_zero("2026-06-04T10:05:00Z", 1, 85.into())),
        ("2026-06-04T10:30", at_t_zero("2026-06-04T10:05:09Z", 3, Value::Null)),
    ] {
        import(&pool, time, &list(&[record, unseen.clone()])).await.unwrap();
    }
    /// Number, T-0, result, probability in per cent, seconds to the next one.
    type Attempt = (i64, String, String, Option<i16>, Option<i64>);
    let attempts: Vec<Attempt> = sqlx::query_as(
        "select attempt_number, to_char(t_zero_at at time zone 'UTC', 'DD HH24:MI:SS'), result, probability_percent, recycle_seconds
        from fact_launch_attempt order by launch_id, attempt_number",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let expected = [
        (1, "03 10:00:00".to_owned(), "held".to_owned(), Some(40), Some(3600)),
        (2, "03 11:00:00".to_owned(), "scrubbed".to_owned(), Some(30), Some(23 * 3600 + 309)),
        (3, "04 10:05:09".to_owned(), "flown".to_owned(), Some(85), None),
    ];
    assert_eq!(attempts, expected, "the launch that was first seen after its flight has none");

    let milestones: Vec<String> = sqlx::query_scalar(
        "select concat_ws(' ', is_backfilled, announced_date, to_be_confirmed_date, go_date, flown_date, outcome_date, go_to_flight_days,
            displacement_min_seconds, displacement_max_seconds)
        from fact_launch_milestone order by launch_id",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    // From the end of May to 4 June, 10:05:09, and from its beginning to the end of that minute.
    let (least, most) = (3 * 86_400 + 10 * 3600 + 309 + 1, 34 * 86_400 + 10 * 3600 + 309 + 59);
    let watched = format!("f 2026-05-01 2026-06-01 2026-06-02 2026-06-04 2026-06-04 2.420 {least} {most}");
    assert_eq!(milestones, [watched, "t 2026-01-01".to_owned()]);
}
