use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use ingest::Error;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::fixture::{Files, count, import_files, launch, list, status, with};

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn every_container_format_is_read(pool: PgPool) {
    let files = Files::new();
    let flown = |number| with(launch(number), &[("/status", status(3))]);
    let containers: Vec<(&str, Value)> = vec![
        ("envelope.json", list(&[launch(1)])),
        ("array.json", json!([launch(2)])),
        ("daily.json", json!({"updatedAt": "2026-01-01T00:00:00.000Z", "launches": [launch(3)]})),
        (
            "crawl.json",
            json!({
                "lastUpdated": "2026-01-01T00:00:00.000Z",
                "upcoming": {"count": 9, "results": [launch(4)]},
                "previous": {"count": 1, "results": [flown(5)]}
            }),
        ),
        ("single.json", flown(6)),
        ("previous1.json", json!([flown(7)])),
        (
            "page.json",
            json!({"count": 900, "next": "https://ll.example/2.2.0/launch/previous/?offset=1", "previous": null, "results": [flown(8)]}),
        ),
    ];
    for (minute, (name, content)) in containers.iter().enumerate() {
        let file = files.write(name, content);
        import_files(&pool, &format!("2026-07-01T00:{minute:02}"), vec![file]).await.unwrap();
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(json!([launch(9)]).to_string().as_bytes()).unwrap();
    let file = files.write_bytes("packed.json.gz", &packed.finish().unwrap());
    import_files(&pool, "2026-07-01T01:00", vec![file]).await.unwrap();

    let upcoming: Vec<String> =
        sqlx::query_scalar("select right(launch_id::text, 1) from fact_launch where is_upcoming order by 1")
            .fetch_all(&pool)
            .await
            .unwrap();
    // 1 was the complete list at its time, so no later launch could be missing from it.
    assert_eq!(upcoming, ["1", "2", "3", "4", "9"]);
    assert_eq!(count(&pool, "select count(*) from fact_launch where not is_upcoming and is_final(status_id)").await, 4);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn files_without_launches_are_rejected_by_name(pool: PgPool) {
    let files = Files::new();
    let throttled = json!({"detail": "Request was throttled. Expected available in 625 seconds."});
    let cases: [(&str, Vec<u8>); 6] = [
        ("throttled.json", throttled.to_string().into_bytes()),
        ("page.html", b"<html></html>".to_vec()),
        ("cut.json", list(&[launch(1)]).to_string().into_bytes()[..500].to_vec()),
        ("binary.json", vec![0xff, 0xfe, 0x00]),
        ("empty.json", b"[]".to_vec()),
        ("agencies.json", json!([{"id": 1, "name": "Somebody"}]).to_string().into_bytes()),
    ];
    for (name, content) in cases {
        let file = files.write_bytes(name, &content);
        let error = import_files(&pool, "2026-01-01T00:00", vec![file]).await.unwrap_err();
        assert!(matches!(&error, Error::Archive { file, .. } if file.contains(name)), "{name}: {error}");
    }
    assert_eq!(count(&pool, "select count(*) from fact_launch").await, 0);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn files_of_two_api_versions_cannot_be_imported_together(pool: PgPool) {
    let files = Files::new();
    let newer = with(launch(2), &[("/response_mode", json!("normal"))]);
    let paths = vec![files.write("old.json", &list(&[launch(1)])), files.write("new.json", &list(&[newer]))];
    let error = import_files(&pool, "2026-01-01T00:00", paths).await.unwrap_err();
    assert!(error.to_string().contains("mixes API versions"), "{error}");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_list_that_is_staged_in_parts_is_one_publication(pool: PgPool) {
    // With descriptions of 4 kB, the batch exceeds its limit and is sent before the last file.
    let files = Files::new();
    let pages: Vec<_> = (0..3)
        .map(|page| {
            let launches: Vec<Value> = (1..=500)
                .map(|number| {
                    with(launch(page * 500 + number), &[("/mission/description", json!("a long story ".repeat(320)))])
                })
                .collect();
            let whole = json!({"count": 1500, "next": null, "previous": null, "results": launches});
            files.write(&format!("upcoming{page}.json"), &whole)
        })
        .collect();
    let report = import_files(&pool, "2026-01-01T00:00", pages.clone()).await.unwrap();
    assert!(report.is_complete);
    assert_eq!((report.counts.launches_changed, report.counts.revisions), (1500, 1500));
    assert_eq!(count(&pool, "select count(*) from dim_mission").await, 1500);
    assert_eq!(count(&pool, "select count(*) from dim_pad").await, 1);
    let again = import_files(&pool, "2026-01-01T01:00", pages).await.unwrap();
    assert_eq!((again.counts.launches_changed, again.counts.launches_unchanged), (0, 1500));
}
