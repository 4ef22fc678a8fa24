use chrono::{DateTime, Utc};
use domain::{Granularity, NetSpan};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool};

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
        (go("2026-06-01T12:00:00Z"), go("2026-06-01T12:14:59Z"), Some(("trim", 899))),
        (go("2026-06-01T12:00:00Z"), go("2026-06-01T11:45:01Z"), Some(("trim", -899))),
        (go("2026-06-01T12:00:00Z"), go("2026-06-01T12:15:00Z"), Some(("slip", 900))),
        (go("2026-06-01T12:00:00Z"), go("2026-06-01T11:45:00Z"), Some(("pull_in", -900))),
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
        // From one period to a later one is a slip, however long they are. Without a precision nothing can be said.
        (tbd(7, "2026-06-30T00:00:00Z"), tbd(7, "2026-07-31T00:00:00Z"), Some(("slip", 30 * DAY))),
        (tbd(9, "2026-06-30T00:00:00Z"), tbd(10, "2026-09-30T00:00:00Z"), Some(("slip", 91 * DAY))),
        (tbd(14, "2026-12-31T00:00:00Z"), tbd(14, "2027-12-31T00:00:00Z"), Some(("slip", 365 * DAY))),
        ((2, None, "2026-06-30T00:00:00Z"), (2, None, "2026-12-31T00:00:00Z"), Some(("placeholder", 0))),
        ((2, None, "2026-06-30T00:00:00Z"), tbd(7, "2028-06-30T00:00:00Z"), Some(("placeholder", 0))),
        (tbd(14, "2026-12-31T00:00:00Z"), tbd(15, "2026-12-31T00:00:00Z"), Some(("trim", 0))),
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

/// Direction, precision change, whether the old date had passed, least and most seconds, slip, recycle.
type Axes = (String, String, bool, Option<i64>, Option<i64>, bool, bool);

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_move_is_measured_on_separate_axes(pool: PgPool) {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 3600;
    const DAY: i64 = 86_400;
    let (go, tbd) = ("1", "2");
    // What was announced before and after, when the change was observed, and the expected axes.
    #[rustfmt::skip]
    let cases = [
        // A scrub and another attempt on the next day, seen an hour after the old T-0; the same three days ahead is no recycle.
        ((go, "1", "2026-06-01T12:00:00Z"), (go, "1", "2026-06-02T11:30:00Z"), "2026-06-01T13:00:00Z",
            ("later", "same", true, Some(DAY - 30 * MINUTE), Some(DAY - 30 * MINUTE), true, true)),
        ((go, "1", "2026-06-01T12:00:00Z"), (go, "1", "2026-06-02T11:30:00Z"), "2026-05-29T12:00:00Z",
            ("later", "same", false, Some(DAY - 30 * MINUTE), Some(DAY - 30 * MINUTE), true, false)),
        ((go, "1", "2026-06-01T12:00:00Z"), (go, "1", "2026-06-03T12:00:01Z"), "2026-06-01T13:00:00Z",
            ("later", "same", true, Some(2 * DAY + 1), Some(2 * DAY + 1), true, false)),
        // A day that becomes a time of that day, and a time of the next day.
        ((tbd, "5", "2026-06-05T00:00:00Z"), (go, "1", "2026-06-05T14:00:00Z"), "2026-06-01T00:00:00Z",
            ("none", "finer", false, Some(-10 * HOUR + 1), Some(14 * HOUR + MINUTE - 1), false, false)),
        ((tbd, "5", "2026-06-05T00:00:00Z"), (go, "1", "2026-06-06T00:05:00Z"), "2026-06-04T12:00:00Z",
            ("later", "finer", false, Some(5 * MINUTE + 1), Some(DAY + 6 * MINUTE - 1), true, true)),
        // The second quarter to July: by a second at least, by all of four months at most.
        ((tbd, "9", "2026-06-30T00:00:00Z"), (tbd, "7", "2026-07-31T00:00:00Z"), "2026-05-01T00:00:00Z",
            ("later", "finer", false, Some(1), Some(122 * DAY - 1), true, false)),
        ((tbd, "8", "2026-03-31T00:00:00Z"), (tbd, "11", "2026-12-31T00:00:00Z"), "2026-03-01T00:00:00Z",
            ("later", "same", false, Some(183 * DAY + 1), Some(365 * DAY - 1), true, false)),
        // Vaguer before the old date: nothing is known to have moved. After it: the flight is later than now, at least.
        ((go, "1", "2026-06-03T10:00:00Z"), (tbd, "7", "2026-06-30T00:00:00Z"), "2026-06-02T00:00:00Z",
            ("none", "coarser", false, Some(-(2 * DAY + 10 * HOUR + MINUTE) + 1), Some(27 * DAY + 14 * HOUR - 1), false, false)),
        ((go, "1", "2026-06-03T10:00:00Z"), (tbd, "7", "2026-06-30T00:00:00Z"), "2026-06-05T10:01:00Z",
            ("later", "coarser", true, Some(2 * DAY + 1), Some(27 * DAY + 14 * HOUR - 1), true, false)),
        // It flew in the meantime: the old date says nothing about the T-0.
        ((go, "1", "2026-06-03T10:00:00Z"), ("3", "0", "2026-06-03T10:00:09Z"), "2026-06-05T00:00:00Z",
            ("later", "finer", true, Some(9), Some(9), false, false)),
        ((tbd, "7", "2026-05-31T00:00:00Z"), (tbd, "9", "2026-06-30T00:00:00Z"), "2026-06-10T00:00:00Z",
            ("later", "coarser", true, Some(9 * DAY + 1), Some(61 * DAY - 1), true, false)),
        // LL2's new date had passed as well when it was observed.
        ((go, "1", "2026-06-03T10:00:00Z"), (go, "1", "2026-06-03T10:40:00Z"), "2026-06-05T00:00:00Z",
            ("later", "same", true, Some(40 * MINUTE), Some(40 * MINUTE), true, true)),
        ((tbd, "7", "2026-06-30T00:00:00Z"), (go, "1", "2026-05-20T10:00:00Z"), "2026-05-01T00:00:00Z",
            ("earlier", "finer", false, Some(-(41 * DAY + 14 * HOUR) + 1), Some(-(11 * DAY + 13 * HOUR + 59 * MINUTE) - 1), false, false)),
        // Without a precision, or with one that is not known yet.
        ((tbd, "null", "2026-06-30T00:00:00Z"), (tbd, "7", "2028-06-30T00:00:00Z"), "2026-05-01T00:00:00Z",
            ("unknown", "finer", false, None, None, false, false)),
        ((go, "1", "2026-06-30T00:00:00Z"), (tbd, "40", "2028-06-30T00:00:00Z"), "2026-05-01T00:00:00Z",
            ("unknown", "coarser", false, None, None, false, false)),
        // After the flight nothing slips.
        (("6", "1", "2026-06-03T10:00:00Z"), ("6", "0", "2026-06-03T10:40:00Z"), "2026-06-03T11:00:00Z",
            ("later", "finer", true, Some(40 * MINUTE), Some(40 * MINUTE), false, false)),
        (("3", "0", "2026-06-03T10:00:00Z"), (tbd, "7", "2026-07-31T00:00:00Z"), "2026-06-05T00:00:00Z",
            ("later", "coarser", true, Some(27 * DAY + 14 * HOUR), Some(58 * DAY + 14 * HOUR - 1), false, false)),
    ];
    for (before, after, observed, (direction, precision_change, is_after, least, most, is_slip, is_recycle)) in cases {
        let found: Axes = sqlx::query_as(AssertSqlSafe(format!(
            "select
                direction, precision_change, is_after_old_date, shift_min_seconds, shift_max_seconds, is_slip, is_recycle
            from net_move('{}', {}, '{}', {}, {}, {}, '{observed}')",
            before.2, before.1, after.2, after.1, before.0, after.0
        )))
        .fetch_one(&pool)
        .await
        .unwrap();
        let expected = (direction.to_owned(), precision_change.to_owned(), is_after, least, most, is_slip, is_recycle);
        assert_eq!(found, expected, "{before:?} -> {after:?}, {observed}");
    }
}

/// Every pair of precisions, over three years of dates, before, at and after the old date.
#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn the_axes_agree_with_each_other_and_with_the_periods(pool: PgPool) {
    let contradictions: Vec<String> = sqlx::query_scalar(
        "with given as (
            select
                timestamptz '2026-01-01 00:00Z' + day_before * interval '37 days 7 hours' as before_at,
                nullif(precision_before, 17) as precision_before,
                timestamptz '2026-01-01 00:00Z' + day_after * interval '41 days 11 hours' as after_at,
                nullif(precision_after, 17) as precision_after,
                status_before,
                status_after,
                timestamptz '2026-01-01 00:00Z' + day_observed * interval '103 days 5 hours' as observed_at
            from generate_series(0, 17) as precision_before,
                generate_series(0, 17) as precision_after,
                generate_series(0, 10, 10) as day_before,
                generate_series(0, 20, 5) as day_after,
                generate_series(0, 8, 4) as day_observed,
                (values (1, 1), (1, 3), (6, 6), (6, 5), (3, 4)) as status (status_before, status_after)
        ), moved as (
            select
                given.*,
                net_span(before_at, precision_before) as old,
                net_span(after_at, precision_after) as new,
                move.*
            from given
            cross join lateral net_move(before_at, precision_before, after_at, precision_after, status_before, status_after, observed_at) as move
        )
        select format('%s: %s', broken, moved)
        from moved
        cross join lateral (values
            ('bounds in order', shift_min_seconds > shift_max_seconds),
            ('later means later', direction = 'later' and shift_min_seconds <= 0),
            ('earlier means earlier', direction = 'earlier' and shift_max_seconds >= 0),
            ('none means both', direction = 'none' and not (shift_min_seconds <= 0 and shift_max_seconds >= 0)),
            ('unknown has no bounds', (direction = 'unknown') <> (shift_min_seconds is null)),
            ('unknown without a precision', (direction = 'unknown') <> (precision_before is null or precision_after is null)),
            ('apart is not none', direction = 'none' and not old && new),
            ('together is later only after the old date', direction = 'later' and old && new and not is_after_old_date
                and not (precision_before <= 1 and precision_after <= 1)),
            ('one figure within the bounds', shift_seconds <> 0 and direction in ('later', 'earlier')
                and shift_seconds not between shift_min_seconds and shift_max_seconds),
            ('a slip is later', is_slip and (direction <> 'later' or shift_max_seconds < 900)),
            ('nothing slips after the flight', is_slip and (status_before = 3 or status_after in (3, 6))),
            ('a recycle is a slip', is_recycle and not is_slip),
            ('one word for a slip', is_slip <> (kind = 'slip'))
        ) as rule (broken, is_broken)
        where is_broken
        limit 5",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(contradictions, [""; 0]);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn precisions_are_ranked_as_the_domain_orders_them(pool: PgPool) {
    for one in 0..=16 {
        for other in 0..=16 {
            let (is_finer, is_same): (bool, bool) = sqlx::query_as(
                "select net_precision_rank($1) < net_precision_rank($2), net_precision_rank($1) = net_precision_rank($2)",
            )
            .bind(one)
            .bind(other)
            .fetch_one(&pool)
            .await
            .unwrap();
            let (one, other) = (Granularity::of(Some(one)), Granularity::of(Some(other)));
            assert!(!is_finer || one < other, "{one:?} {other:?}");
            assert!(is_finer || is_same || one > other, "{one:?} {other:?}");
        }
    }
    let unknown: (Option<i16>, Option<i16>) =
        sqlx::query_as("select net_precision_rank(null), net_precision_rank(17)").fetch_one(&pool).await.unwrap();
    assert_eq!(unknown, (None, None));
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

/// A launch that is given to another provider, and leaves the list.
#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_change_carries_the_provider_and_the_edit_time_of_then(pool: PgPool) {
    let given = |net: &str, provider: i64, edited: &str| {
        with(
            launch(1),
            &[
                ("/net", json!(net)),
                ("/launch_service_provider/id", json!(provider)),
                ("/launch_service_provider/name", json!(format!("Provider {provider}"))),
                ("/last_updated", json!(edited)),
            ],
        )
    };
    let first = given("2026-06-01T12:00:00Z", 100, "2025-12-31T00:00:00Z");
    let slipped = given("2026-06-02T12:00:00Z", 100, "2026-01-01T05:00:00Z");
    let sold = given("2026-06-02T12:00:00Z", 101, "2026-01-02T05:00:00Z");
    for (time, record) in [("2026-01-01T00:00", &first), ("2026-01-02T00:00", &slipped), ("2026-01-03T00:00", &sold)] {
        import(&pool, time, &list(std::slice::from_ref(record))).await.unwrap();
    }
    import(&pool, "2026-01-04T00:00", &list(&[launch(2)])).await.unwrap();
    let credited: Vec<(i32, String)> = sqlx::query_as(
        "select provider_id, to_char(last_updated_at at time zone 'UTC', 'DD HH24') from fact_net_change",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(credited, [(100, "01 05".to_owned())], "the slip was the old provider's");
    let edits: Vec<Option<String>> = sqlx::query_scalar(
        "select to_char(last_updated_at at time zone 'UTC', 'DD HH24')
        from fact_launch_revision
        where launch_id = $1::uuid
        order by revision_number",
    )
    .bind(id(1))
    .fetch_all(&pool)
    .await
    .unwrap();
    let expected = [Some("31 00"), Some("01 05"), Some("02 05"), None].map(|edit| edit.map(str::to_owned));
    assert_eq!(edits, expected, "no edit opened the revision of a launch that is missing from the list");
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
