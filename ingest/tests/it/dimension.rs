//! Agencies, countries, people, boosters, spacecraft and landings: each is stored once, under LL2's id, with its
//! history.

use ingest::ReplayScope;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool};

use crate::{
    fixture::{count, import, launch, list, partial, with},
    replay::{hash, replay},
};

/// Returns the rows of a query of one text column.
async fn rows(pool: &PgPool, sql: &str) -> Vec<String> {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_all(pool).await.expect("the query is valid")
}

fn stage(id: i64, launcher: &Value, landing: &Value) -> Value {
    json!({
        "id": id, "type": "Core", "reused": true, "launcher_flight_number": 3,
        "launcher": launcher, "landing": landing
    })
}

fn with_stages(stages: Value) -> Value {
    with(launch(1), &[("/rocket/launcher_stage", stages)])
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_agency_is_one_member_in_every_role(pool: PgPool) {
    let record = with(
        launch(1),
        &[
            ("/rocket/configuration/manufacturer", json!({"id": 111, "name": "Maker", "type": "Commercial"})),
            (
                "/mission/agencies",
                // The provider again, with fewer attributes, and one that only missions have.
                json!([{"id": 100, "name": "Made-up Launches"}, {"id": 112, "name": "Customer", "country_code": "FRA,XXX, ITA"}]),
            ),
            (
                "/rocket/spacecraft_stage",
                json!({
                    "id": 1, "spacecraft": {"id": 2, "name": "Bin", "spacecraft_config": {"id": 3, "agency": {"id": 113, "name": "Tinker"}}},
                    "launch_crew": [{"role": {"role": "Pilot"}, "astronaut": {
                        "id": 9, "name": "A. Raccoon", "nationality": "American Dutch", "agency": {"id": 114, "name": "Corps"}
                    }}]
                }),
            ),
            ("/mission_patches", json!([{"id": 5, "name": "Patch", "agency": {"id": 115, "name": "Tailor"}}])),
        ],
    );
    import(&pool, "2026-01-01T00:00", &list(&[record])).await.unwrap();
    let roles = "select concat_ws(' ', agency_id, name, case when is_provider then 'provider' end, case when is_manufacturer then 'manufacturer' end,
            case when is_mission_agency then 'mission' end, case when is_crew_agency then 'crew' end)
        from dim_agency where agency_id > 0 order by agency_id";
    assert_eq!(
        rows(&pool, roles).await,
        [
            "100 Made-up Launches provider mission",
            "111 Maker manufacturer",
            "112 Customer mission",
            "113 Tinker manufacturer",
            "114 Corps crew",
            "115 Tailor",
        ]
    );
    assert_eq!(
        count(&pool, "select count(*) from dim_agency where agency_id = 100 and founding_year = 2001").await,
        1,
        "the record with the fewest attributes does not win"
    );
    assert_eq!(rows(&pool, "select name from dim_launch_service_provider").await, ["Made-up Launches"]);
    assert_eq!(count(&pool, "select count(*) from dim_rocket_config where manufacturer_id = 111").await, 1);
    let countries = "select concat_ws(' ', list_position, country_code, received_code) from dim_agency_country where agency_id = 112 order by 1";
    assert_eq!(rows(&pool, countries).await, ["1 FRA FRA", "2 ??? XXX", "3 ITA ITA"]);
    let nations = "select country_code from dim_astronaut_country order by 1";
    assert_eq!(rows(&pool, nations).await, ["NLD", "USA"]);
    let place = "select concat_ws(' ', country_code, is_disputed) from dim_pad_country where pad_id = 500";
    assert_eq!(rows(&pool, place).await, ["NZL f"]);
    sqlx::query("update dim_pad set country_code = 'MHL' where pad_id = 500").execute(&pool).await.unwrap();
    assert_eq!(rows(&pool, place).await, ["MHL t"]);
    sqlx::query("update dim_pad set country_code = '???' where pad_id = 500").execute(&pool).await.unwrap();
    assert_eq!(rows(&pool, place).await, ["NZL f"], "an unknown country is none");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_booster_has_a_history_by_the_id_of_its_stage(pool: PgPool) {
    let unknown = json!({"id": 106, "serial_number": "Unknown F9"});
    let b1 = json!({"id": 70, "serial_number": "B1"});
    let planned = json!({"id": 30, "attempt": true, "success": null, "location": {"id": 80, "name": "Barge"}});
    let landed = with(planned.clone(), &[("/success", json!(true))]);
    let side = stage(11, &json!({"id": 71, "serial_number": "B2"}), &Value::Null);
    let history =
        "select concat_ws(' ', stage_id, serial_number, landing_success, to_char(valid_from at time zone 'UTC', 'DD'),
            to_char(valid_to at time zone 'UTC', 'DD'))
        from launch_booster_revision order by stage_id, valid_from";
    for (day, stages) in [
        ("01", json!([stage(10, &unknown, &planned)])),
        // Assigned, beside a second stage.
        ("02", json!([stage(10, &b1, &planned), side])),
        // LL2 lists them in another order.
        ("03", json!([side, stage(10, &b1, &planned)])),
        ("04", json!([stage(10, &b1, &landed)])),
        ("05", json!([side, stage(10, &b1, &landed)])),
    ] {
        import(&pool, &format!("2026-01-{day}T00:00"), &list(&[with_stages(stages)])).await.unwrap();
    }
    let expected = ["10 Unknown F9 01 02", "10 B1 02 04", "10 B1 t 04", "11 B2 02 04", "11 B2 05"];
    assert_eq!(rows(&pool, history).await, expected);
    // Two observations with the same time: the later one is kept, and a period is never empty.
    import(&pool, "2026-01-05T00:00", &list(&[with_stages(json!([stage(10, &unknown, &landed)]))])).await.unwrap();
    let taken_back = ["10 Unknown F9 01 02", "10 B1 02 04", "10 B1 t 04 05", "10 Unknown F9 t 05", "11 B2 02 04"];
    assert_eq!(rows(&pool, history).await, taken_back);
    // A record without details has no stages, which is not the same as none.
    import(&pool, "2026-01-06T00:00", &partial(&[normal(launch(1))])).await.unwrap();
    assert_eq!(rows(&pool, history).await, taken_back);
    assert_eq!(count(&pool, "select count(*) from dim_launcher where is_placeholder").await, 1);
    assert_eq!(rows(&pool, "select name from dim_landing_location").await, ["Barge"]);

    let content = hash(&pool).await;
    assert_eq!(replay(&pool, ReplayScope::Everything).await.unwrap().hashes, (content.clone(), content));
    assert_eq!(rows(&pool, history).await, taken_back);
}

/// Returns the launch as in `normal` mode.
fn normal(mut launch: Value) -> Value {
    let object = launch.as_object_mut().expect("a launch is an object");
    for key in ["updates", "infoURLs", "vidURLs", "mission_patches"] {
        object.remove(key);
    }
    object["rocket"].as_object_mut().expect("a rocket is an object").remove("launcher_stage");
    launch
}

/// Whatever LL2 sends in place of ids, no two stages share a key and nothing is lost.
#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn stages_without_usable_ids_are_told_apart(pool: PgPool) {
    let b1 = json!({"serial_number": "B1"});
    let nameless = json!({"type": "Core", "launcher": b1});
    let stages = json!([
        nameless,
        nameless,
        stage(-1, &b1, &Value::Null),
        stage(7, &json!({"id": 99_999_999_999_u64, "serial_number": "B9"}), &json!("sea")),
        stage(7, &b1, &Value::Null),
        with(
            stage(8, &b1, &Value::Null),
            &[("/landing", json!({"landing_location": "A barge", "location": {"id": 4}}))]
        ),
    ]);
    import(&pool, "2026-01-01T00:00", &list(&[with_stages(stages)])).await.unwrap();
    let all = "select concat_ws(' ', stage_id, serial_number, launcher_id, landing_location) from launch_booster order by booster_number";
    assert_eq!(rows(&pool, all).await, ["-1 B1", "-2 B1", "-3 B1", "7 B9", "8 B1 A barge"]);
    assert_eq!(count(&pool, "select count(*) from raw_quarantine").await, 0);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn changes_of_dimension_members_are_logged(pool: PgPool) {
    let changed = |name: &str, total: i64| {
        with(
            launch(1),
            &[
                ("/launch_service_provider/name", json!(name)),
                ("/launch_service_provider/total_launch_count", json!(total)),
                ("/launch_service_provider/administrator", if total > 8 { json!("A. Raccoon") } else { Value::Null }),
            ],
        )
    };
    for (day, name, total) in [("01", "One", 7), ("02", "One", 8), ("03", "Two", 9), ("04", "Two", 9), ("05", "One", 8)]
    {
        import(&pool, &format!("2026-01-{day}T00:00"), &list(&[changed(name, total)])).await.unwrap();
    }
    let log = "select concat_ws(' ', dimension, member_id, attribute, to_char(observed_at at time zone 'UTC', 'DD'), ingest_run_id,
            coalesce(old_value, '-'), coalesce(new_value, '-'))
        from dim_change order by observed_at, attribute";
    let expected = [
        "dim_agency 100 administrator 03 3 - A. Raccoon",
        "dim_agency 100 name 03 3 One Two",
        "dim_agency 100 administrator 05 5 A. Raccoon -",
        "dim_agency 100 name 05 5 Two One",
    ];
    assert_eq!(rows(&pool, log).await, expected);
    // An older observation changes nothing and is not logged, until a replay puts it in its place.
    import(&pool, "2026-01-03T12:00", &list(&[changed("Three", 9)])).await.unwrap();
    assert_eq!(rows(&pool, log).await, expected);
    replay(&pool, ReplayScope::Everything).await.unwrap();
    let names =
        "select concat_ws(' ', old_value, new_value) from dim_change where attribute = 'name' order by observed_at";
    assert_eq!(rows(&pool, names).await, ["One Two", "Two Three", "Three Two", "Two One"]);
}

/// A migration that needs landed pages asks for a replay. One that fails must not keep the job from its work.
#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_replay_that_a_migration_asked_for_comes_first_and_may_fail(pool: PgPool) {
    let ask = "insert into ingest_rebuild (reason) values ('A test.')";
    let replays = "select concat_ws(' ', kind, state) from ingest_run order by ingest_run_id";
    import(&pool, "2026-01-01T00:00", &list(&[launch(1)])).await.unwrap();
    sqlx::query(ask).execute(&pool).await.unwrap();
    sqlx::query("update fact_launch set slug = 'lost'").execute(&pool).await.unwrap();
    let report = import(&pool, "2026-01-02T00:00", &list(&[launch(1)])).await.unwrap();
    assert_eq!(report.counts.launches_changed, 0);
    assert_eq!(count(&pool, "select count(*) from fact_launch where slug = 'made-up-1'").await, 1);
    assert_eq!(rows(&pool, replays).await, ["import succeeded", "replay succeeded", "import succeeded"]);
    let state = "select concat_ws(' ', attempt_count, finished_at is not null, ingest_run_id, error) from ingest_rebuild order by ingest_rebuild_id";
    assert_eq!(rows(&pool, state).await, ["1 t 2"]);

    sqlx::query(ask).execute(&pool).await.unwrap();
    sqlx::query("update raw_ll2_page set body_zstd = '\\x00'").execute(&pool).await.unwrap();
    for day in 3..8 {
        let time = format!("2026-01-0{day}T00:00");
        let renamed = with(launch(1), &[("/slug", json!(format!("day-{day}")))]);
        assert_eq!(import(&pool, &time, &list(&[renamed])).await.unwrap().counts.launches_changed, 1);
    }
    let failed = rows(&pool, "select error from ingest_rebuild where finished_at is null").await;
    assert!(matches!(&failed[..], [error] if error.contains("cannot be decompressed")), "{failed:?}");
    assert_eq!(count(&pool, "select count(*) from ingest_run where kind = 'replay' and state = 'failed'").await, 3);
    assert_eq!(count(&pool, "select attempt_count::bigint from ingest_rebuild where finished_at is null").await, 3);
}
