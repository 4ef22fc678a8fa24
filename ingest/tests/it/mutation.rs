//! Every path of a record, corrupted in many ways. Only the id and the name are required.

use ingest::ll2::ApiVersion;
use serde_json::{Value, json};
use simulator::{Clock, InventedOptions, Options, Simulator, WorldSource};
use sqlx::PgPool;

use crate::fixture::{Files, at, count, id, import_files, launch, published, with};

/// How a value is corrupted.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Corruption {
    Null,
    Absent,
    WrongType,
    Empty,
    Huge,
    Negative,
    Control,
    Nul,
    /// Half a surrogate pair. serde_json can neither parse nor write it: see [`text`].
    Surrogate,
    Zero,
    Era,
    /// A list whose elements are not objects, also in place of an object or scalar.
    Junk,
}

const ALL: [Corruption; 12] = [
    Corruption::Null,
    Corruption::Absent,
    Corruption::WrongType,
    Corruption::Empty,
    Corruption::Huge,
    Corruption::Negative,
    Corruption::Control,
    Corruption::Nul,
    Corruption::Surrogate,
    Corruption::Zero,
    Corruption::Era,
    Corruption::Junk,
];

const LONE: &str = "@half of a pair@";

/// Returns a value as JSON.
fn text(value: &Value) -> String {
    value.to_string().replace(LONE, "\\udc00 and \\ud800")
}

impl Corruption {
    /// Returns the replacement for `was`; none to remove it.
    fn value(self, was: &Value, huge: &str) -> Option<Value> {
        Some(match self {
            Self::Null => Value::Null,
            Self::Absent => return None,
            Self::WrongType => match was {
                Value::String(_) | Value::Array(_) => json!(7),
                Value::Number(_) => json!({"wrong": "type"}),
                Value::Object(_) | Value::Bool(_) => json!("yes"),
                Value::Null => json!([1]),
            },
            Self::Empty => match was {
                Value::Object(_) => json!({}),
                Value::Array(_) => json!([]),
                _ => json!(""),
            },
            Self::Huge if was.is_string() || was.is_null() => json!(huge),
            Self::Huge => json!(1e308),
            Self::Negative if was.is_string() => json!("-1"),
            Self::Negative => json!(-1),
            Self::Control => json!("a\u{1}\u{8}\t\r\n\\.\\N\u{7f}\u{85}b"),
            Self::Nul => json!("a\0b"),
            Self::Surrogate => json!(LONE),
            Self::Zero if was.is_string() => json!("0"),
            Self::Zero => json!(0),
            Self::Era if was.is_string() => json!("9999-12-31T23:59:59Z"),
            Self::Era => json!(i64::MIN),
            Self::Junk => json!([null, 1, -1.5, true, "text", [], [[{}]], {}]),
        })
    }
}

/// Returns a web address that is too long and too random for any index.
fn huge(length: usize) -> String {
    let mut state = 1_u64;
    let mut text = "https://example.org/".to_owned();
    while text.len() < length {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push_str(&format!("{:x}", state >> 16));
    }
    text
}

/// Collects pointers to every value of the record; for arrays, only to the first element.
fn pointers(value: &Value, below: &str, all: &mut Vec<String>) {
    let mut child = |key: &str, value: &Value| {
        let pointer = format!("{below}/{key}");
        all.push(pointer.clone());
        pointers(value, &pointer, all);
    };
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| child(key, value)),
        Value::Array(array) => array.iter().take(1).for_each(|value| child("0", value)),
        _ => {}
    }
}

fn corrupt(record: &Value, pointer: &str, corruption: Corruption, huge: &str) -> Value {
    let mut record = record.clone();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer starts with a slash");
    let parent = record.pointer_mut(parent).expect("the parent exists");
    match (parent, corruption) {
        (Value::Object(object), corruption) => match corruption.value(&object[key], huge) {
            Some(value) => drop(object.insert(key.to_owned(), value)),
            None => drop(object.remove(key)),
        },
        (Value::Array(array), corruption) => match corruption.value(&array[0], huge) {
            Some(value) => array[0] = value,
            None => drop(array.remove(0)),
        },
        _ => unreachable!("only objects and arrays have children"),
    }
    record
}

/// Returns the invented launch with the most values: with crew, boosters, updates and so on.
async fn richest(version: ApiVersion) -> Value {
    let start = at("2026-02-01T00:00");
    let source =
        WorldSource::Invented(InventedOptions { upcoming: 100, past: 20, start, ..InventedOptions::default() });
    let options = Options { source, clock: Clock::Fixed(start), ..Options::default() };
    let address = "127.0.0.1:0".parse().expect("an address");
    let running = Simulator::bind(address, options).await.expect("a free port").spawn();
    let (spoken, path) = match version {
        ApiVersion::V220 => (simulator::ApiVersion::V220, "launch"),
        ApiVersion::V230 => (simulator::ApiVersion::V230, "launches"),
    };
    let url = format!("{}/{path}/upcoming/?mode=detailed&limit=100", running.base_url(spoken));
    let page: Value = serde_json::from_str(
        &reqwest::get(url).await.expect("the simulator answers").text().await.expect("the simulator answers"),
    )
    .expect("the simulator answers");
    let records = page["results"].as_array().expect("a page has results");
    let wealth = |record: &&Value| {
        let mut all = Vec::new();
        pointers(record, "", &mut all);
        all.len()
    };
    records.iter().max_by_key(wealth).expect("the list is not empty").clone()
}

#[tokio::test]
async fn the_parser_survives_every_corrupted_value() {
    // A megabyte for every path would only make the test slow.
    let (long, longest) = (huge(20_000), huge(1_000_000));
    for version in [ApiVersion::V220, ApiVersion::V230] {
        let record = richest(version).await;
        assert_eq!(version.judge(&record.to_string()), Ok(()));
        let mut all = Vec::new();
        pointers(&record, "", &mut all);
        assert!(all.len() > 150, "{} paths", all.len());
        let mut usable = 0;
        for (position, pointer) in all.iter().enumerate() {
            let huge = if position % 10 == 0 { &longest } else { &long };
            for corruption in ALL {
                match version.judge(&text(&corrupt(&record, pointer, corruption, huge))) {
                    Ok(()) => usable += 1,
                    Err(reason) => {
                        assert!(matches!(pointer.as_str(), "/id" | "/name"), "{pointer} {corruption:?}: {reason}");
                        assert!(!reason.is_empty(), "{pointer} {corruption:?}");
                    }
                }
            }
        }
        assert!(usable >= (all.len() - 2) * ALL.len(), "{version:?}: {usable} of {}", all.len() * ALL.len());
    }
}

/// Returns what the adapter should have left out: links that are no web addresses, and crew and agencies without a
/// name.
async fn unfit(pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar(
        r"select 'link: ' || url
        from (
            select url from launch_video
            union all
            select image_url from launch_patch
            union all
            select unnest(array[info_url, wiki_url]) from launch_payload
            union all
            select url from launch_link
            union all
            select info_url from launch_update
            union all
            select unnest(array[image_url, infographic_url, flightclub_url]) from fact_launch
        ) as link
        where url !~* '^https?://[^/\s]+'
        union all
        select 'name: ' || launch_id
        from (
            select launch_id, name from launch_crew inner join dim_astronaut using (astronaut_id)
            union all
            select launch_id, role from launch_crew
            union all
            select launch_id, name from launch_agency inner join dim_agency using (agency_id)
        ) as named
        where btrim(name) = ''",
    )
    .fetch_all(pool)
    .await
    .expect("the query is valid")
}

async fn every_corrupted_record_is_accounted_for(pool: &PgPool, version: ApiVersion) {
    let record = richest(version).await;
    let mut all = Vec::new();
    pointers(&record, "", &mut all);
    let (long, longest) = (huge(20_000), huge(1_000_000));
    let mut records: Vec<Value> = (1..=20).map(|number| with(record.clone(), &[("/id", json!(id(number)))])).collect();
    let mut number = 1000;
    let mut usable = records.len();
    let mut take = |records: &mut Vec<Value>, mut corrupted: Value, pointer: &str| {
        number += 1;
        if pointer != "/id" {
            corrupted["id"] = json!(id(number));
        }
        usable += usize::from(version.judge(&text(&corrupted)).is_ok());
        records.push(corrupted);
    };
    for pointer in &all {
        for corruption in ALL {
            take(&mut records, corrupt(&record, pointer, corruption, &long), pointer);
        }
    }
    for pointer in
        all.iter().filter(|pointer| ["name", "url", "role", "comment"].iter().any(|name| pointer.ends_with(name)))
    {
        take(&mut records, corrupt(&record, pointer, Corruption::Huge, &longest), pointer);
    }
    let files = Files::new();
    let page = json!({"count": records.len(), "next": null, "previous": null, "results": records});
    let file = files.write_bytes("upcoming.json", text(&page).as_bytes());

    let report = import_files(pool, "2026-02-01T00:00", vec![file]).await.expect("the page is a list");
    let counts = report.counts;
    assert!(report.is_complete);
    assert_eq!(counts.records, records.len());
    assert_eq!((counts.launches_changed as usize, counts.quarantined), (usable, records.len() - usable), "{counts:?}");
    assert_eq!((counts.launches_unchanged, counts.launches_late, counts.duplicates), (0, 0, 0));
    assert_eq!(count(pool, "select count(*) from mart_launch_board").await as usize, usable);
    assert_eq!(
        count(pool, "select count(*) from raw_quarantine where reason <> ''").await as usize,
        counts.quarantined
    );

    assert_eq!(unfit(pool).await, [""; 0], "values that no page can show");

    // Some of the same records again change nothing: no new row, no change, one more sighting each.
    let before = published(pool).await;
    let some: Vec<&Value> = records.iter().step_by(7).collect();
    let refused = some.iter().filter(|record| version.judge(&text(record)).is_err()).count();
    let page = json!({"count": 100_000, "next": null, "previous": null, "results": some});
    let file = files.write_bytes("upcoming.json", text(&page).as_bytes());
    let report = import_files(pool, "2026-02-02T00:00", vec![file]).await.expect("the page is a list");
    let counts = report.counts;
    assert_eq!((counts.records, counts.quarantined), (some.len(), refused));
    assert_eq!((counts.launches_changed, counts.launches_unchanged as usize), (0, some.len() - refused));
    assert_eq!(published(pool).await, before);
    assert_eq!(count(pool, "select count(*) from raw_quarantine where seen_count = 2").await as usize, refused);
    assert_eq!(count(pool, "select count(*) from raw_quarantine where seen_count > 2").await, 0);
    assert_eq!(
        count(
            pool,
            "select count(*) from ingest_run where record_count
                <> launch_changed_count + launch_unchanged_count + launch_late_count + quarantined_count + duplicate_count"
        )
        .await,
        0
    );
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn every_corrupted_record_of_220_is_accounted_for(pool: PgPool) {
    every_corrupted_record_is_accounted_for(&pool, ApiVersion::V220).await;
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn every_corrupted_record_of_230_is_accounted_for(pool: PgPool) {
    every_corrupted_record_is_accounted_for(&pool, ApiVersion::V230).await;
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_corrupted_record_stops_no_other_and_a_corrupted_page_changes_nothing(pool: PgPool) {
    let plain = |number: u32| launch(number).to_string();
    let replaced = |number: u32, from: &str, to: &str| plain(number).replacen(from, to, 1);
    let deep = format!("\"slug\":{}{}", "[".repeat(10_000), "]".repeat(10_000));
    // A record, and whether it is usable.
    let cases = [
        ("deep", replaced(2, "\"slug\":\"made-up-2\"", &deep), true),
        (
            "deep in a needed field",
            replaced(2, "\"name\":\"Made-up Rocket | Payload 2\"", &deep.replace("slug", "name")),
            false,
        ),
        (
            "deep in an unknown key",
            replaced(2, "\"slug\"", &format!("\"x\":{}1{},\"slug\"", "{\"a\":".repeat(10_000), "}".repeat(10_000))),
            true,
        ),
        ("duplicate key", replaced(2, "\"slug\"", "\"name\":\"Twice\",\"slug\""), true),
        ("1e999", replaced(2, "\"length\":18", "\"length\":1e999"), true),
        ("lone surrogate", replaced(2, "\"slug\":\"made-up-2\"", "\"slug\":\"\\ud800\""), true),
        (
            "year 0",
            replaced(2, "\"window_start\":\"2026-06-01T12:00:00Z\"", "\"window_start\":\"0000-01-01T00:00:00Z\""),
            true,
        ),
        (
            "beyond year 9999",
            replaced(2, "\"window_end\":\"2026-06-01T14:00:00Z\"", "\"window_end\":\"9999-12-31T23:59:59-05:00\""),
            true,
        ),
        (
            "a leap second",
            replaced(2, "\"window_end\":\"2026-06-01T14:00:00Z\"", "\"window_end\":\"2026-06-30T23:59:60Z\""),
            true,
        ),
        ("a day BC", replaced(2, "\"maiden_flight\":\"2018-01-21\"", "\"maiden_flight\":\"-0044-03-15\""), true),
        ("a number", "17".to_owned(), false),
        ("null", "null".to_owned(), false),
        ("an empty object", "{}".to_owned(), false),
        ("an array", "[[]]".to_owned(), false),
    ];
    let files = Files::new();
    for (hour, (name, record, is_usable)) in cases.into_iter().enumerate() {
        if name.starts_with("deep") || record.len() > 100 {
            assert_ne!(record, plain(2), "{name}: the text to replace is there");
        }
        let mark = if hour % 2 == 0 { "" } else { "\u{feff}" };
        let page = format!(
            "{mark}{{\"count\":3,\"next\":null,\"previous\":null,\"results\":[{},{record},{}]}}",
            with(launch(1), &[("/hashtag", json!(hour))]),
            plain(3)
        );
        let file = files.write_bytes("upcoming.json", page.as_bytes());
        let report = import_files(&pool, &format!("2026-01-01T{hour:02}:00"), vec![file]).await.unwrap();
        assert_eq!((report.is_complete, report.counts.records), (true, 3), "{name}");
        assert_eq!(report.counts.quarantined, usize::from(!is_usable), "{name}");
        assert!(report.counts.launches_changed >= 1, "{name}: the first of them changes with each page");
    }

    let before = published(&pool).await;
    let whole = format!("{{\"count\":1,\"next\":null,\"previous\":null,\"results\":[{}]}}", plain(4));
    let broken: [(&str, Vec<u8>); 8] = [
        (
            "invalid UTF-8",
            whole
                .replace("Go for Launch", "Go \u{1}")
                .into_bytes()
                .iter()
                .map(|byte| if *byte == 1 { 0xff } else { *byte })
                .collect(),
        ),
        ("cut off", whole.as_bytes()[..whole.len() - 9].to_vec()),
        ("a count beyond a double", whole.replacen("\"count\":1", "\"count\":1e999", 1).into_bytes()),
        ("a negative count", whole.replacen("\"count\":1", "\"count\":-1", 1).into_bytes()),
        ("two bodies", format!("{whole}{whole}").into_bytes()),
        ("nothing", Vec::new()),
        ("only brackets", "[".repeat(100_000).into_bytes()),
        ("zeros", vec![0; 1000]),
    ];
    for (name, body) in broken {
        let file = files.write_bytes("upcoming.json", &body);
        import_files(&pool, "2026-02-01T00:00", vec![file]).await.expect_err(name);
        assert_eq!(published(&pool).await, before, "{name}");
    }
}
