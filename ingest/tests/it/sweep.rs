use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    num::NonZeroU32,
    path::PathBuf,
    time::Duration,
};

use ingest::{
    Error, Interruption, Outcome, RunOptions, RunReport, Source, Task, Trigger,
    ll2::{Client, ClientOptions},
};
use serde_json::json;
use simulator::{
    ApiVersion, Clock, Fault, FaultKind, InventedOptions, Options, Position, Running, Simulator, WorldSource,
};
use sqlx::PgPool;

use crate::fixture::{self, Files, at, count, id, launch, list, partial, published, status, with};

async fn serve(source: WorldSource, throttle: Option<u32>) -> Running {
    let clock = Clock::Fixed(at("2026-02-01T00:00"));
    let options = Options { source, throttle, clock, ..Options::default() };
    let address = "127.0.0.1:0".parse().expect("an address");
    Simulator::bind(address, options).await.expect("a free port").spawn()
}

async fn replay(files: &[PathBuf]) -> Running {
    serve(WorldSource::Replay(files.to_vec()), None).await
}

async fn invented(upcoming: usize) -> Running {
    let start = at("2026-02-01T00:00");
    serve(WorldSource::Invented(InventedOptions { upcoming, past: 10, start, ..InventedOptions::default() }), None)
        .await
}

fn client(base_url: String) -> Client {
    let options = ClientOptions {
        timeout: Duration::from_secs(5),
        backoff: Duration::from_millis(1),
        body_limit: 16 * 1024 * 1024,
        ..ClientOptions::new(base_url)
    };
    Client::new(options).expect("the simulator's base URL is a good one")
}

async fn run_with(pool: &PgPool, running: &Running, version: ApiVersion, budget: u32) -> Result<RunReport, Error> {
    let options = RunOptions {
        budget: NonZeroU32::new(budget).expect("a budget"),
        poll_interval: Duration::from_secs(3600),
        source: Source::Simulated,
    };
    ingest::run(pool, &client(running.base_url(version)), &options, Trigger::Command).await
}

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

async fn run(pool: &PgPool, running: &Running) -> Result<RunReport, Error> {
    run_with(pool, running, ApiVersion::V220, 1000).await
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
    let options = RunOptions {
        budget: NonZeroU32::new(1000).expect("a budget"),
        poll_interval: Duration::from_secs(3600),
        source: Source::Simulated,
    };
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
    let options = RunOptions {
        budget: NonZeroU32::new(1000).expect("a budget"),
        poll_interval: Duration::from_secs(3600),
        source: Source::Simulated,
    };
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

#[test]
fn a_base_url_that_cannot_be_ll2_is_rejected() {
    for bad in [
        "ll.thespacedevs.com/2.3.0",
        "ftp://ll.thespacedevs.com/2.3.0",
        "https://ll.thespacedevs.com/",
        "https://ll.thespacedevs.com/2.4.0",
        "https://user:word@ll.thespacedevs.com/2.3.0",
        "https://ll.thespacedevs.com/2.3.0?mode=list",
    ] {
        assert!(matches!(Client::new(ClientOptions::new(bad)), Err(Error::BaseUrl { .. })), "{bad}");
    }
    for good in
        ["https://ll.thespacedevs.com/2.3.0", "https://ll.thespacedevs.com/2.2.0/", "http://127.0.0.1:1/base/2.3.0"]
    {
        assert!(Client::new(ClientOptions::new(good)).is_ok(), "{good}");
    }
}

#[test]
fn a_token_does_not_appear_in_debug_output() {
    let token = Some(ingest::ll2::Secret::new("hunter2"));
    let client = Client::new(ClientOptions { token, ..ClientOptions::new("https://ll.example/2.3.0") }).unwrap();
    assert!(!format!("{client:?}").contains("hunter2"));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn pages_before_a_server_that_stops_answering_are_published_and_close_nothing(pool: PgPool) {
    let running = invented(350).await;
    let options = RunOptions {
        budget: NonZeroU32::new(1000).expect("a budget"),
        poll_interval: Duration::from_secs(3600),
        source: Source::Simulated,
    };
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
