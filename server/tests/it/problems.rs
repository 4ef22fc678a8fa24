use domain::{BoardQuery, DecisionQuery};

use crate::wire;

#[tokio::test]
async fn an_unknown_api_path_is_a_problem_with_the_whole_path() {
    let program = wire::start(&[]).await;
    let addr = program.addr;
    for path in [
        "/api",
        "/api/v1",
        "/api/v2",
        "/api/v2/x",
        "/api/nothing",
        "/api/v1/launches.xml",
        "/api/v1/launches/not-a-uuid",
        "/api/v1/launches/not-a-uuid.ics",
        "/api/v1/launches/00000000-0000-0000-0000-000000000000",
        "/api/v1/launches/00000000-0000-0000-0000-00000000000g",
        "/api/v1/launches/not-a-uuid/forecast",
        "/api/v1/launches/not-a-uuid/nothing",
        "/api/v1/launches/%C3%A9",
        "/api/v1/freshness/x",
    ] {
        for accept in ["text/html,*/*", "application/json", "*/*"] {
            let answer = wire::ask(addr, "GET", path, &[("Accept", accept)]).await;
            assert_eq!(answer.status, 404, "{path}");
            let problem = answer.problem();
            assert_eq!(problem["instance"], path);
            assert_eq!(problem["request_id"].as_str(), answer.header("x-request-id"), "{path}");
            assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
        }
    }
    let answer = wire::ask(addr, "POST", "/api/v1/launches", &[]).await;
    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET,HEAD")));
    answer.problem();
    program.stop().await;
}

#[tokio::test]
async fn an_error_never_quotes_more_than_200_characters() {
    let program = wire::start(&[]).await;
    let addr = program.addr;
    let plain = "Q".repeat(900);
    let encoded = "%E2%80%AE".repeat(300);
    for key in BoardQuery::KEYS.into_iter().chain(DecisionQuery::KEYS).chain(["since", "id"]) {
        for value in [&plain, &encoded] {
            for path in [
                "launches",
                "launches.csv",
                "launches.ics",
                "launches.atom",
                "decision",
                "launches/changed",
                "pipeline/runs",
            ] {
                let answer = wire::get(addr, &format!("/api/v1/{path}?{key}={value}")).await;
                assert!(answer.status < 500, "{path}?{key}: {}", answer.status);
                if answer.status >= 400 {
                    answer.problem();
                    let text = answer.text();
                    assert!(!text.contains(&"Q".repeat(201)), "{path}?{key}: {text}");
                    assert!(
                        text.matches('\u{202e}').count() + text.matches("202e").count() <= 200,
                        "{path}?{key}: {text}"
                    );
                }
            }
        }
        // As a key, and as an id.
        for path in [format!("/api/v1/launches?{plain}{key}=1"), format!("/api/v1/launches/{plain}{key}")] {
            let answer = wire::get(addr, &path).await;
            assert!(
                (400..500).contains(&answer.status) && !answer.text().contains(&"Q".repeat(201)),
                "{}",
                answer.text()
            );
        }
    }
    program.stop().await;
}

#[tokio::test]
async fn a_missing_resource_is_a_small_page_for_browsers_and_a_problem_for_programs() {
    let program = wire::start(&[]).await;
    let addr = program.addr;
    for path in [
        "/nowhere",
        "/pipeline/x",
        "/launches",
        "/providers/1/2",
        "/manifest.json",
        "/pkg/mooncoon.js",
        "/.env",
        "/wp-login.php",
    ] {
        let page = wire::ask(addr, "GET", path, &[("Accept", "text/html,*/*;q=0.8")]).await;
        assert_eq!((page.status, page.header("content-type")), (404, Some("text/html; charset=utf-8")), "{path}");
        assert!(page.text().contains("href=\"/\"") && !page.is_rendered() && page.body.len() < 2000, "{path}");
        assert!(!page.text().contains(path.trim_start_matches('/')), "nothing is repeated: {path}");
        let problem = wire::ask(addr, "GET", path, &[("Accept", "application/json")]).await.problem();
        assert_eq!((problem["status"].as_u64(), problem["instance"].as_str()), (Some(404), Some(path)));
    }
    program.stop().await;
}

#[tokio::test]
async fn a_date_out_of_range_is_refused_everywhere() {
    let program = wire::start(&[]).await;
    let addr = program.addr;
    let dates = [
        "-262143-01-01T00:00:00Z",
        "-262144-01-01T00:00:00Z",
        "%2B262142-12-31T23:59:59Z",
        "%2B294277-01-01T00:00:00Z",
        "-4713-01-01T00:00:00Z",
        "-4712-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00-23:59",
        "1899-12-31T23:59:59Z",
        "3000-01-01T00:00:01Z",
        "9999-12-31T23:59:60Z",
        "9999-12-31T23:59:59.999999999Z",
        "9999-12-31T23:59:59-23:59",
        "9999-12-31",
        "0000-00-00",
        "-0001-01-01",
        "%2B10000-01-01",
        "99999999999999999999-01-01",
        "2026-02-30",
        "2026-13-01T00:00:00Z",
        "NaN",
        "infinity",
        "-infinity",
        "epoch",
        "now",
    ];
    for date in dates {
        for path in [
            format!("/api/v1/launches?as_of={date}"),
            format!("/api/v1/launches?as_of={date}&past=true"),
            format!("/api/v1/launches.ics?as_of={date}"),
            format!("/api/v1/launches?from={date}"),
            format!("/api/v1/launches.csv?to={date}"),
            format!("/api/v1/decision?from={date}"),
            format!("/api/v1/decision?to={date}"),
            format!("/api/board?as_of={date}&past=true"),
            format!("/api/flown?as_of={date}"),
        ] {
            let answer = wire::get(addr, &path).await;
            assert_eq!(answer.status, 400, "{path}: {}", answer.text());
            answer.problem();
        }
        for path in [
            format!("/?as_of={date}"),
            format!("/?from={date}"),
            format!("/?month={date}"),
            format!("/choose?to={date}"),
        ] {
            assert_eq!(wire::get(addr, &path).await.status, 400, "{path}");
        }
    }
    for date in ["1900-01-01", "2999-12-31", "3000-01-01T00:00:00Z", "2026-03-01T12:00:00%2B05:30"] {
        let answer = wire::get(addr, &format!("/api/v1/launches?limit=1&as_of={date}")).await;
        assert_eq!(answer.status, 200, "{date}: {}", answer.text());
    }
    program.stop().await;
}
