use chrono::{DateTime, Utc};
use domain::{Granularity, NetSpan};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::fixture::{id, import, launch, list, status, with};

/// Status, precision and NET of a launch.
type State = (i64, Option<i64>, &'static str);

/// State before, state after, and the expected kind and shift in the ledger.
type Case = (State, State, Option<(&'static str, i64)>);

fn in_state(number: u32, (status_id, precision, net): State) -> Value {
    let net_precision =
        precision.map_or(Value::Null, |id| json!({"id": id, "name": format!("P{id}"), "abbrev": format!("P{id}")}));
    with(
        launch(number),
        &[
            ("/status", status(status_id)),
            ("/net_precision", net_precision),
            ("/net", json!(net)),
            ("/window_start", json!(net)),
            ("/window_end", json!(net)),
        ],
    )
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_change_is_classified_by_the_periods_before_and_after(pool: PgPool) {
    const DAY: i64 = 86_400;
    let go = |net| (1, Some(1), net);
    let tbd = |precision, net| (2, Some(precision), net);
    #[rustfmt::skip]
    let cases: Vec<Case> = vec![
        // Precise to precise.
        (go("2026-06-01T12:00:00Z"), go("2026-06-02T12:00:00Z"), Some(("slip", DAY))),
        (go("2026-06-01T12:00:00Z"), go("2026-05-31T12:00:00Z"), Some(("pull_in", -DAY))),
        (go("2026-06-01T12:00:00Z"), go("2026-06-01T12:01:59Z"), Some(("trim", 119))),
        (go("2026-06-01T12:00:00Z"), go("2026-06-01T11:58:01Z"), Some(("trim", -119))),
        (go("2026-06-01T12:00:00Z"), go("2026-06-01T12:02:00Z"), Some(("slip", 120))),
        (go("2026-06-01T12:00:00Z"), (1, Some(0), "2026-06-01T12:00:00Z"), Some(("firmed", 0))),
        ((1, Some(2), "2026-06-01T12:00:00Z"), go("2026-06-01T12:40:00Z"), Some(("firmed", 2400))),
        (go("2026-06-01T12:40:00Z"), (1, Some(2), "2026-06-01T12:00:00Z"), Some(("loosened", -2400))),
        // Vague to precise: an earlier instant within the period is not a pull-in (rule 11).
        (tbd(8, "2026-03-31T00:00:00Z"), go("2026-02-14T00:50:00Z"), Some(("firmed", 0))),
        (tbd(7, "2026-06-30T00:00:00Z"), go("2026-06-03T10:00:00Z"), Some(("firmed", 0))),
        (tbd(7, "2026-06-30T00:00:00Z"), go("2026-07-01T00:00:00Z"), Some(("slip", 1))),
        (tbd(5, "2026-06-05T00:00:00Z"), go("2026-06-07T14:00:00Z"), Some(("slip", DAY + 14 * 3600 + 1))),
        (tbd(10, "2026-09-30T00:00:00Z"), go("2026-06-30T23:00:00Z"), Some(("pull_in", -(3600 - 60 + 1)))),
        (go("2026-06-03T10:00:00Z"), tbd(7, "2026-06-30T00:00:00Z"), Some(("loosened", 0))),
        (go("2026-06-03T10:00:00Z"), tbd(11, "2026-12-31T00:00:00Z"), Some(("slip", 120 * DAY - 10 * 3600 - 59))),
        // Month to month is a slip; changes between vaguer dates are placeholders.
        (tbd(7, "2026-06-30T00:00:00Z"), tbd(7, "2026-07-31T00:00:00Z"), Some(("slip", 30 * DAY))),
        (tbd(9, "2026-06-30T00:00:00Z"), tbd(10, "2026-09-30T00:00:00Z"), Some(("placeholder", 91 * DAY))),
        (tbd(14, "2026-12-31T00:00:00Z"), tbd(14, "2027-12-31T00:00:00Z"), Some(("placeholder", 365 * DAY))),
        ((2, None, "2026-06-30T00:00:00Z"), (2, None, "2026-12-31T00:00:00Z"), Some(("placeholder", 0))),
        (tbd(14, "2026-12-31T00:00:00Z"), tbd(10, "2026-09-30T00:00:00Z"), Some(("firmed", 0))),
        (tbd(10, "2026-09-30T00:00:00Z"), tbd(14, "2026-12-31T00:00:00Z"), Some(("loosened", 0))),
        (tbd(5, "2026-06-05T00:00:00Z"), tbd(5, "2026-06-05T06:00:00Z"), Some(("trim", 0))),
        // In flight and after the flight.
        (go("2026-06-01T12:00:00Z"), (3, Some(0), "2026-06-01T12:34:56Z"), Some(("actual", 2096))),
        (go("2026-06-01T12:00:00Z"), (6, Some(0), "2026-06-01T12:03:00Z"), Some(("actual", 180))),
        ((6, Some(1), "2026-06-01T12:00:00Z"), (3, Some(0), "2026-06-01T12:00:09Z"), Some(("actual", 9))),
        ((6, Some(1), "2026-06-01T12:00:00Z"), (6, Some(0), "2026-06-01T12:05:00Z"), Some(("trim", 300))),
        ((6, Some(1), "2026-06-01T12:00:00Z"), (9, Some(0), "2026-06-01T12:05:00Z"), Some(("trim", 300))),
        // A lift-off that is taken back did not happen.
        ((6, Some(1), "2026-06-01T12:00:00Z"), (5, Some(1), "2026-06-02T12:00:00Z"), Some(("slip", DAY))),
        ((6, Some(1), "2026-06-02T12:00:00Z"), (8, Some(1), "2026-06-01T12:00:00Z"), Some(("pull_in", -DAY))),
        ((6, Some(0), "2026-06-01T12:00:00Z"), tbd(7, "2026-06-30T00:00:00Z"), Some(("loosened", 0))),
        ((3, Some(0), "2026-06-01T12:00:00Z"), (3, Some(0), "2026-06-01T12:00:03Z"), Some(("trim", 3))),
        ((4, Some(0), "2026-06-01T12:00:00Z"), (3, Some(0), "2026-06-01T12:00:03Z"), Some(("trim", 3))),
        // No change of NET or precision means no entry, whatever else changes.
        (go("2026-06-01T12:00:00Z"), (8, Some(1), "2026-06-01T12:00:00Z"), None),
    ];
    let side = |pick: fn(&Case) -> State| -> Vec<Value> {
        (1..).zip(&cases).map(|(number, case)| in_state(number, pick(case))).collect()
    };
    import(&pool, "2026-01-01T00:00", &list(&side(|case| case.0))).await.unwrap();
    import(&pool, "2026-01-01T01:00", &list(&side(|case| case.1))).await.unwrap();

    for (number, (before, after, expected)) in (1..).zip(&cases) {
        let found: Option<(String, i64, bool)> = sqlx::query_as(
            "select kind, shift_seconds, was_observed_live from fact_net_change where launch_id = $1::uuid",
        )
        .bind(id(number))
        .fetch_optional(&pool)
        .await
        .unwrap();
        let found = found.as_ref().map(|(kind, shift, live)| {
            assert!(live, "an hour is within two polling intervals of an hour");
            (kind.as_str(), *shift)
        });
        assert_eq!(found, *expected, "{before:?} -> {after:?}");
    }
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn the_ledger_distinguishes_caught_up_from_live_changes_and_is_counted(pool: PgPool) {
    let nets = ["2026-06-01T12:00:00Z", "2026-06-03T12:00:00Z", "2026-06-01T12:00:00Z", "2026-06-04T12:00:00Z"];
    let times = ["2026-01-01T00:00", "2026-01-01T02:00", "2026-01-01T04:01", "2026-01-09T00:00"];
    for (time, net) in times.into_iter().zip(nets) {
        import(&pool, time, &list(&[in_state(1, (1, Some(1), net))])).await.unwrap();
    }
    let ledger: Vec<(String, bool)> =
        sqlx::query_as("select kind, was_observed_live from fact_net_change order by observed_at")
            .fetch_all(&pool)
            .await
            .unwrap();
    let expected = [("slip", true), ("pull_in", false), ("slip", false)];
    assert_eq!(ledger, expected.map(|(kind, live)| (kind.to_owned(), live)));
    let counts: (i32, i32) =
        sqlx::query_as("select net_change_count, slip_count from fact_launch").fetch_one(&pool).await.unwrap();
    assert_eq!(counts, (3, 2));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn spans_in_sql_equal_those_of_the_domain(pool: PgPool) {
    let nets: Vec<DateTime<Utc>> = [
        "2026-03-31T00:00:00Z",
        "2026-06-30T00:00:00Z",
        "2026-10-01T00:00:00Z",
        "2026-09-30T23:59:59Z",
        "2026-12-31T23:59:59Z",
        "2027-01-01T00:00:00Z",
        "2028-02-29T12:34:56Z",
        "2029-12-31T00:00:00Z",
        "2030-01-01T00:00:00Z",
        "1957-10-04T19:28:34Z",
    ]
    .into_iter()
    .map(|net| net.parse().unwrap())
    .collect();
    // Spans are in UTC, whatever the session's time zone: Lord Howe Island shifts by half an hour.
    let mut connection = pool.acquire().await.unwrap();
    sqlx::query("set time zone 'Australia/Lord_Howe'").execute(&mut *connection).await.unwrap();
    for net in nets {
        for precision in (0..=17).map(Some).chain([None]) {
            let (start, end): (DateTime<Utc>, DateTime<Utc>) =
                sqlx::query_as("select lower(net_span($1, $2)), upper(net_span($1, $2))")
                    .bind(net)
                    .bind(precision)
                    .fetch_one(&mut *connection)
                    .await
                    .unwrap();
            let span = NetSpan::new(net, Granularity::of(precision));
            assert_eq!((start, end), (span.start, span.end), "{net} at precision {precision:?}");
        }
    }
}
