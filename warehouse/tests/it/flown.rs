//! Past launches, counted by rocket and by pad.

use domain::{FlownRecord, Gaps, PadTurnaround, RocketFlights, Source};
use warehouse::{Db, PgPool};

async fn record(pool: &PgPool, as_of: Option<&str>) -> FlownRecord {
    let as_of = as_of.map(|at| at.parse().expect("an instant"));
    Db::new(pool.clone(), Source::Live, 3600).flown_record(as_of).await.expect("reads")
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("flown"))]
async fn only_flights_with_an_outcome_count_for_a_rocket(pool: PgPool) {
    let record = record(&pool, None).await;
    // Of rocket 201, one launch is in flight, one is upcoming and one is deleted.
    let expected = [
        RocketFlights { rocket_id: 201, succeeded: 3, partly: 1, failed: 1 },
        RocketFlights { rocket_id: 202, succeeded: 1, partly: 0, failed: 1 },
    ];
    assert_eq!(record.rockets, expected);
    assert_eq!(record.as_of.map(|at| at.to_rfc3339()).as_deref(), Some("2026-03-23T08:46:00+00:00"));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("flown"))]
async fn a_gap_lies_between_two_known_days_with_nothing_unknown_between(pool: PgPool) {
    let record = record(&pool, None).await;
    // 1 to 2 January, 2 to 12 January, 1 to 4 May; not 12 January to 1 May: an unknown day of March is between them.
    let gaps = Gaps { count: 3, shortest: 1.0, lower_quartile: 2.0, median: 3.0, upper_quartile: 6.5, longest: 10.0 };
    let expected = [
        PadTurnaround { pad_id: 401, flown: 6, undated: 1, gaps: Some(gaps) },
        PadTurnaround { pad_id: 402, flown: 2, undated: 1, gaps: None },
    ];
    assert_eq!(record.pads, expected);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("flown"))]
async fn a_record_at_a_past_time_contains_only_what_was_known_then(pool: PgPool) {
    let before = record(&pool, Some("2026-03-05T00:00:00Z")).await;
    // Launch 6 was still upcoming, launch 8 not yet deleted.
    assert_eq!(before.rockets[0], RocketFlights { rocket_id: 201, succeeded: 3, partly: 1, failed: 1 });
    let gaps = before.pads[0].gaps.expect("gaps");
    assert_eq!((gaps.count, gaps.median), (3, 5.0), "1 to 6 May in place of 1 to 4 May");
    assert_eq!(before.as_of.map(|at| at.to_rfc3339()).as_deref(), Some("2026-03-01T08:46:00+00:00"));

    let now = record(&pool, Some("2026-03-23T09:00:00Z")).await;
    assert_eq!(now, record(&pool, None).await, "revisions and facts agree");
    let nothing = record(&pool, Some("2026-02-01T00:00:00Z")).await;
    assert_eq!(nothing, FlownRecord { rockets: Vec::new(), pads: Vec::new(), as_of: None });
}
