use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;
use serde_json::Value;
use simulator::{Clock, InventedOptions, ManualClock, Options, WorldSource};

use crate::client::{at, crawl, get, small_world};

fn by_id(launches: Vec<Value>) -> HashMap<String, Value> {
    launches.into_iter().map(|launch| (launch["id"].as_str().unwrap().to_owned(), launch)).collect()
}

#[tokio::test]
async fn the_same_seed_and_time_give_the_same_bytes_after_any_earlier_requests() {
    let (one, one_clock) = small_world(5);
    let (other, other_clock) = small_world(5);
    // One world is requested every month, the other only at the end.
    for _ in 0..12 {
        get(&one, "/2.3.0/launches/?limit=5").await;
        one_clock.advance(TimeDelta::days(30));
    }
    other_clock.advance(TimeDelta::days(360));
    for path in ["/2.2.0/launch/upcoming/?mode=detailed&limit=100", "/2.3.0/launches/previous/?mode=detailed&limit=100"]
    {
        assert_eq!(get(&one, path).await.body, get(&other, path).await.body, "{path}");
    }
    other_clock.set(at("2026-06-01T00:00:00Z"));
    let (fresh, _) = small_world(5);
    let path = "/2.3.0/launches/upcoming/?limit=100";
    assert_eq!(get(&other, path).await.body, get(&fresh, path).await.body, "time can be turned back");
}

#[tokio::test]
async fn another_seed_gives_other_launches() {
    let (one, _) = small_world(5);
    let (other, _) = small_world(6);
    let ids = |launches: HashMap<String, Value>| launches.into_keys().collect::<HashSet<_>>();
    let one = ids(by_id(crawl(&one, "/2.3.0/launches/?limit=100&mode=list").await));
    let other = ids(by_id(crawl(&other, "/2.3.0/launches/?limit=100&mode=list").await));
    assert!(one.is_disjoint(&other));
}

#[tokio::test]
async fn a_restart_on_the_next_day_shows_the_same_launches_a_day_older() {
    let world = |start: &str| {
        let clock = ManualClock::new(at(start));
        let invented = InventedOptions { upcoming: 50, past: 50, start: clock.now(), ..Default::default() };
        let source = WorldSource::Invented(invented);
        (
            simulator::router(Options { source, clock: Clock::Manual(clock.clone()), ..Default::default() }).unwrap(),
            clock,
        )
    };
    let (yesterday, clock) = world("2026-08-01T12:00:00Z");
    clock.advance(TimeDelta::days(1));
    let (today, _) = world("2026-08-02T12:00:00Z");
    let path = "/2.3.0/launches/?mode=detailed&limit=100";
    assert_eq!(get(&yesterday, path).await.body, get(&today, path).await.body);
}

#[tokio::test]
async fn ninety_days_later_launches_have_flown_slipped_and_been_replaced() {
    let (router, clock) = small_world(11);
    let before = by_id(crawl(&router, "/2.3.0/launches/upcoming/?limit=100").await);
    clock.advance(TimeDelta::days(90));
    let after = by_id(crawl(&router, "/2.3.0/launches/upcoming/?limit=100").await);
    let all = by_id(crawl(&router, "/2.3.0/launches/?limit=100").await);

    assert!(before.len().abs_diff(120) <= 12 && after.len().abs_diff(120) <= 12, "{} {}", before.len(), after.len());
    let net = |launch: &Value| launch["net"].as_str().unwrap().to_owned();
    let flown = before
        .keys()
        .filter(|id| all.get(*id).is_some_and(|launch| [3, 4, 7].contains(&launch["status"]["id"].as_i64().unwrap())));
    assert!(flown.count() >= 10);
    let stayed: Vec<(&Value, &Value)> = before.iter().filter_map(|(id, old)| Some((old, after.get(id)?))).collect();
    let slipped = stayed.iter().filter(|(old, new)| net(new) > net(old)).count();
    assert!(slipped >= 10, "{slipped} of {} slipped", stayed.len());
    assert!(after.keys().any(|id| !before.contains_key(id)), "new launches are listed");
    for (old, new) in stayed {
        let updated = |launch: &Value| launch["last_updated"].as_str().unwrap().to_owned();
        assert!(updated(new) >= updated(old));
        assert!(net(new) == net(old) || updated(new) > updated(old), "a moved NET bumps last_updated");
    }
}

#[tokio::test]
async fn the_list_keeps_its_length_for_ten_years() {
    let (router, clock) = small_world(4);
    let mut all_precise = 0;
    for _ in 0..40 {
        clock.advance(TimeDelta::days(91));
        let page = get(&router, "/2.3.0/launches/upcoming/?limit=100&mode=list").await.json();
        let count = page["count"].as_u64().unwrap();
        assert!((108..=132).contains(&count), "{count} at {}", clock.now());
        let precise = page["results"].as_array().unwrap().iter();
        all_precise +=
            precise.filter(|launch| launch["net_precision"]["id"].as_i64().is_some_and(|id| id <= 2)).count();
    }
    // Recorded: 21 of 370 launches have a time of day; here that corresponds to 7 of 120.
    assert!((40 * 4..40 * 10).contains(&all_precise), "{all_precise}");
    let flown = get(&router, "/2.3.0/launches/previous/?limit=1").await.json()["count"].as_u64().unwrap();
    assert!(flown > 900, "a third of the places are vacated every year or so, {flown}");
}

#[tokio::test]
async fn a_flown_launch_is_upcoming_for_a_day_and_then_only_previous() {
    let (router, clock) = small_world(11);
    let first = get(&router, "/2.3.0/launches/?limit=1&ordering=net&status__ids=1&mode=list").await.json();
    let first = first["results"][0].clone();
    let id = first["id"].as_str().unwrap();
    let mut seen = HashSet::new();
    for _ in 0..24 * 60 {
        clock.advance(TimeDelta::hours(1));
        let launch = get(&router, &format!("/2.3.0/launches/{id}/?mode=list")).await.json();
        let age = clock.now() - at(launch["net"].as_str().unwrap());
        let listed = |list: &str| format!("/2.3.0/launches/{list}/?id={id}&mode=list");
        let count = async |list: &str| get(&router, &listed(list)).await.json()["count"].as_u64().unwrap();
        assert_eq!(count("upcoming").await == 1, age < TimeDelta::days(1));
        assert_eq!(count("previous").await == 1, age >= TimeDelta::zero());
        seen.insert(launch["status"]["id"].as_i64().unwrap());
        if age > TimeDelta::days(3) {
            break;
        }
    }
    assert!(seen.contains(&1) && (seen.contains(&3) || seen.contains(&4) || seen.contains(&7)), "{seen:?}");
}

#[tokio::test]
async fn both_versions_return_the_same_data_in_their_own_format() {
    let (router, _) = small_world(8);
    let old = by_id(crawl(&router, "/2.2.0/launch/?limit=100&mode=detailed").await);
    let new = by_id(crawl(&router, "/2.3.0/launches/?limit=100&mode=detailed").await);
    assert_eq!(old.len(), new.len());
    for (id, old) in &old {
        let new = &new[id];
        for key in ["name", "slug", "net", "window_start", "window_end", "last_updated", "probability", "updates"] {
            assert_eq!(old[key], new[key], "{key} of {id}");
        }
        assert_eq!((&old["type"], &new["response_mode"]), (&"detailed".into(), &"detailed".into()));
        assert!(old["pad"]["latitude"].is_string());
        assert!(new["pad"]["latitude"].is_number() || new["pad"]["latitude"].is_null());
        assert!(old["launch_service_provider"]["type"].is_string());
        assert!(new["launch_service_provider"]["type"]["id"].is_i64());
        assert!(old["vidURLs"].is_array() && new["vid_urls"].is_array());
        assert_eq!(old["rocket"]["configuration"]["id"], new["rocket"]["configuration"]["id"]);
        assert_eq!(old["pad"]["location"]["id"], new["pad"]["location"]["id"]);
        let description = old["mission"]["description"].as_str();
        assert!(description.is_none_or(|text| text.contains("Invented")), "{description:?}");
    }
}

#[tokio::test]
async fn crewed_missions_have_a_crew_and_falcons_a_booster_in_both_versions() {
    let (router, _) = small_world(8);
    let old = by_id(crawl(&router, "/2.2.0/launch/?limit=100&mode=detailed").await);
    let new = by_id(crawl(&router, "/2.3.0/launches/?limit=100&mode=detailed").await);
    let (mut crewed, mut boosted) = (0, 0);
    for (id, old) in &old {
        let (old, new) = (&old["rocket"], &new[id]["rocket"]);
        let names = |crew: &Value| -> Vec<Value> {
            crew.as_array().into_iter().flatten().map(|member| member["astronaut"]["name"].clone()).collect()
        };
        let crew = names(&old["spacecraft_stage"]["launch_crew"]);
        assert_eq!(crew, names(&new["spacecraft_stage"][0]["launch_crew"]));
        let vehicle = &old["spacecraft_stage"]["spacecraft"]["serial_number"];
        assert_eq!(vehicle, &new["spacecraft_stage"][0]["spacecraft"]["serial_number"]);
        assert_eq!(vehicle.is_string(), !crew.is_empty());
        crewed += usize::from(crew.len() >= 2);
        let serial = &old["launcher_stage"][0]["launcher"]["serial_number"];
        assert_eq!(serial, &new["launcher_stage"][0]["launcher"]["serial_number"]);
        boosted += usize::from(serial.is_string());
        assert!(old["spacecraft_stage"].is_null() || old["spacecraft_stage"].is_object());
    }
    assert!(crewed >= 5 && boosted >= 5, "{crewed} {boosted}");
}

#[tokio::test]
async fn modes_add_keys_and_remove_none() {
    let (router, _) = small_world(8);
    let keys = async |path: &str| -> HashSet<String> {
        let page = get(&router, path).await.json();
        page["results"][0].as_object().unwrap().keys().cloned().collect()
    };
    for path in ["/2.2.0/launch/upcoming/", "/2.3.0/launches/upcoming/"] {
        let normal = keys(path).await;
        let detailed = keys(&format!("{path}?mode=detailed")).await;
        assert!(normal.is_subset(&detailed) && detailed.len() > normal.len());
        assert!(detailed.contains("updates") && !normal.contains("updates"));
        assert!(normal.contains("pad") && normal.contains("orbital_launch_attempt_count_year"));
        assert_eq!(keys(&format!("{path}?mode=normal")).await, normal);
    }
    assert!(!keys("/2.3.0/launches/upcoming/?mode=list").await.contains("pad"));
    assert!(keys("/2.2.0/launch/upcoming/?mode=list").await.contains("lsp_name"));
}

#[tokio::test]
async fn the_default_world_resembles_the_recorded_one() {
    let clock = Clock::Fixed(at("2026-11-23T00:00:00Z"));
    let router = simulator::router(Options { clock, ..Default::default() }).unwrap();
    let launches = crawl(&router, "/2.3.0/launches/upcoming/?limit=100").await;
    let count = |keep: &dyn Fn(&Value) -> bool| launches.iter().filter(|launch| keep(launch)).count();
    assert!((350..=360).contains(&launches.len()), "{}", launches.len());
    let precision = |launch: &Value| launch["net_precision"]["id"].as_i64();
    assert!((8..=40).contains(&count(&|launch| precision(launch).is_some_and(|id| id <= 2))));
    assert!((150..=250).contains(&count(&|launch| precision(launch) == Some(14))));
    assert!((1..=20).contains(&count(&|launch| launch["net_precision"].is_null())));
    assert!((1..=20).contains(&count(&|launch| launch["mission"].is_null())));
    assert!(count(&|launch| matches!(launch["mission"]["orbit"]["id"].as_i64(), Some(9 | 11))) >= 5, "Moon-bound");
    assert!(count(&|launch| launch["mission"]["orbit"]["id"] == 15) >= 1, "suborbital");
    let distinct = |pointer: &str| {
        launches.iter().map(|launch| launch.pointer(pointer).unwrap().to_string()).collect::<HashSet<_>>().len()
    };
    assert!(distinct("/launch_service_provider/id") >= 25);
    assert!(distinct("/rocket/configuration/id") >= 45);
    assert!(distinct("/pad/id") >= 35);
    let past = get(&router, "/2.3.0/launches/previous/?limit=1").await.json()["count"].as_u64().unwrap();
    assert!((7000..7400).contains(&past), "{past}");
    let failed = get(&router, "/2.3.0/launches/previous/?limit=1&status__ids=4,7").await.json();
    let failed = failed["count"].as_u64().unwrap();
    assert!((past / 33..past / 10).contains(&failed), "{failed} of {past}");
}

#[test]
fn a_world_with_invalid_options_is_refused() {
    for invented in [
        InventedOptions { speed: f64::NAN, ..Default::default() },
        InventedOptions { past: 10_000_000, ..Default::default() },
        InventedOptions { start: at("1901-01-01T00:00:00Z"), ..Default::default() },
    ] {
        let options = Options { source: WorldSource::Invented(invented), ..Default::default() };
        assert!(simulator::router(options).is_err());
    }
}
