//! Reading the list of upcoming launches: pages, what is missing from it, and when it is believed.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
};

use ingest::{Error, Trigger};
use serde_json::json;
use simulator::{ApiVersion, Fault, FaultKind};
use sqlx::PgPool;

use super::{client, invented, options, replay, run, run_with};
use crate::fixture::{self, Files, count, id, launch, list, partial, published, status, with};

/// Starts a server with an endless list: every page contains another launch and leads to another page. It ends with the
/// test process.
fn endless(announced: u64) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("http://{}/2.2.0", listener.local_addr().expect("an address"));
    let next = format!("{base}/launch/upcoming/?offset=");
    std::thread::spawn(move || {
        for (number, connection) in (1..).zip(listener.incoming()) {
            let mut connection = connection.expect("a connection");
            let asked = BufReader::new(&connection).lines().map(|line| line.expect("a line"));
            asked.take_while(|line| !line.is_empty()).for_each(drop);
            let page = json!({"count": announced, "next": format!("{next}{number}"), "previous": null, "results": [launch(number)]});
            let body = page.to_string();
            let head =
                "HTTP/1.1 200 OK\r\nx-mooncoon-simulated: 1\r\nconnection: close\r\ncontent-type: application/json";
            write!(connection, "{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).expect("the client reads");
        }
    });
    base
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn pages_are_followed_until_next_is_null_in_both_versions(pool: PgPool) {
    let running = invented(250).await;
    for version in [ApiVersion::V220, ApiVersion::V230] {
        let report = run_with(&pool, &running, version, 1000).await.unwrap();
        assert!(report.is_complete);
        assert_eq!(report.counts.quarantined, 0);
        let announced =
            count(&pool, "select announced_count::bigint from ingest_run order by ingest_run_id desc limit 1").await;
        assert_eq!(count(&pool, "select count(*) from fact_launch where is_upcoming").await, announced);
        assert_eq!(report.counts.launches_seen as i64, announced);
        assert!(report.counts.pages >= 3);
    }
    assert!(
        fixture::asked(&running)
            .iter()
            .all(|request| request.path.contains("ordering=id") && request.path.contains("limit=100"))
    );
    assert_eq!(
        count(&pool, "select count(*) from ingest_run where source = 'simulated'").await,
        2,
        "by the response header"
    );
    assert_eq!(count(&pool, "select count(*) from ingest_request").await, running.requests().len() as i64);
    let before = published(&pool).await;
    let report = run_with(&pool, &running, ApiVersion::V230, 1000).await.unwrap();
    assert_eq!(report.counts.launches_changed, 0);
    assert_eq!(published(&pool).await, before);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn unusual_but_readable_responses_are_read(pool: PgPool) {
    let running = invented(50).await;
    for kind in [FaultKind::ByteOrderMark, FaultKind::Nul, FaultKind::Drip(2_000_000)] {
        running.set_faults(vec![Fault::always(kind)]);
        let report = run(&pool, &running).await.unwrap();
        assert!(report.is_complete, "{kind:?}");
    }
    // One record is such that serde_json rejects it as it is.
    for kind in [FaultKind::Deep, FaultKind::Overflow, FaultKind::DuplicateKeys] {
        running.set_faults(vec![Fault::always(kind)]);
        let report = run(&pool, &running).await.unwrap();
        assert!(report.counts.quarantined == 0 && report.is_complete, "{kind:?}: {:?}", report.counts);
    }
    assert!(count(&pool, "select count(*) from fact_launch where is_upcoming").await >= 50);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_empty_page_closes_nothing_and_a_repeated_one_ends_the_run(pool: PgPool) {
    let running = invented(150).await;
    run(&pool, &running).await.unwrap();
    let before = published(&pool).await;
    running.set_faults(vec![Fault::always(FaultKind::EmptyPage)]);
    let error = run(&pool, &running).await.unwrap_err();
    assert!(error.to_string().contains("contains no launches"), "{error}");
    running.set_faults(vec![Fault::always(FaultKind::RepeatedPage)]);
    let report = run(&pool, &running).await;
    // 150 launches are two pages: the second one repeats the first and is the last.
    assert!(report.is_ok_and(|report| !report.is_complete));
    assert_eq!(published(&pool).await, before);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_endless_list_publishes_nothing_and_is_reported_as_too_long(pool: PgPool) {
    let options = options(1000);
    // A list that announces too many launches is refused at its first page.
    for announced in [1_000_000, u64::MAX, 10_001] {
        let error = ingest::run(&pool, &client(endless(announced)), &options, Trigger::Command).await.unwrap_err();
        assert!(matches!(error, Error::Announced { count, most: 10_000 } if count == announced), "{error}");
    }
    assert_eq!(count(&pool, "select count(*) from ingest_request").await, 3);
    // A list that does not is refused after its hundredth page.
    let error = ingest::run(&pool, &client(endless(10_000)), &options, Trigger::Command).await.unwrap_err();
    assert!(matches!(error, Error::TooLong { pages: 100 }), "{error}");
    assert_eq!(count(&pool, "select count(*) from fact_launch").await, 0);
    assert_eq!(count(&pool, "select count(*) from ingest_request").await, 103);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_recorded_partial_list_closes_nothing(pool: PgPool) {
    let files = Files::new();
    let whole = replay(&[files.write("upcoming1.json", &list(&[launch(1), launch(2), launch(3)]))]).await;
    run(&pool, &whole).await.unwrap();
    let cut = replay(&[files.write("upcoming2.json", &partial(&[launch(1)]))]).await;
    let report = run(&pool, &cut).await.unwrap();
    assert!(!report.is_complete && report.interruption.is_some(), "the recording ends with a 429");
    assert_eq!(count(&pool, "select count(*) from fact_launch where is_upcoming").await, 3);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn launches_that_left_the_list_are_requested_and_closed_with_their_outcome(pool: PgPool) {
    let past = |number, net: &str| {
        with(launch(number), &[("/net", json!(net)), ("/window_start", json!(net)), ("/window_end", json!(net))])
    };
    let long_ago = "2020-01-01T00:00:00Z";
    let files = Files::new();
    let flying = with(past(2, long_ago), &[("/status", status(6))]);
    let known = with(past(4, long_ago), &[("/status", status(3))]);
    let everything = [launch(1), flying, past(3, long_ago), known, past(5, "2090-01-01T00:00:00Z")];
    let first = replay(&[files.write("upcoming1.json", &list(&everything))]).await;
    run(&pool, &first).await.unwrap();

    // 2 has an outcome now, 3 is gone, 4 already had its outcome, 5 was lost between two pages: its date is in the
    // future.
    let second = replay(&[
        files.write("upcoming2.json", &list(&[launch(1)])),
        files
            .write("two.json", &with(past(2, long_ago), &[("/status", status(4)), ("/failreason", json!("It fell."))])),
        files.write("previous5.json", &json!([past(5, "2090-01-01T00:00:00Z")])),
    ])
    .await;
    let report = run(&pool, &second).await.unwrap();
    assert_eq!(report.counts.launches_closed, 3);
    let asked: Vec<String> = fixture::asked(&second).into_iter().map(|request| request.path).collect();
    let asked_for = |number: u32| asked.iter().any(|path| path.contains(&id(number)));
    assert_eq!([2, 3, 4, 5].map(asked_for), [true, true, false, true]);

    let state = async |number: u32| -> (bool, i32, bool, bool) {
        sqlx::query_as(
            "select is_upcoming, status_id, outcome_seen_at is not null, deleted_at is not null from fact_launch where launch_id = $1::uuid",
        )
        .bind(id(number))
        .fetch_one(&pool)
        .await
        .unwrap()
    };
    assert_eq!(state(2).await, (false, 4, true, false));
    assert_eq!(state(3).await, (false, 1, false, true));
    assert_eq!(state(4).await, (false, 3, false, false), "it had its outcome when it was first seen");
    assert_eq!(state(5).await, (true, 1, false, false));
    assert_eq!(
        count(&pool, "select count(*) from fact_launch_revision where is_deleted and valid_to is null").await,
        1
    );

    // It is missing from two complete lists, so it has left.
    run(&pool, &second).await.unwrap();
    assert!(!state(5).await.0);
    // Only 5 is still due, and only after some time.
    let asked = fixture::asked(&second).len();
    run(&pool, &second).await.unwrap();
    assert!(fixture::asked(&second).len() <= asked + 2);

    // A deleted launch can return.
    run(&pool, &first).await.unwrap();
    assert_eq!(state(3).await, (true, 1, false, false));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_launch_whose_record_became_unusable_is_not_missing(pool: PgPool) {
    let files = Files::new();
    let first = replay(&[files.write("upcoming1.json", &list(&[launch(1), launch(2)]))]).await;
    run(&pool, &first).await.unwrap();
    // Without a name the record is unusable, but LL2 lists the launch.
    let corrupted = with(launch(2), &[("/name", json!(" "))]);
    let second = replay(&[files.write("upcoming2.json", &list(&[launch(1), corrupted]))]).await;
    let report = run(&pool, &second).await.unwrap();
    assert_eq!((report.is_complete, report.counts.quarantined, report.counts.launches_closed), (true, 1, 0));
    assert_eq!(count(&pool, "select count(*) from fact_launch where is_upcoming").await, 2);
    assert_eq!(fixture::asked(&second).len(), 1, "there is nothing to follow up");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_doubtful_list_does_not_close_launches_that_ll2_still_calls_upcoming(pool: PgPool) {
    let files = Files::new();
    let ahead = |number| {
        let net = json!("2090-01-01T00:00:00Z");
        with(launch(number), &[("/net", net.clone()), ("/window_start", net.clone()), ("/window_end", net)])
    };
    let everything: Vec<_> = (1..=30).map(ahead).collect();
    let whole = replay(&[files.write("upcoming1.json", &list(&everything))]).await;
    run(&pool, &whole).await.unwrap();
    let listed = "select count(*) from fact_launch where is_upcoming";
    assert_eq!(count(&pool, listed).await, 30);

    // Eight are missing: six of them are requested by id, and LL2 still has them; the others leave.
    let short = replay(&[
        files.write("upcoming2.json", &list(&everything[..22])),
        files.write("previous2.json", &json!(everything[22..])),
    ])
    .await;
    assert_eq!(run(&pool, &short).await.unwrap().counts.launches_closed, 2);
    assert_eq!(count(&pool, "select count(*) from fact_launch where is_upcoming and missed_at is not null").await, 6);

    // With three more, eleven have vanished within the day: the list is doubtful, and its second sweep confirms nothing.
    let shorter = replay(&[
        files.write("upcoming3.json", &list(&everything[..19])),
        files.write("previous3.json", &json!(everything[19..])),
    ])
    .await;
    for _ in 0..3 {
        assert_eq!(run(&pool, &shorter).await.unwrap().counts.launches_closed, 0);
    }
    assert_eq!(count(&pool, listed).await, 28);
    assert_eq!(count(&pool, "select count(*) from fact_launch where is_upcoming and missed_at is not null").await, 9);

    // Without the three, the next complete list confirms it.
    assert_eq!(run(&pool, &short).await.unwrap().counts.launches_closed, 6);
    assert_eq!(count(&pool, listed).await, 22);
}
