//! Runs that LL2 interrupts, by errors, 429s or silence, and those that the budget or another process ends.

use std::time::Duration;

use ingest::{
    Error, Interruption, Outcome, Task, Trigger,
    ll2::{Client, ClientOptions},
};
use simulator::{ApiVersion, Fault, FaultKind, Position};
use sqlx::PgPool;

use super::{client, invented, options, replay, run, run_with};
use crate::fixture::{self, Files, count, launch, list, published};

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_broken_response_fails_the_run_and_keeps_the_published_data(pool: PgPool) {
    let running = invented(150).await;
    run(&pool, &running).await.unwrap();
    let before = published(&pool).await;
    let faults = [
        FaultKind::Html,
        FaultKind::Truncated,
        FaultKind::InvalidUtf8,
        FaultKind::Forbidden,
        FaultKind::Redirect,
        FaultKind::ForeignNext,
        FaultKind::HugeBody,
        FaultKind::GzipBomb,
        FaultKind::ServerError(503),
        FaultKind::WrongLength,
        FaultKind::ChunkAbort,
        FaultKind::Reset,
    ];
    for kind in faults {
        running.set_faults(vec![Fault::always(kind)]);
        let asked_before = fixture::asked(&running).len();
        let error = run(&pool, &running).await.expect_err("the fault is total");
        assert!(error.chain().contains("/2.2.0/launch/upcoming/"), "{kind:?}: {}", error.chain());
        assert_eq!(published(&pool).await, before, "{kind:?}");
        let asked = fixture::asked(&running).len() - asked_before;
        let transient = matches!(
            kind,
            FaultKind::ServerError(_) | FaultKind::WrongLength | FaultKind::ChunkAbort | FaultKind::Reset
        );
        assert_eq!(asked, if transient { 3 } else { 1 }, "{kind:?}");
    }
    assert_eq!(
        count(&pool, "select count(*) from ingest_run where state = 'failed' and error is not null").await,
        faults.len() as i64
    );
    assert_eq!(
        count(&pool, "select count(*) from ingest_request where outcome = 'sent'").await,
        0,
        "every request has an outcome"
    );
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_temporary_server_error_is_retried(pool: PgPool) {
    let running = invented(50).await;
    running.set_faults(vec![Fault::at(FaultKind::ServerError(502), 1), Fault::at(FaultKind::ChunkAbort, 2)]);
    let report = run(&pool, &running).await.unwrap();
    assert!(report.is_complete);
    assert_eq!(count(&pool, "select count(*) from ingest_request where outcome = 'failed'").await, 2);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_429_is_obeyed_across_runs(pool: PgPool) {
    let running = invented(50).await;
    let faults = [
        (FaultKind::Throttled(7200), 7200),
        (FaultKind::ThrottledDay, 86_400),
        (FaultKind::ThrottledDate, 3600),
        (FaultKind::ThrottledGarbage, 625),
        (FaultKind::ThrottledNegative, 1),
        (FaultKind::ThrottledNone, 625),
        (FaultKind::ThrottledZero, 0),
    ];
    for (kind, seconds) in faults {
        running.set_faults(vec![Fault::always(kind)]);
        let asked = fixture::asked(&running).len();
        let error = run(&pool, &running).await.unwrap_err();
        let Error::Deferred { wait, .. } = &error else { panic!("{kind:?}: {error}") };
        let slack =
            if matches!(kind, FaultKind::ThrottledDate | FaultKind::ThrottledNegative) { 10_000_000 } else { 0 };
        assert!(wait.as_secs().abs_diff(seconds) <= slack, "{kind:?}: {wait:?}");
        assert_eq!(fixture::asked(&running).len(), asked + 1, "{kind:?}");
        if seconds > 600 {
            running.set_faults(Vec::new());
            let again = run(&pool, &running).await.unwrap_err();
            assert!(matches!(again, Error::Deferred { .. }), "{kind:?}");
            assert_eq!(fixture::asked(&running).len(), asked + 1, "nothing is sent before the pause ends");
        }
        sqlx::query("delete from ingest_request").execute(&pool).await.unwrap();
    }
    assert_eq!(count(&pool, "select count(*) from ingest_run where deferred_until is null").await, 0);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn the_budget_is_kept_and_an_interrupted_sweep_closes_nothing(pool: PgPool) {
    let running = invented(350).await;
    let report = run_with(&pool, &running, ApiVersion::V220, 6).await.unwrap();
    assert!(report.is_complete);
    let before = count(&pool, "select count(*) from fact_launch where is_upcoming").await;
    let spent = fixture::asked(&running).len();
    assert!((4..6).contains(&spent), "{spent}");

    let report = run_with(&pool, &running, ApiVersion::V220, 6).await.unwrap();
    assert!(!report.is_complete && report.interruption.is_some());
    assert_eq!(fixture::asked(&running).len(), 6);
    assert_eq!(count(&pool, "select count(*) from fact_launch where is_upcoming").await, before);

    let error = run_with(&pool, &running, ApiVersion::V220, 6).await.unwrap_err();
    assert!(matches!(error, Error::Deferred { wait, .. } if wait <= Duration::from_secs(3610)), "{error}");
    assert_eq!(fixture::asked(&running).len(), 6);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn pages_before_a_server_that_stops_answering_are_published_and_close_nothing(pool: PgPool) {
    let running = invented(350).await;
    let options = options(1000);
    let sweep = async |attempts: u8| {
        let client = ClientOptions {
            timeout: Duration::from_secs(2),
            backoff: Duration::from_millis(1),
            attempts,
            ..ClientOptions::new(running.base_url(ApiVersion::V220))
        };
        ingest::run(&pool, &Client::new(client).expect("a good base URL"), &options, Trigger::Command).await
    };
    // The slow body ends by the timeout of the client.
    let kinds = [
        (FaultKind::ServerError(503), 3),
        (FaultKind::Reset, 3),
        (FaultKind::ChunkAbort, 2),
        (FaultKind::WrongLength, 1),
        (FaultKind::Drip(1), 1),
    ];
    for (position, (kind, attempts)) in kinds.into_iter().enumerate() {
        running.set_faults(vec![Fault { kind, at: Position::From(3) }]);
        let asked = fixture::asked(&running).len();
        let report = sweep(attempts).await.unwrap();
        assert!(!report.is_complete && report.counts.launches_closed == 0, "{kind:?}");
        assert_eq!((report.counts.pages, report.counts.launches_seen), (2, 200), "{kind:?}");
        assert!(
            matches!(&report.interruption, Some(Interruption::Failure { reason }) if reason.contains("/upcoming/")),
            "{kind:?}: {:?}",
            report.interruption
        );
        assert_eq!(fixture::asked(&running).len(), asked + 2 + usize::from(attempts), "{kind:?}");
        if position == 0 {
            assert_eq!(count(&pool, "select count(*) from fact_launch").await, 200);
        }
        assert_eq!(
            count(
                &pool,
                "select count(*) from ingest_run
                where ingest_run_id = (select max(ingest_run_id) from ingest_run)
                    and state = 'succeeded' and is_resumable and not is_complete
                    and error like 'stopped early: no usable response from %' and deferred_until is null"
            )
            .await,
            1,
            "{kind:?}"
        );

        // Without another page the run fails, so that the next one waits.
        running.set_faults(vec![Fault::always(kind)]);
        let before = published(&pool).await;
        let error = sweep(attempts).await.unwrap_err();
        assert!(matches!(error, Error::Fetch { .. }), "{kind:?}: {error}");
        assert_eq!(published(&pool).await, before, "{kind:?}");

        running.set_faults(Vec::new());
        let asked = fixture::asked(&running).len();
        let report = sweep(attempts).await.unwrap();
        assert!(report.is_complete && report.interruption.is_none(), "{kind:?}");
        assert_eq!(
            report.counts.pages,
            fixture::asked(&running).len() - asked + 2,
            "two pages were not requested again"
        );
    }
    assert_eq!(count(&pool, "select count(*) from fact_launch where not is_upcoming").await, 0);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_failed_follow_up_does_not_prevent_publication_of_the_list(pool: PgPool) {
    let files = Files::new();
    let first = replay(&[files.write("upcoming1.json", &list(&[launch(1), launch(2)]))]).await;
    run(&pool, &first).await.unwrap();
    let second = replay(&[files.write("upcoming2.json", &list(&[launch(1)]))]).await;
    second.set_faults(vec![Fault::at(FaultKind::Html, 2)]);
    let report = run(&pool, &second).await.unwrap();
    assert_eq!((report.is_complete, report.counts.launches_closed), (true, 1));
    assert_eq!(count(&pool, "select count(*) from fact_launch where not is_upcoming and deleted_at is null").await, 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn follow_ups_end_when_ll2_stops_answering(pool: PgPool) {
    let files = Files::new();
    let everything: Vec<_> = (1..=6).map(launch).collect();
    let first = replay(&[files.write("upcoming1.json", &list(&everything))]).await;
    run(&pool, &first).await.unwrap();
    // One of five fails at each attempt; the others are asked.
    let second = replay(&[files.write("upcoming2.json", &list(&everything[..1]))]).await;
    let attempts = (2..=4).map(|number| Fault::at(FaultKind::Reset, number)).collect();
    second.set_faults(attempts);
    let report = run(&pool, &second).await.unwrap();
    assert_eq!((report.is_complete, report.interruption), (true, None));
    assert_eq!(fixture::asked(&second).len(), 1 + 3 + 4);

    // None answers: the list is published, and two launches are enough to see it.
    run(&pool, &first).await.unwrap();
    let third = replay(&[files.write("upcoming3.json", &list(&everything[..1]))]).await;
    third.set_faults(vec![Fault { kind: FaultKind::ServerError(503), at: Position::From(2) }]);
    let report = run(&pool, &third).await.unwrap();
    assert!(report.is_complete && matches!(report.interruption, Some(Interruption::Failure { .. })), "{report:?}");
    assert_eq!((report.counts.launches_closed, fixture::asked(&third).len()), (5, 1 + 3 + 3));

    // A run of follow-ups without any response fails, so that the next one waits.
    sqlx::query("update fact_launch set first_seen_at = now() - interval '4 days', last_seen_at = now() - interval '3 days', left_upcoming_at = now() - interval '2 days' where not is_upcoming")
        .execute(&pool)
        .await
        .unwrap();
    sqlx::query("delete from ingest_request").execute(&pool).await.unwrap();
    let options = options(1000);
    let client = client(third.base_url(ApiVersion::V220));
    let error = ingest::perform(&pool, &client, &options, Trigger::Command, Task::FollowUp).await.unwrap_err();
    assert!(matches!(error, Error::Fetch { .. }), "{error}");
    assert_eq!(fixture::asked(&third).len(), 1 + 6 + 6);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_second_run_is_busy_and_an_abandoned_one_is_closed(pool: PgPool) {
    let running = invented(20).await;
    sqlx::query("insert into ingest_run (kind, trigger, source, base_url, api_version) values ('sweep', 'start', 'live', 'x', '2.3.0')")
        .execute(&pool)
        .await
        .unwrap();
    let (one, two) = tokio::join!(run(&pool, &running), run(&pool, &running));
    let outcomes = [one.unwrap().outcome, two.unwrap().outcome];
    assert!(outcomes.contains(&Outcome::Published), "{outcomes:?}");
    // The other run was busy or came later; in both cases the lock is free again.
    assert_eq!(run(&pool, &running).await.unwrap().outcome, Outcome::Published);
    assert_eq!(
        count(&pool, "select count(*) from ingest_run where state = 'failed' and error = 'the program ended'").await,
        1
    );
    assert_eq!(count(&pool, "select count(*) from ingest_run where state = 'running'").await, 0);
}
