//! Makes every data test fail once: a test that cannot fail proves nothing.

mod faults;

use std::collections::BTreeSet;

use domain::{FreshnessState, Source};
use ingest::checks::{self, CHECKS};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, PgPool};

use self::faults::{FAULTS, MOVED};
use crate::fixture::{at, count, import, launch, list, status, with};

/// Returns a launch with one of each kind of child record.
pub(crate) fn laden(number: u32) -> Value {
    with(
        launch(number),
        &[
            ("/program", json!([{"id": 700, "name": "Made-up Programme", "start_date": "2020-01-01T00:00:00Z"}])),
            ("/updates", json!([{"id": number, "comment": "Still on.", "created_on": "2026-01-01T00:00:00Z"}])),
            ("/vidURLs", json!([{"url": "https://video.example/1", "title": "Live"}])),
            (
                "/mission_patches",
                json!([{"id": 7, "name": "Made-up Patch", "image_url": "https://pictures.example/7.png"}]),
            ),
            ("/infoURLs", json!([{"url": "https://info.example/1", "title": "Press kit"}])),
            (
                "/rocket/spacecraft_stage",
                json!({
                    "id": number, "destination": "Tidy orbit", "mission_end": null,
                    "spacecraft": {
                        "id": 60, "name": "Bin", "serial_number": "C1", "spacecraft_config": {"id": 6, "name": "Bin Mk 2"}
                    },
                    "landing": {"id": 1000 + number, "attempt": true, "success": null},
                    "launch_crew": [{"role": {"role": "Pilot"}, "astronaut": {"id": 9, "name": "A. Raccoon"}}]
                }),
            ),
            (
                "/rocket/launcher_stage",
                json!([{
                    "id": 2000 + number, "type": "Core", "reused": false, "launcher": {"id": 70, "serial_number": "B1"},
                    "landing": {"id": 3000 + number, "attempt": true, "location": {"id": 80, "name": "Barge"}}
                }]),
            ),
            ("/pad/location/latitude", json!("-39")),
        ],
    )
}

async fn finding(connection: &mut PgConnection, name: &str) -> i64 {
    let findings = checks::run(connection).await.expect("every statement runs");
    findings.iter().find(|finding| finding.check.name == name).expect("the test exists").offending_count
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn every_data_test_passes_good_data_and_fails_bad_data(pool: PgPool) {
    let tested: BTreeSet<&str> = FAULTS.iter().map(|(name, _)| *name).collect();
    let declared: BTreeSet<&str> = CHECKS.iter().map(|check| check.name).collect();
    assert_eq!(tested, declared, "every data test has a fault that it finds");

    let launches: Vec<Value> = (1..=3).map(laden).collect();
    import(&pool, "2026-01-01T00:00", &list(&launches)).await.unwrap();
    // 2.2.0 sends no coordinates of locations; the fault needs one to change.
    sqlx::query("update dim_location set latitude = -39").execute(&pool).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    for finding in checks::run(&mut connection).await.unwrap() {
        assert_eq!(finding.offending_count, 0, "{} fails good data: {:?}", finding.check.name, finding.sample);
    }
    for (name, fault) in FAULTS {
        let mut transaction = connection.begin().await.unwrap();
        let fault = fault.replace("MOVED", MOVED);
        let fault = format!("set local session_replication_role = replica; {fault}");
        sqlx::raw_sql(AssertSqlSafe(fault)).execute(&mut *transaction).await.unwrap();
        let check = CHECKS.iter().find(|check| check.name == *name).unwrap();
        assert!(finding_of(&mut transaction, check).await > 0, "{name} does not find its fault");
        transaction.rollback().await.unwrap();
    }
}

/// Runs only one test: others may fail with an error because of the same fault.
async fn finding_of(connection: &mut PgConnection, check: &checks::Check) -> i64 {
    checks::run_one(connection, check).await.expect("the statement runs").offending_count
}

/// Tables that grow with each run, as opposed to with each launch.
const HISTORY: [&str; 10] = [
    "ingest_run",
    "ingest_step",
    "ingest_statement",
    "ingest_request",
    "raw_ll2_page",
    "raw_ll2_segment",
    "data_test_result",
    "data_test_summary",
    "model_forecast",
    "model_forecast_score",
];

/// Returns the number of rows of those tables that a plan with measurements has read.
fn rows_read(plan: &Value) -> f64 {
    let number = |key: &str| plan[key].as_f64().unwrap_or_default();
    let removed = number("Rows Removed by Filter") + number("Rows Removed by Index Recheck");
    let is_history = plan["Relation Name"].as_str().is_some_and(|name| HISTORY.contains(&name));
    let own = if is_history { (number("Actual Rows") + removed) * number("Actual Loops") } else { 0.0 };
    own + plan["Plans"].as_array().into_iter().flatten().map(rows_read).sum::<f64>()
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn data_tests_read_only_recent_rows_of_what_grows_with_each_run(pool: PgPool) {
    let launches: Vec<Value> = (1..=3).map(launch).collect();
    import(&pool, "2026-01-01T00:00", &list(&launches)).await.unwrap();
    sqlx::raw_sql(
        "insert into ingest_run (kind, trigger, source, base_url, api_version, state, started_at, finished_at, observed_at, is_complete, error)
        select
            case when number % 4 = 0 then 'sweep' else 'changed' end, 'schedule', 'simulated', '', '2.3.0',
            case when number % 9 = 0 then 'failed' else 'succeeded' end, at, at, at, number % 4 = 0, case when number % 9 = 0 then 'x' end
        from generate_series(1, 3000) as number,
            lateral (select '2025-01-01T00:00Z'::timestamptz + number * interval '1 minute' as at) as clock;
        insert into ingest_step (ingest_run_id, step_number, name, state, finished_at)
        select ingest_run_id, 1, 'transform', 'succeeded', clock_timestamp() from ingest_run where ingest_run_id > 1;
        insert into ingest_statement select ingest_run_id, 1, 'dim_pad', 0, 0 from ingest_run where ingest_run_id > 1;
        insert into ingest_request (ingest_run_id, purpose, url, outcome, sent_at, finished_at)
        select ingest_run_id, 'changed', '', 'failed', started_at, finished_at from ingest_run where ingest_run_id > 1;
        insert into raw_ll2_segment (page_count, body_bytes, bodies_zstd) select 1, 1, 'x' from ingest_run where ingest_run_id > 1;
        insert into raw_ll2_page (sha256, ingest_run_id, url, api_version, observed_at, body_bytes, raw_ll2_segment_id, segment_offset)
        select sha256(ingest_run_id::text::bytea), ingest_run_id, '', '2.3.0', observed_at, 1, ingest_run_id - 1, 0
        from ingest_run where ingest_run_id > 1;
        update ingest_request set page_sha256 = sha256(ingest_run_id::text::bytea) where ingest_run_id > 1;
        insert into data_test_result (ingest_run_id, test, severity, offending_count)
        select ingest_run_id, 'x', 'warn', 1 from ingest_run where ingest_run_id > 1;
        insert into data_test_set values ('then', 'x', 'warn');
        insert into data_test_summary (ingest_run_id, data_test_set_id, test_count, warned_count, blocked_count)
        select ingest_run_id, 'then', 1, 1, 0 from ingest_run where ingest_run_id > 1;
        -- A thousand flights, each with three forecasts.
        insert into dim_status values (3, 'Success', 'Success', null);
        insert into fact_launch (
            launch_id, name, status_id, provider_id, rocket_config_id, pad_id, net_at, net_precision_id, is_webcast_live, last_updated_at,
            is_upcoming, first_seen_at, last_seen_at, content_hash, has_detail
        )
        select
            gen_random_uuid(), name, 3, provider_id, rocket_config_id, pad_id, '2025-06-01T00:00Z', net_precision_id, is_webcast_live,
            last_updated_at, false, first_seen_at, last_seen_at, content_hash, has_detail
        from fact_launch, generate_series(1, 1000)
        where launch_id::text like '%1';
        insert into model_forecast
        select (jsonb_populate_record(model_forecast, jsonb_build_object(
            'launch_id', flown.launch_id, 'made_at', ingest_run.observed_at, 'ingest_run_id', ingest_run.ingest_run_id
        ))).*
        from model_forecast, ingest_run, (select launch_id, row_number() over () as number from fact_launch where status_id = 3) as flown
        where model_forecast.launch_id::text like '%1' and ingest_run.ingest_run_id % 1000 = flown.number % 1000 and ingest_run.ingest_run_id > 1;
        -- Of days of which no forecast is in this table.
        set session_replication_role = replica;
        insert into model_forecast_score (launch_id, made_at, ingest_run_id, left_out)
        select flown.launch_id, ingest_run.observed_at + ingest_run.ingest_run_id / 1000 * interval '2 days', ingest_run.ingest_run_id, 'deleted'
        from ingest_run, (select launch_id, row_number() over () as number from fact_launch where status_id = 3) as flown
        where ingest_run.ingest_run_id % 1000 = flown.number % 1000 and ingest_run.ingest_run_id > 1;
        set session_replication_role = default;
        analyze",
    )
    .execute(&pool)
    .await
    .unwrap();
    let mut changed = launches.clone();
    changed[0] = with(launch(1), &[("/status", status(8))]);
    import(&pool, "2026-01-02T00:00", &list(&changed)).await.unwrap();
    for table in HISTORY {
        let rows: i64 =
            sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}"))).fetch_one(&pool).await.unwrap();
        assert!(rows >= 3000, "{table} has {rows} rows");
    }
    let mut connection = pool.acquire().await.unwrap();
    let mut read = Vec::new();
    for check in CHECKS {
        let sql = format!("explain (analyze, format json) {}", check.query());
        let plan: Value = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut *connection).await.unwrap();
        read.push((rows_read(&plan[0]["Plan"]), check.name));
    }
    read.sort_by(|one, other| other.0.total_cmp(&one.0));
    assert!(read[0].0 > 50.0, "the plans name their tables: {read:?}");
    assert!(read[0].0 < 1000.0, "{:?}", &read[..5]);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn limits_of_data_tests_are_where_they_say(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &list(&(1..=3).map(launch).collect::<Vec<_>>())).await.unwrap();
    let cases = [
        (
            "assert_segments_contain_their_bodies",
            "insert into raw_ll2_segment (page_count, body_bytes, bodies_zstd) select 1, body_bytes + 1, '\\x00' from raw_ll2_page;
            update raw_ll2_page set body_zstd = null, segment_offset = 1, raw_ll2_segment_id = (select max(raw_ll2_segment_id) from raw_ll2_segment)",
        ),
        (
            "assert_settled_runs_have_a_checkpoint",
            "update ingest_run set settled_at = clock_timestamp();
            insert into ingest_checkpoint (table_name, row_count, rows_sha256, rows_zstd) values ('dim_pad', 0, sha256(''), '')",
        ),
        ("assert_quarantine_stays_small", "update stg_run set record_count = 40, quarantined_count = 2"),
        ("assert_quarantine_stays_small", "update stg_run set record_count = 2, quarantined_count = 1"),
        ("assert_most_records_are_usable", "update stg_run set record_count = 50, quarantined_count = 10"),
        ("assert_most_records_are_usable", "update stg_run set record_count = 9, quarantined_count = 9"),
        ("assert_flights_end", "update fact_launch set status_id = 6, net_at = '2025-12-29T00:00:00Z'"),
        ("assert_flights_end", "update fact_launch set status_id = 3, net_at = '2025-12-01T00:00:00Z'"),
        ("assert_last_updated_does_not_go_back", "update stg_ll2__change set last_updated_before_at = '2026-01-01'"),
        // Three flights are two fewer than five.
        (
            "assert_flights_are_counted_as_by_ll2",
            "update ingest_cursor set position_at = '2025-12-31T00:00:00Z' where feed = 'history';
            update fact_launch set status_id = 3, agency_launch_attempt_count_year = 5",
        ),
        // The history of the year is incomplete.
        (
            "assert_flights_are_counted_as_by_ll2",
            "update ingest_cursor set position_at = '2026-01-01T00:00:00Z' where feed = 'history';
            update fact_launch set status_id = 3, agency_launch_attempt_count_year = 30",
        ),
        // The whole history is read, down to a first flight: the total of LL2 is seven, which is four more.
        (
            "assert_flights_are_counted_as_by_ll2",
            "update ingest_cursor set position_at = '1957-10-04T00:00:00Z' where feed = 'history';
            update fact_launch set status_id = 3",
        ),
    ];
    let mut connection = pool.acquire().await.unwrap();
    for (name, change) in cases {
        let mut transaction = connection.begin().await.unwrap();
        let change = format!("set local session_replication_role = replica; {change}");
        sqlx::raw_sql(AssertSqlSafe(change.clone())).execute(&mut *transaction).await.unwrap();
        let check = CHECKS.iter().find(|check| check.name == name).unwrap();
        assert_eq!(finding_of(&mut transaction, check).await, 0, "{name}: {change}");
        transaction.rollback().await.unwrap();
    }
    let check = CHECKS.iter().find(|check| check.name == "assert_flights_are_counted_as_by_ll2").unwrap();
    let mut transaction = connection.begin().await.unwrap();
    sqlx::raw_sql(
        "set local session_replication_role = replica;
        update ingest_cursor set finished_at = now() where feed = 'history';
        update fact_launch set status_id = 3, agency_launch_attempt_count_year = 3",
    )
    .execute(&mut *transaction)
    .await
    .unwrap();
    assert_eq!(finding_of(&mut transaction, check).await, 1, "the total of the provider, and not that of the year");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn every_column_of_the_open_revision_is_compared(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &list(&[launch(1), launch(2)])).await.unwrap();
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select column_name::text, data_type::text
        from information_schema.columns
        where table_schema = current_schema()
            and table_name = 'fact_launch_revision'
            -- The edit time is that of the record that opened the revision, and not the newest one.
            and column_name not in ('launch_id', 'revision_number', 'valid_from', 'valid_to', 'ingest_run_id', 'last_updated_at')",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(columns.len() >= 18, "{columns:?}");
    let check = CHECKS.iter().find(|check| check.name == "assert_newest_revision_is_the_fact").unwrap();
    let mut connection = pool.acquire().await.unwrap();
    for (column, kind) in columns {
        let other = match kind.as_str() {
            "text" => format!("coalesce({column}, '') || '?'"),
            "integer" | "smallint" => format!("coalesce({column}, 0) + 1"),
            "boolean" => format!("not {column}"),
            "timestamp with time zone" => format!("coalesce({column}, '2026-01-01') + interval '1 day'"),
            _ => panic!("{column} is of a kind that this test does not know: {kind}"),
        };
        let mut transaction = connection.begin().await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(format!(
            "set local session_replication_role = replica;
            update fact_launch_revision set {column} = {other} where launch_id::text like '%1'"
        )))
        .execute(&mut *transaction)
        .await
        .unwrap();
        assert_eq!(finding_of(&mut transaction, check).await, 1, "{column}");
        transaction.rollback().await.unwrap();
    }
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_check_of_everything_sees_all_rows_and_leaves_no_trace(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &list(&[launch(1), launch(2)])).await.unwrap();
    let renamed = with(launch(2), &[("/name", json!("Renamed"))]);
    import(&pool, "2026-01-02T00:00", &list(&[launch(1), renamed])).await.unwrap();
    sqlx::query(
        "update fact_launch_revision set valid_to = valid_from + interval '1 hour' where launch_id::text like '%1'",
    )
    .execute(&pool)
    .await
    .unwrap();
    sqlx::query("update raw_ll2_page set body_bytes = 0 where ingest_run_id = 1").execute(&pool).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    assert_eq!(finding(&mut connection, "assert_revisions_are_contiguous").await, 0, "the last run did not change it");
    assert_eq!(finding(&mut connection, "assert_landed_pages_hold_something").await, 0);

    let findings = checks::run_over_everything(&mut connection).await.unwrap();
    let offences: Vec<(&str, i64)> = findings
        .iter()
        .filter(|finding| finding.offending_count > 0)
        .map(|finding| (finding.check.name, finding.offending_count))
        .collect();
    let expected =
        ["assert_landed_pages_hold_something", "assert_newest_revision_is_the_fact", "assert_revisions_are_contiguous"];
    assert_eq!(offences, expected.map(|name| (name, 1)));
    assert_eq!(count(&pool, "select count(*) from stg_ll2__change").await, 1);
    assert_eq!(count(&pool, "select count(*) from stg_run").await, 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_test_with_a_threshold_warns_up_to_it_and_blocks_above(pool: PgPool) {
    let import_with = async |odd: u32, observed_at: &str| {
        let trigger = format!(
            "create or replace function err() returns trigger language plpgsql as
            $$ begin if new.payload_flight_id <= {odd} then new.amount := 0; end if; return new; end $$;
            create or replace trigger err before insert or update on launch_payload for each row execute function err()"
        );
        sqlx::raw_sql(AssertSqlSafe(trigger)).execute(&pool).await.unwrap();
        let payloads: Vec<Value> = (1..=12)
            .map(|number| json!({"id": number, "amount": 2, "payload": {"id": 5, "name": format!("As of {observed_at}")}}))
            .collect();
        let launch = with(launch(1), &[("/response_mode", json!("detailed")), ("/rocket/payloads", json!(payloads))]);
        import(&pool, observed_at, &list(&[launch])).await
    };
    import_with(10, "2026-01-01T00:00").await.unwrap();
    let error = import_with(11, "2026-01-02T00:00").await.unwrap_err();
    assert!(error.to_string().contains("assert_payloads_are_possible (11)"), "{error}");

    let results: Vec<(i64, String, i64)> = sqlx::query_as(
        "select ingest_run_id, severity, offending_count from mart_data_test where test = 'assert_payloads_are_possible' order by 1",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(results, [(1, "warn".to_owned(), 10), (2, "block".to_owned(), 11)]);
    let counts: Vec<(i64, i64)> =
        sqlx::query_as("select warned_count, blocked_count from mart_run order by ingest_run_id")
            .fetch_all(&pool)
            .await
            .unwrap();
    assert_eq!(counts, [(1, 0), (0, 1)]);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_blocked_publication_is_distinguished_from_a_failed_fetch(pool: PgPool) {
    let all: Vec<Value> = (1..=20).map(launch).collect();
    import(&pool, "2026-01-01T00:00", &list(&all)).await.unwrap();
    import(&pool, "2026-01-01T01:00", &list(&all[..5])).await.unwrap_err();
    let db = warehouse::Db::new(pool.clone(), Source::Simulated, 3600);
    let freshness = db.freshness().await.unwrap();
    assert_eq!(freshness.state(at("2026-01-01T01:30")), FreshnessState::Blocked);
    assert_eq!((freshness.as_of, freshness.upcoming_count), (Some(at("2026-01-01T00:00")), 20));
    assert!(
        count(&pool, "select count(*) from ingest_statement where ingest_run_id = 2").await > 0,
        "the rolled back run is reported"
    );

    import(&pool, "2026-01-01T02:00", &list(&all)).await.unwrap();
    assert_eq!(db.freshness().await.unwrap().state(at("2026-01-01T02:01")), FreshnessState::Fresh);
}
