//! The lists other than the board: changes of a launch, providers, rockets, pads.

use serde_json::Value;

use crate::{exports::with_launches, wire};

#[tokio::test]
async fn every_provider_rocket_and_pad_of_the_board_is_listed_once() {
    let program = with_launches(&[]).await;
    let addr = program.addr;
    let launches = wire::get(addr, "/api/v1/launches?past=true&limit=1000").await.json();
    let launches = launches["results"].as_array().expect("a list");
    for (list, key) in [("providers", "provider"), ("rockets", "rocket"), ("pads", "pad")] {
        let expected: std::collections::BTreeSet<i64> =
            launches.iter().filter_map(|launch| launch[key]["id"].as_i64()).collect();
        let (mut ids, mut names) = (Vec::new(), Vec::new());
        let mut next = Some(format!("/api/v1/{list}?limit=3"));
        while let Some(path) = next {
            let page = wire::get(addr, &path).await;
            assert_eq!((page.status, page.header("access-control-allow-origin")), (200, Some("*")), "{path}");
            let page = page.json();
            assert_eq!(
                (page["count"].as_u64(), page["source"].as_str()),
                (Some(expected.len() as u64), Some("simulated"))
            );
            for entry in page["results"].as_array().expect("a list") {
                let id = entry["id"].as_i64().expect("an id");
                let of_it = launches.iter().filter(|launch| launch[key]["id"] == id);
                let held = &entry["held"];
                let outcomes = ["succeeded", "partly_failed", "failed", "unsettled", "ahead"];
                let counted: i64 = outcomes.iter().filter_map(|outcome| held[outcome].as_i64()).sum();
                assert_eq!(counted, of_it.count() as i64, "{list} {id}: {held}");
                ids.push(id);
                names.push(entry["name"].as_str().expect("a name").to_lowercase());
            }
            next = page["next"].as_str().map(str::to_owned);
        }
        assert!(ids.len() > 3, "{list}: more than one page");
        ids.sort_unstable();
        assert_eq!(ids, expected.into_iter().collect::<Vec<_>>(), "{list}");
        let beyond = wire::get(addr, &format!("/api/v1/{list}?offset=100000")).await.json();
        assert_eq!(
            (beyond["results"].as_array().map(Vec::len), beyond["count"].as_u64()),
            (Some(0), Some(ids.len() as u64))
        );
        assert_eq!(beyond["next"], Value::Null);
    }
    program.stop().await;
}

#[tokio::test]
async fn the_changes_of_a_launch_match_its_record() {
    let program = with_launches(&[]).await;
    let addr = program.addr;
    let list = wire::get(addr, "/api/v1/launches?limit=1").await.json();
    let id = list["results"][0]["id"].as_str().expect("there is a launch").to_owned();
    let record = wire::get(addr, &format!("/api/v1/launches/{id}")).await.json();
    let answer = wire::get(addr, &format!("/api/v1/launches/{id}/changes")).await;
    let changes = answer.json();
    assert_eq!(changes["results"], record["changes"]);
    assert_eq!(changes["count"].as_u64(), record["changes"].as_array().map(|changes| changes.len() as u64));
    for path in ["00000000-0000-0000-0000-000000000000", "not-a-uuid", "7"] {
        let answer = wire::get(addr, &format!("/api/v1/launches/{path}/changes")).await;
        assert_eq!(answer.status, 404, "{path}");
        answer.problem();
    }
    program.stop().await;
}

#[tokio::test]
async fn the_lists_support_etags_and_name_a_bad_key() {
    let program = wire::start(&[]).await;
    let addr = program.addr;
    let list = wire::get(addr, "/api/v1/launches?limit=1").await.json();
    let id = list["results"][0]["id"].as_str().expect("there is a launch").to_owned();
    for path in [format!("launches/{id}/changes"), "providers".to_owned(), "rockets".to_owned(), "pads".to_owned()] {
        let path = format!("/api/v1/{path}");
        let first = wire::get(addr, &path).await;
        let tag = first.header("etag").expect("a tag").to_owned();
        assert_eq!(first.header("cache-control"), Some("no-cache"), "{path}");
        let again = wire::ask(addr, "GET", &path, &[("If-None-Match", &tag)]).await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        for (query, key) in [("limit=0", "limit"), ("limit=501", "limit"), ("offset=-1", "offset"), ("q=x", "q")] {
            let answer = wire::get(addr, &format!("{path}?{query}")).await;
            assert_eq!(answer.status, 400, "{path}?{query}");
            assert_eq!(answer.problem()["key"], key, "{path}?{query}");
        }
        let shared = wire::get(addr, &format!("{path}?limit=2&fbclid=canary")).await;
        assert!(shared.status == 200 && !shared.text().contains("canary"), "{path}");
        let answer = wire::ask(addr, "POST", &path, &[]).await;
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET,HEAD")), "{path}");
    }
    program.stop().await;
}
