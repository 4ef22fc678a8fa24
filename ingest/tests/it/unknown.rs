//! A record needs an id and a name. Everything else that LL2 omits, or sends as null or invalid, is unknown and stays
//! unknown.

use ingest::{ReplayScope, invariants::landing_violations, ll2::ApiVersion};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::PgPool;
use uuid::Uuid;

use crate::{
    fixture::{at, count, id, import, launch, list, published, status, with},
    replay::replay,
};

/// The fields that we read and that LL2's schema of 2.3.0 declares nullable or optional; `0` is any member of a list.
const NULLABLE: &[&str] = &[
    "/slug",
    "/launch_designator",
    "/status",
    "/status/name",
    "/status/abbrev",
    "/status/description",
    "/last_updated",
    "/net",
    "/net_precision",
    "/net_precision/name",
    "/net_precision/abbrev",
    "/window_start",
    "/window_end",
    "/image",
    "/image/credit",
    "/image/image_url",
    "/infographic",
    "/probability",
    "/weather_concerns",
    "/failreason",
    "/hashtag",
    "/launch_service_provider",
    "/launch_service_provider/name",
    "/launch_service_provider/abbrev",
    "/launch_service_provider/type",
    "/launch_service_provider/country",
    "/launch_service_provider/country/0/alpha_3_code",
    "/launch_service_provider/description",
    "/launch_service_provider/administrator",
    "/launch_service_provider/founding_year",
    "/launch_service_provider/total_launch_count",
    "/launch_service_provider/successful_launches",
    "/launch_service_provider/failed_launches",
    "/launch_service_provider/pending_launches",
    "/launch_service_provider/consecutive_successful_launches",
    "/launch_service_provider/info_url",
    "/launch_service_provider/wiki_url",
    "/launch_service_provider/logo",
    "/launch_service_provider/image",
    "/rocket",
    "/rocket/configuration",
    "/rocket/configuration/name",
    "/rocket/configuration/full_name",
    "/rocket/configuration/families",
    "/rocket/configuration/families/0/name",
    "/rocket/configuration/variant",
    "/rocket/configuration/manufacturer",
    "/rocket/configuration/active",
    "/rocket/configuration/reusable",
    "/rocket/configuration/description",
    "/rocket/configuration/length",
    "/rocket/configuration/diameter",
    "/rocket/configuration/launch_mass",
    "/rocket/configuration/leo_capacity",
    "/rocket/configuration/gto_capacity",
    "/rocket/configuration/to_thrust",
    "/rocket/configuration/launch_cost",
    "/rocket/configuration/maiden_flight",
    "/rocket/configuration/image",
    "/rocket/launcher_stage",
    "/rocket/launcher_stage/0/launcher",
    "/rocket/launcher_stage/0/launcher/serial_number",
    "/rocket/launcher_stage/0/landing",
    "/rocket/launcher_stage/0/landing/success",
    "/rocket/launcher_stage/0/landing/type",
    "/rocket/launcher_stage/0/landing/landing_location",
    "/rocket/launcher_stage/0/previous_flight_date",
    "/rocket/launcher_stage/0/launcher_flight_number",
    "/rocket/spacecraft_stage",
    "/rocket/spacecraft_stage/0/launch_crew",
    "/rocket/spacecraft_stage/0/launch_crew/0/role",
    "/rocket/spacecraft_stage/0/launch_crew/0/astronaut",
    "/rocket/spacecraft_stage/0/launch_crew/0/astronaut/agency",
    "/rocket/payloads",
    "/rocket/payloads/0/payload",
    "/rocket/payloads/0/payload/mass",
    "/rocket/payloads/0/payload/operator",
    "/rocket/payloads/0/destination",
    "/mission",
    "/mission/name",
    "/mission/type",
    "/mission/description",
    "/mission/orbit",
    "/mission/orbit/name",
    "/mission/orbit/abbrev",
    "/mission/orbit/celestial_body",
    "/mission/agencies",
    "/mission/image",
    "/pad",
    "/pad/name",
    "/pad/latitude",
    "/pad/longitude",
    "/pad/country",
    "/pad/country/alpha_3_code",
    "/pad/description",
    "/pad/map_url",
    "/pad/wiki_url",
    "/pad/info_url",
    "/pad/total_launch_count",
    "/pad/location",
    "/pad/location/name",
    "/pad/location/country",
    "/pad/location/timezone_name",
    "/pad/location/latitude",
    "/pad/location/celestial_body",
    "/webcast_live",
    "/program",
    "/program/0/name",
    "/program/0/description",
    "/program/0/type",
    "/program/0/start_date",
    "/program/0/end_date",
    "/program/0/image",
    "/orbital_launch_attempt_count",
    "/agency_launch_attempt_count_year",
    "/flightclub_url",
    "/pad_turnaround",
    "/updates",
    "/updates/0/comment",
    "/updates/0/info_url",
    "/updates/0/created_by",
    "/updates/0/created_on",
    "/info_urls",
    "/info_urls/0/title",
    "/info_urls/0/type",
    "/vid_urls",
    "/vid_urls/0/priority",
    "/vid_urls/0/publisher",
    "/vid_urls/0/language",
    "/vid_urls/0/start_time",
    "/mission_patches",
    "/mission_patches/0/agency",
    "/mission_patches/0/priority",
    // Never null according to the schema; tested with null, negative and out-of-range ids.
    "/status/id",
    "/launch_service_provider/id",
    "/rocket/configuration/id",
    "/pad/id",
    "/pad/location/id",
    "/mission/id",
    "/mission/orbit/id",
    "/net_precision/id",
    "/program/0/id",
    "/updates/0/id",
];

/// Sets a value at `pointer`, and creates the parents that are missing.
fn put(mut launch: Value, pointer: &str, value: Value) -> Value {
    let mut place = &mut launch;
    for key in pointer.split('/').skip(1) {
        place = match key {
            "0" => {
                if !place.is_array() {
                    *place = json!([{}]);
                }
                if place.as_array().is_some_and(Vec::is_empty) {
                    *place = json!([{}]);
                }
                &mut place[0]
            }
            key => {
                if !place.is_object() {
                    *place = json!({"id": 9});
                }
                &mut place[key]
            }
        };
    }
    *place = value;
    launch
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn records_without_optional_fields_are_published(pool: PgPool) {
    let mut records = Vec::new();
    for (number, pointer) in (10..).step_by(10).zip(NULLABLE) {
        let values = [Value::Null, json!(""), json!(-5), json!(i64::MAX), json!({}), json!("not a value for it")];
        for (nth, value) in (0..).zip(values) {
            let record =
                put(with(launch(number + nth), &[("/response_mode", json!("detailed"))]), pointer, value.clone());
            assert_eq!(ApiVersion::V230.judge(&record.to_string()), Ok(()), "{pointer}: {value}");
            records.push(record);
        }
    }
    let report = import(&pool, "2026-01-01T00:00", &list(&records)).await.expect("no record blocks the import");
    assert_eq!((report.counts.launches_changed as usize, report.counts.quarantined), (records.len(), 0));
    assert_eq!(count(&pool, "select count(*) from mart_launch_board").await as usize, records.len());
    // Fields that are not nullable in the contract of the API.
    assert_eq!(
        count(
            &pool,
            "select count(*) from mart_launch_board
            where coalesce(status_name, '') = '' or coalesce(provider_name, '') = '' or coalesce(rocket_name, '') = ''
                or coalesce(pad_name, '') = '' or coalesce(location_name, '') = '' or net_at is null or last_updated_at is null"
        )
        .await,
        0
    );
    let again = import(&pool, "2026-01-02T00:00", &list(&records)).await.unwrap();
    assert_eq!((again.counts.launches_changed, again.counts.launches_unchanged as usize), (0, records.len()));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_launch_with_only_a_name_is_shown_as_unknown(pool: PgPool) {
    let bare = |number: u32| json!({"id": id(number), "name": "A name", "type": "detailed"});
    import(&pool, "2026-01-01T00:00", &list(&[bare(1), launch(2)])).await.unwrap();
    let row: (String, String, String, String, String, Option<i32>, bool) = sqlx::query_as(
        "select dim_status.name, dim_launch_service_provider.name, dim_rocket_config.full_name, dim_pad.name, dim_location.name,
            net_precision_id, net_at = '2099-12-31T00:00:00Z' and last_updated_at = '2026-01-01T00:00:00Z'
        from fact_launch
        join dim_status using (status_id)
        join dim_launch_service_provider using (provider_id)
        join dim_rocket_config using (rocket_config_id)
        join dim_pad using (pad_id)
        join dim_location using (location_id)
        where launch_id = $1::uuid and is_upcoming",
    )
    .bind(id(1))
    .fetch_one(&pool)
    .await
    .unwrap();
    let unknown = || "Unknown".to_owned();
    assert_eq!(row, (unknown(), unknown(), unknown(), unknown(), unknown(), None, true));
    let predicted: i64 = sqlx::query_scalar("select count(*) from model_forecast where launch_id = $1::uuid")
        .bind(id(1))
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(predicted, 0, "nothing can be predicted");
    let noted: Vec<String> = sqlx::query_scalar(
        "select part from raw_record_defect where treatment = 'unknown' and record_count = 1 and last_launch_id = $1::uuid order by part",
    )
    .bind(id(1))
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(noted, ["launch_service_provider", "net", "pad", "rocket.configuration", "status"]);

    // The same record again changes nothing. When the launch gets a date, this is not a pull-in by seventy years.
    let before = published(&pool).await;
    import(&pool, "2026-01-02T00:00", &list(&[bare(1), launch(2)])).await.unwrap();
    assert_eq!(published(&pool).await, before);
    let dated = with(bare(1), &[("/net", json!("2026-06-01T12:00:00Z")), ("/status", status(8))]);
    import(&pool, "2026-01-03T00:00", &list(&[dated, launch(2)])).await.unwrap();
    let kinds: Vec<String> = sqlx::query_scalar("select kind from fact_net_change").fetch_all(&pool).await.unwrap();
    assert_eq!(kinds, ["placeholder"]);
    // It keeps the date when LL2 no longer sends it.
    import(&pool, "2026-01-04T00:00", &list(&[bare(1), launch(2)])).await.unwrap();
    assert_eq!(count(&pool, "select count(*) from fact_launch where net_at = '2026-06-01T12:00:00Z'").await, 2);
    assert_eq!(count(&pool, "select count(*) from fact_net_change").await, 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_invalid_net_is_replaced_by_the_window(pool: PgPool) {
    let nets = [
        Value::Null,
        json!("soon"),
        json!("0001-01-01T00:00:00Z"),
        json!("9999-12-31T00:00:00Z"),
        json!("2150-01-01T00:00:00Z"),
    ];
    let records: Vec<Value> = (1..).zip(nets).map(|(number, net)| with(launch(number), &[("/net", net)])).collect();
    import(&pool, "2026-01-01T00:00", &list(&records)).await.unwrap();
    assert_eq!(
        count(
            &pool,
            "select count(*) from fact_launch
            where net_at = window_start_at and net_at = '2026-06-01T12:00:00Z' and net_precision_id is null"
        )
        .await,
        5
    );
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_member_without_a_name_keeps_the_stored_name(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &list(&[launch(1), launch(2)])).await.unwrap();
    let nameless = |number| {
        let changes = [
            "/status/name",
            "/status/abbrev",
            "/launch_service_provider/name",
            "/rocket/configuration/name",
            "/rocket/configuration/full_name",
            "/pad/name",
            "/pad/location",
            "/mission/name",
            "/mission/orbit/name",
            "/mission/orbit/abbrev",
            "/net_precision/name",
            "/net_precision/abbrev",
        ];
        let changes: Vec<(&str, Value)> = changes.into_iter().map(|pointer| (pointer, Value::Null)).collect();
        with(launch(number), &changes)
    };
    let names = async || -> Vec<String> {
        sqlx::query_scalar(
            "select concat_ws(', ', dim_status.name, dim_status.abbrev, dim_launch_service_provider.name, dim_rocket_config.full_name,
                dim_pad.name, dim_location.name, dim_mission.name, dim_orbit.name, dim_orbit.abbrev, dim_net_precision.name)
            from fact_launch
            join dim_status using (status_id)
            join dim_launch_service_provider using (provider_id)
            join dim_rocket_config using (rocket_config_id)
            join dim_pad using (pad_id)
            join dim_location using (location_id)
            join dim_mission using (mission_id)
            join dim_orbit using (orbit_id)
            join dim_net_precision using (net_precision_id)
            order by launch_id",
        )
        .fetch_all(&pool)
        .await
        .unwrap()
    };
    let before = names().await;
    assert_eq!(before.len(), 2);
    import(&pool, "2026-01-02T00:00", &list(&[nameless(1), nameless(2)])).await.unwrap();
    assert_eq!(names().await, before);
    // A member that never had a name is "Unnamed" until it gets one.
    let new = with(launch(3), &[("/pad", json!({"id": 77})), ("/launch_service_provider", json!({"id": 78}))]);
    import(&pool, "2026-01-03T00:00", &list(&[launch(1), launch(2), new])).await.unwrap();
    assert_eq!(count(&pool, "select count(*) from dim_pad where name = 'Unnamed' and location_id = -1").await, 1);
    assert_eq!(count(&pool, "select count(*) from dim_launch_service_provider where name = 'Unnamed'").await, 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_replay_loads_quarantined_records_that_are_readable_now(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &list(&[launch(1)])).await.unwrap();
    // As quarantined by an older parser: a launch without a status, and one that serde_json rejects.
    let without = with(launch(2), &[("/status", Value::Null)]).to_string();
    let lone = launch(3).to_string().replace("Payload 3", "Payload \\ud800");
    for body in [without, lone] {
        sqlx::query(
            "insert into raw_quarantine (
                sha256, ingest_run_id, page_sha256, entity, record_key, reason, api_version, listing, first_seen_at, last_seen_at, body
            )
            select $1, ingest_run_id, sha256, 'launch', 'x', 'as it was', '2.2.0', 'upcoming', $2, $2, $3 from raw_ll2_page limit 1",
        )
        .bind(Sha256::digest(&body).as_slice())
        .bind(at("2026-01-01T00:00"))
        .bind(body.into_bytes())
        .execute(&pool)
        .await
        .unwrap();
    }
    let report = replay(&pool, ReplayScope::Quarantine).await.unwrap();
    assert_eq!((report.resolved, report.quarantined), (2, 0));
    assert_eq!(count(&pool, "select count(*) from mart_launch_board").await, 3);
    assert_eq!(count(&pool, "select count(*) from fact_launch where status_id = -1").await, 1);
    assert_eq!(count(&pool, "select count(*) from fact_launch where name like '%Payload \u{fffd}'").await, 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn all_spellings_of_an_id_are_the_same_launch(pool: PgPool) {
    let spelled = |number: u32, spell: fn(Uuid) -> String| json!(spell(id(number).parse().unwrap()));
    let spellings: [fn(Uuid) -> String; 5] = [
        |id| id.to_string().to_uppercase(),
        |id| id.simple().to_string(),
        |id| id.braced().to_string(),
        |id| id.urn().to_string(),
        |id| format!("{{{}}}", id.to_string().to_uppercase()),
    ];
    let mut records = vec![launch(1)];
    for (number, spell) in (10..).step_by(2).zip(spellings) {
        records.push(with(launch(number), &[("/id", spelled(number, spell))]));
        records.push(with(launch(number + 1), &[("/id", spelled(number + 1, spell)), ("/name", Value::Null)]));
    }
    let report = import(&pool, "2026-01-01T00:00", &list(&records)).await.expect("no record blocks the import");
    assert_eq!((report.counts.launches_changed, report.counts.quarantined), (6, 5));
    assert_eq!(count(&pool, "select count(*) from mart_launch_board").await, 6);
    let keys: Vec<String> =
        sqlx::query_scalar("select record_key from raw_quarantine order by 1").fetch_all(&pool).await.unwrap();
    assert_eq!(keys, [11, 13, 15, 17, 19].map(id));
    assert_eq!(landing_violations(&mut pool.acquire().await.unwrap()).await.unwrap(), []);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_payload_without_a_name_is_stored_as_unnamed(pool: PgPool) {
    let payload = json!([{"id": 5, "amount": 2, "payload": {"mass": 40.0, "name": null}}, {"id": 6, "payload": {"operator": "Somebody"}}]);
    let record = with(launch(1), &[("/response_mode", json!("detailed")), ("/rocket/payloads", payload)]);
    import(&pool, "2026-01-01T00:00", &list(&[record])).await.unwrap();
    assert_eq!(count(&pool, "select count(*) from launch_payload where name = 'Unnamed payload'").await, 2);
    assert_eq!(count(&pool, "select count(*) from launch_payload where amount = 2 and mass_kg = 40").await, 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn long_texts_and_lists_are_cut_and_reported(pool: PgPool) {
    /// Makes every text and every null of a record a megabyte long.
    fn bloat(value: &mut Value, key: &str) {
        match value {
            Value::Object(object) => object.iter_mut().for_each(|(key, value)| bloat(value, key)),
            Value::Array(array) => array.iter_mut().for_each(|value| bloat(value, key)),
            Value::String(_) | Value::Null if !["id", "net", "last_updated", "url"].contains(&key) => {
                *value = json!("月".repeat(300_000));
            }
            _ => {}
        }
    }
    let many = |number: u32| {
        let mut record = launch(number);
        bloat(&mut record, "");
        record["updates"] = (0..3000).map(|id| json!({"id": id, "comment": "x".repeat(5000)})).collect();
        record["vidURLs"] =
            (0..3000).map(|id| json!({"url": format!("https://example.org/{id}"), "title": "x".repeat(500)})).collect();
        record["infoURLs"] =
            json!([{"url": "https://user:pw@example.org/"}, {"url": "https://example.org/?access_token=x"}]);
        record
    };
    let records: Vec<Value> = (1..=6).map(many).collect();
    let report = import(&pool, "2026-01-01T00:00", &list(&records)).await.unwrap();
    assert_eq!((report.counts.launches_changed, report.counts.quarantined), (6, 0));
    let board =
        count(&pool, "select max(octet_length(to_jsonb(mart_launch_board)::text))::bigint from mart_launch_board")
            .await;
    assert!(board < 60_000, "{board} bytes a row");
    assert_eq!(
        count(&pool, "select max(rows) from (select count(*) as rows from launch_update group by launch_id) as t")
            .await,
        500
    );
    assert_eq!(
        count(&pool, "select max(rows) from (select count(*) as rows from launch_video group by launch_id) as t").await,
        100
    );
    assert_eq!(count(&pool, "select count(*) from launch_link").await, 0);
    assert_eq!(
        count(&pool, "select count(*) from launch_update where right(comment, 1) = '…' and length(comment) <= 4000")
            .await,
        3000
    );
    let noted: Vec<(String, String, i64)> = sqlx::query_as(
        "select part, treatment, record_count from raw_record_defect where treatment <> 'unknown' order by part, treatment",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    for part in ["comment", "description", "list", "name", "updates", "vid_urls"] {
        assert!(noted.contains(&(part.to_owned(), "cut".to_owned(), 6)), "{part}: {noted:?}");
    }
    assert!(noted.contains(&("link".to_owned(), "left_out".to_owned(), 6)), "{noted:?}");
}
