use std::collections::HashSet;

use axum::http::StatusCode;
use chrono::{SecondsFormat, TimeDelta};
use serde_json::Value;

use crate::client::{crawl, get, small_world};

fn ids(launches: &[Value]) -> Vec<&str> {
    launches.iter().map(|launch| launch["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn pages_cover_every_launch_once_in_both_versions() {
    let (router, _) = small_world(1);
    for path in ["/2.2.0/launch/?limit=37", "/2.3.0/launches/?limit=37&mode=list&ordering=-last_updated"] {
        let count = get(&router, path).await.json()["count"].as_u64().unwrap();
        let launches = crawl(&router, path).await;
        assert_eq!(launches.len() as u64, count);
        assert_eq!(ids(&launches).into_iter().collect::<HashSet<_>>().len() as u64, count);
        assert!(count >= 420, "{count}");
    }
}

#[tokio::test]
async fn links_are_absolute_sorted_and_clamped() {
    let (router, _) = small_world(1);
    let first = get(&router, "/2.3.0/launches/upcoming/?ordering=net&limit=500&mode=list").await.json();
    assert_eq!(first["results"].as_array().unwrap().len(), 100);
    assert_eq!(first["next"], "http://ll2.test/2.3.0/launches/upcoming/?limit=100&mode=list&offset=100&ordering=net");
    assert_eq!(first["previous"], Value::Null);
    let second = get(&router, "/2.3.0/launches/upcoming/?limit=100&offset=100").await.json();
    assert_eq!(second["next"], Value::Null);
    assert_eq!(second["previous"], "http://ll2.test/2.3.0/launches/upcoming/?limit=100");
}

#[tokio::test]
async fn the_default_page_has_ten_launches() {
    let (router, _) = small_world(1);
    for path in ["/2.2.0/launch/", "/2.2.0/launch/?limit=-3&offset=x", "/2.2.0/launch/?colour=red"] {
        assert_eq!(get(&router, path).await.json()["results"].as_array().unwrap().len(), 10, "{path}");
    }
}

#[tokio::test]
async fn upcoming_is_sorted_by_net_and_previous_in_reverse() {
    let (router, _) = small_world(2);
    let nets = |launches: Vec<Value>| -> Vec<String> {
        launches.iter().map(|launch| launch["net"].as_str().unwrap().to_owned()).collect()
    };
    assert!(nets(crawl(&router, "/2.3.0/launches/upcoming/?limit=100").await).is_sorted());
    assert!(nets(crawl(&router, "/2.3.0/launches/previous/?limit=100").await).is_sorted_by(|a, b| a >= b));
}

#[tokio::test]
async fn launches_with_equal_nets_are_not_in_order_of_id() {
    let (router, _) = small_world(2);
    let launches = crawl(&router, "/2.3.0/launches/upcoming/?limit=100&ordering=net").await;
    let again = crawl(&router, "/2.3.0/launches/upcoming/?limit=100&ordering=net").await;
    assert_eq!(ids(&launches), ids(&again));
    let tied: Vec<Value> = launches.iter().filter(|launch| launch["net"] == "2026-12-31T00:00:00Z").cloned().collect();
    assert!(tied.len() > 5, "a year's placeholder is shared by many, got {}", tied.len());
    assert!(!ids(&tied).is_sorted());
    let total = crawl(&router, "/2.3.0/launches/upcoming/?limit=100&ordering=net,id").await;
    let tied: Vec<Value> = total.into_iter().filter(|launch| launch["net"] == "2026-12-31T00:00:00Z").collect();
    assert!(ids(&tied).is_sorted());
}

#[tokio::test]
async fn filters_return_only_matching_launches() {
    let (router, _) = small_world(3);
    let all = crawl(&router, "/2.3.0/launches/?limit=100").await;
    let matching = |keep: &dyn Fn(&Value) -> bool| all.iter().filter(|launch| keep(launch)).count();
    let net = |launch: &Value| launch["net"].as_str().unwrap().to_owned();
    let updated = |launch: &Value| launch["last_updated"].as_str().unwrap().to_owned();
    let edge = net(&all[300]);
    let two = format!("{},{}", all[3]["id"].as_str().unwrap(), all[9]["id"].as_str().unwrap());
    let cases = [
        (format!("net__gte={edge}"), matching(&|launch| net(launch) >= edge)),
        (format!("net__gt={edge}"), matching(&|launch| net(launch) > edge)),
        (format!("net__lte={edge}"), matching(&|launch| net(launch) <= edge)),
        (format!("net__lt={edge}"), matching(&|launch| net(launch) < edge)),
        ("last_updated__gte=2026-05-01".to_owned(), matching(&|launch| updated(launch).as_str() >= "2026-05-01")),
        ("last_updated__lte=2026-05-01".to_owned(), matching(&|launch| updated(launch).as_str() < "2026-05-01")),
        (format!("id={two}"), 2),
        ("status__ids=3,4".to_owned(), matching(&|launch| [3, 4].contains(&launch["status"]["id"].as_i64().unwrap()))),
        ("include_suborbital=false".to_owned(), matching(&|launch| launch["mission"]["orbit"]["id"] != 15)),
        ("include_suborbital=true".to_owned(), all.len()),
    ];
    for (filter, expected) in cases {
        let count = get(&router, &format!("/2.3.0/launches/?{filter}")).await.json()["count"].as_u64().unwrap();
        assert_eq!(count as usize, expected, "{filter}");
        assert!(expected > 0, "{filter} tests nothing");
    }
}

#[tokio::test]
async fn hide_recent_previous_hides_what_flew_within_the_last_day_and_nothing_older() {
    let (router, clock) = small_world(3);
    let mut hidden = 0;
    for _ in 0..10 {
        let day_ago = (clock.now() - TimeDelta::days(1)).to_rfc3339_opts(SecondsFormat::Secs, true);
        let now = clock.now().to_rfc3339_opts(SecondsFormat::Secs, true);
        for list in ["", "upcoming/", "previous/"] {
            let all = crawl(&router, &format!("/2.3.0/launches/{list}?limit=100&mode=list")).await;
            let kept =
                crawl(&router, &format!("/2.3.0/launches/{list}?limit=100&mode=list&hide_recent_previous=true")).await;
            let is_recent = |launch: &&Value| {
                let net = launch["net"].as_str().unwrap();
                day_ago.as_str() < net && net <= now.as_str()
            };
            hidden += all.iter().filter(is_recent).count();
            let expected: Vec<Value> = all.iter().filter(|launch| !is_recent(launch)).cloned().collect();
            assert_eq!(ids(&kept), ids(&expected), "{list} at {now}");
        }
        clock.advance(TimeDelta::days(1));
    }
    assert!(hidden > 0, "no launch flew in ten days: this tests nothing");
}

#[tokio::test]
async fn a_bad_date_is_a_400_that_names_the_parameter() {
    let (router, _) = small_world(1);
    let answer = get(&router, "/2.3.0/launches/?net__gte=soon").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.text(), r#"{"net__gte":["Enter a valid date/time."]}"#);
}

#[tokio::test]
async fn unknown_launches_and_paths_are_404_in_the_wording_of_drf() {
    let (router, _) = small_world(1);
    for path in ["/2.3.0/launches/00000000-0000-4000-8000-000000000000/", "/2.3.0/moons/", "/1.4/launch/", "/"] {
        let answer = get(&router, path).await;
        assert_eq!((answer.status, answer.text().as_str()), (StatusCode::NOT_FOUND, r#"{"detail":"Not found."}"#));
    }
}

#[tokio::test]
async fn a_missing_slash_is_added_by_redirect() {
    let (router, _) = small_world(1);
    let answer = get(&router, "/2.3.0/launches/upcoming?limit=5").await;
    assert_eq!(answer.status, StatusCode::MOVED_PERMANENTLY);
    assert_eq!(answer.header("location"), Some("/2.3.0/launches/upcoming/?limit=5"));
}
