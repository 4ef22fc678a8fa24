//! Which launches a list closes: those that are missing from a complete one, unless the list itself is doubtful.

use ingest::ReplayScope;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::{
    fixture::{Files, count, import, import_files, launch, list, partial, status, with},
    replay,
};

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn only_a_complete_list_closes_missing_launches(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &list(&[launch(1), launch(2), launch(3)])).await.unwrap();
    let report = import(&pool, "2026-01-02T00:00", &partial(&[launch(1)])).await.unwrap();
    assert_eq!((report.is_complete, report.counts.launches_closed), (false, 0));
    let report = import(&pool, "2026-01-02T00:30", &json!([launch(1)])).await.unwrap();
    assert_eq!((report.is_complete, report.counts.launches_closed), (false, 0), "a bare array has no count");
    assert_eq!(count(&pool, "select count(*) from fact_launch where is_upcoming").await, 3);

    let report = import(&pool, "2026-01-02T01:00", &list(&[launch(1), launch(2)])).await.unwrap();
    assert_eq!((report.is_complete, report.counts.launches_closed), (true, 1));
    assert_eq!(
        count(
            &pool,
            "select count(*) from fact_launch where not is_upcoming and left_upcoming_at = '2026-01-02T01:00Z'"
        )
        .await,
        1
    );
    assert_eq!(
        count(&pool, "select count(*) from fact_launch_revision where not is_upcoming and valid_to is null").await,
        1
    );

    // The launch is listed again.
    import(&pool, "2026-01-02T02:00", &list(&[launch(1), launch(2), launch(3)])).await.unwrap();
    assert_eq!(
        count(&pool, "select count(*) from fact_launch where is_upcoming and left_upcoming_at is null").await,
        3
    );
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn launches_that_vanish_in_numbers_are_closed_by_the_next_complete_list(pool: PgPool) {
    let all: Vec<Value> = (1..=40).map(launch).collect();
    import(&pool, "2026-01-01T00:00", &list(&all)).await.unwrap();
    let report = import(&pool, "2026-01-01T01:00", &list(&all[..28])).await.unwrap();
    assert_eq!(report.counts.launches_closed, 0);
    assert_eq!(count(&pool, "select count(*) from fact_launch where is_upcoming and missed_at is not null").await, 12);

    // Six of them return: their absence was an error.
    let report = import(&pool, "2026-01-01T02:00", &list(&all[..34])).await.unwrap();
    assert_eq!(report.counts.launches_closed, 6);
    assert_eq!(count(&pool, "select count(*) from fact_launch where is_upcoming and missed_at is null").await, 34);
}

/// Imports a complete list of the launches with these numbers; returns how many left the list.
async fn sweep(pool: &PgPool, observed_at: &str, numbers: impl IntoIterator<Item = u32>) -> u64 {
    let launches: Vec<Value> = numbers.into_iter().map(launch).collect();
    let report = import(pool, observed_at, &list(&launches)).await.expect("the list is published");
    assert!(report.is_complete);
    report.counts.launches_closed
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn lists_that_shrink_one_after_another_cannot_close_half_of_the_board(pool: PgPool) {
    let listed = "select count(*) from fact_launch where is_upcoming";
    assert_eq!(sweep(&pool, "2026-01-01T00:00", 1..=100).await, 0);
    assert_eq!(sweep(&pool, "2026-01-01T01:00", 1..=55).await, 0);
    // More than half of the list before, and less than half of the longest of the week.
    let thirty: Vec<Value> = (1..=30).map(launch).collect();
    let error = import(&pool, "2026-01-01T02:00", &list(&thirty)).await.unwrap_err();
    assert!(error.to_string().contains("assert_upcoming_does_not_collapse"), "{error}");
    // The same faulty response again confirms nothing within a day, and neither does a shorter one.
    assert_eq!(sweep(&pool, "2026-01-01T02:30", 1..=55).await, 0);
    assert_eq!(sweep(&pool, "2026-01-01T23:00", 1..=51).await, 0);
    assert_eq!(count(&pool, listed).await, 100);
    assert_eq!(count(&pool, "select count(*) from fact_launch where missed_at = '2026-01-01T01:00Z'").await, 45);

    // Launches that return start again.
    assert_eq!(sweep(&pool, "2026-01-02T00:30", 1..=100).await, 0);
    assert_eq!(count(&pool, "select count(*) from fact_launch where missed_at is null").await, 100);
    assert_eq!(sweep(&pool, "2026-01-02T01:30", 1..=55).await, 0);

    // A list that stays short for a day is believed, but no shorter one before the week has passed.
    assert_eq!(sweep(&pool, "2026-01-03T01:00", 1..=55).await, 0);
    assert_eq!(sweep(&pool, "2026-01-03T01:30", 1..=54).await, 45, "all but 55, which is missing only now");
    assert_eq!(count(&pool, listed).await, 55);
    assert!(import(&pool, "2026-01-08T23:00", &list(&thirty)).await.is_err());
    assert_eq!(
        sweep(&pool, "2026-01-09T01:00", 1..=30).await,
        1,
        "55 has been missing for days, and the others only now"
    );
    assert_eq!(sweep(&pool, "2026-01-10T01:00", 1..=30).await, 24);
    assert_eq!(count(&pool, listed).await, 30);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn launches_that_vanish_in_small_steps_within_a_day_are_doubted_too(pool: PgPool) {
    sweep(&pool, "2026-01-01T00:00", 1..=100).await;
    assert_eq!(sweep(&pool, "2026-01-01T01:00", 1..=92).await, 8);
    assert_eq!(sweep(&pool, "2026-01-01T02:00", 1..=85).await, 0);
    assert_eq!(sweep(&pool, "2026-01-01T03:00", 1..=78).await, 0);
    // The eight are out of the day, and fourteen are still too many.
    assert_eq!(sweep(&pool, "2026-01-02T01:30", 1..=78).await, 0);
    assert_eq!(sweep(&pool, "2026-01-02T02:00", 1..=78).await, 7);
    assert_eq!(sweep(&pool, "2026-01-02T03:00", 1..=78).await, 7);
    assert_eq!(count(&pool, "select count(*) from fact_launch where is_upcoming").await, 78);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_list_that_declines_slowly_is_followed(pool: PgPool) {
    for day in 0..25 {
        let closed = sweep(&pool, &format!("2026-01-{:02}T00:00", day + 1), 1..=100 - 3 * day).await;
        assert_eq!(closed, if day == 0 { 0 } else { 3 }, "day {day}");
    }
    assert_eq!(count(&pool, "select count(*) from fact_launch where is_upcoming").await, 28);
    assert_eq!(count(&pool, "select count(*) from fact_launch where missed_at is not null").await, 0);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_list_is_compared_with_lists_and_not_with_the_past_launches_imported_with_them(pool: PgPool) {
    let files = Files::new();
    let listed: Vec<Value> = (1..=20).map(launch).collect();
    let flown: Vec<Value> = (100..160).map(|number| with(launch(number), &[("/status", status(3))])).collect();
    let lists = vec![files.write("upcoming.json", &list(&listed)), files.write("previous.json", &json!(flown))];
    let report = import_files(&pool, "2026-01-01T00:00", lists).await.unwrap();
    assert_eq!((report.is_complete, report.counts.launches_seen), (true, 80));
    assert_eq!(sweep(&pool, "2026-01-01T01:00", 1..=20).await, 0);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn launches_with_an_outcome_may_leave_in_any_number(pool: PgPool) {
    let flown = |number| with(launch(number), &[("/status", status(3))]);
    let all: Vec<Value> = (1..=60).map(|number| if number > 44 { flown(number) } else { launch(number) }).collect();
    import(&pool, "2026-01-01T00:00", &list(&all)).await.unwrap();
    // With them eleven without an outcome: those are doubted, and the sixteen are not.
    assert_eq!(sweep(&pool, "2026-01-01T01:00", 1..=33).await, 16);
    assert_eq!(count(&pool, "select count(*) from fact_launch where missed_at is not null").await, 11);
    // One without an outcome is not doubted because sixteen others leave with it.
    import(&pool, "2026-01-03T00:00", &list(&all)).await.unwrap();
    assert_eq!(sweep(&pool, "2026-01-03T01:00", 1..=43).await, 17);
}

/// Returns, for each launch, when it left the list and when its outcome was observed, as hours of the day.
async fn observed(pool: &PgPool) -> Vec<(String, Option<String>, Option<String>)> {
    sqlx::query_as(
        "select
            right(launch_id::text, 1), to_char(left_upcoming_at at time zone 'UTC', 'DD HH24:MI'),
            to_char(outcome_seen_at at time zone 'UTC', 'DD HH24:MI')
        from fact_launch order by 1",
    )
    .fetch_all(pool)
    .await
    .expect("the columns are there")
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn what_had_happened_before_a_launch_was_first_seen_has_no_time(pool: PgPool) {
    let files = Files::new();
    let past = async |observed_at: &str, launches: &[Value]| {
        let file = files.write("previous.json", &json!(launches));
        import_files(&pool, observed_at, vec![file]).await.expect("the list is published")
    };
    let flown = |number, status_id| {
        with(launch(number), &[("/net", json!("2025-12-01T12:00:00Z")), ("/status", status(status_id))])
    };
    // 1 has its outcome when it is first seen, 2 is in flight, 3 is upcoming, and 4 in the list of upcoming launches with its
    // outcome.
    past("2026-01-01T00:00", &[flown(1, 3), flown(2, 6)]).await;
    import(&pool, "2026-01-01T01:00", &list(&[launch(3), with(launch(4), &[("/status", status(3))])])).await.unwrap();
    let none = |number: &str| (number.to_owned(), None, None);
    assert_eq!(observed(&pool).await, ["1", "2", "3", "4"].map(none));

    // A correction of the outcome is not when it became known.
    past("2026-01-02T00:00", &[flown(1, 4), flown(2, 3)]).await;
    let report = import(&pool, "2026-01-02T01:00", &list(&[])).await;
    assert!(report.is_err(), "an empty list is not believed");
    import(&pool, "2026-01-02T02:00", &list(&[launch(5)])).await.unwrap();
    let at = |number: &str, left: Option<&str>, outcome: Option<&str>| {
        (number.to_owned(), left.map(str::to_owned), outcome.map(str::to_owned))
    };
    let expected = [
        at("1", None, None),
        at("2", None, Some("02 00:00")),
        at("3", Some("02 02:00"), None),
        at("4", Some("02 02:00"), None),
        none("5"),
    ];
    assert_eq!(observed(&pool).await, expected);

    // LL2 lists a past launch again, and withdraws an outcome.
    import(&pool, "2026-01-03T00:00", &list(&[launch(1), launch(5)])).await.unwrap();
    assert_eq!(observed(&pool).await[0], none("1"));
    import(&pool, "2026-01-03T01:00", &list(&[launch(5)])).await.unwrap();
    past("2026-01-03T02:00", &[flown(1, 3)]).await;
    assert_eq!(observed(&pool).await[0], at("1", Some("03 01:00"), Some("03 02:00")));

    // Of two observations of one instant the later one holds.
    import(&pool, "2026-01-04T00:00", &json!([launch(6), launch(7)])).await.unwrap();
    past("2026-01-04T00:00", &[flown(6, 3), with(launch(7), &[("/status", status(3))])]).await;
    assert_eq!(observed(&pool).await[5..], ["6", "7"].map(none));
    let hash = replay::hash(&pool).await;
    replay::replay(&pool, ReplayScope::Everything).await.unwrap();
    assert_eq!(replay::hash(&pool).await, hash);
}
