//! Migration 33: forecasts that were stored as lines of integers become JSON, and unreadable ones are kept.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Basis, Chance, DATE_LEVELS, DateForecast, LaunchForecast, Source, SuccessForecast};
use sqlx::{migrate::Migrator, types::Json};
use uuid::Uuid;
use warehouse::{Db, MIGRATOR, PgPool};

use crate::session::empty;

/// The last migration under which a forecast was a line.
const LINES: i64 = 32;

fn at(time: &str) -> DateTime<Utc> {
    time.parse().unwrap()
}

/// A forecast as the program wrote it before migration 33: `made_at;success;announced;date`.
fn line(forecast: &LaunchForecast) -> String {
    let units = |share: f64| (share * 10_000.0).round() as u16;
    let success = forecast.success.map_or_else(String::new, |success| {
        let chance = success.chance;
        let [mean, low, high] = [chance.mean(), chance.low(), chance.high()].map(units);
        let rests_on = success.rests_on as u8;
        format!("{rests_on} {mean} {low} {high} {} {} {}", chance.n(), success.succeeded, success.partial)
    });
    let (announced, date) = forecast.date.map_or_else(Default::default, |date| {
        let mut text = format!("{} {} {}", date.rests_on() as u8, date.precision_id().unwrap_or(-1), date.n());
        let mut before = 0;
        for hours in date.minutes().map(|minutes| minutes / 60) {
            text.push_str(&format!(" {}", hours - before));
            before = hours;
        }
        (date.announced().timestamp_micros().to_string(), text)
    });
    format!("{};{success};{announced};{date}", forecast.made_at.timestamp_micros())
}

/// Forecasts at the ends of their ranges, and some typical ones.
fn forecasts() -> Vec<LaunchForecast> {
    let success = |mean, low, high, n, rests_on, succeeded, partial| {
        Some(SuccessForecast {
            chance: Chance::new(mean, low, high, n).unwrap(),
            rests_on,
            succeeded,
            partial,
            records: None,
        })
    };
    let date = |announced: &str, precision_id, first: i32, step: i32, n, rests_on| {
        let mut minutes = [0; DATE_LEVELS.len()];
        for (level, minutes) in (0..).zip(&mut minutes) {
            *minutes = 60 * (first + level * step);
        }
        DateForecast::new(at(announced), precision_id, minutes, n, rests_on)
    };
    let successes = [
        None,
        success(0.97, 0.95, 0.985, 120, Basis::Configuration, 117, 1),
        success(0.0, 0.0, 0.0, 0, Basis::Family, 0, 0),
        success(1.0, 1.0, 1.0, u32::MAX, Basis::World, u32::MAX, u32::MAX),
    ];
    let dates = [
        None,
        date("2026-04-01T22:24:00.5Z", Some(1), -5, 7, 40, Basis::Provider),
        date("1957-10-04T19:28:34.000001Z", None, i32::MIN / 60, 0, u32::MAX, Basis::World),
        date("2099-12-31T23:59:59.999999Z", Some(i32::MAX), 0, i32::MAX / 1200, 0, Basis::Configuration),
    ];
    let made_at = [at("2026-03-30T01:02:03.456789Z"), at("1969-12-31T23:59:59.999999Z"), at("9999-12-31T00:00:00Z")];
    let mut forecasts = Vec::new();
    for success in successes {
        for date in dates {
            let made_at = made_at[forecasts.len() % made_at.len()];
            forecasts.push(LaunchForecast { made_at, success, date });
        }
    }
    forecasts
}

/// Texts that our program never wrote into the column.
fn damaged() -> Vec<String> {
    let mut texts: Vec<String> = [
        "",
        "text",
        ";;;",
        "1;;",
        "1;;;;",
        " 1;;;",
        "+1;;;",
        "01;;;",
        "-0;;;",
        "1\n;;;",
        "NaN;;;",
        "infinity;;;",
        "1e3;;;",
        "0x10;;;",
        "1_000;;;",
        "99999999999999999999;;;",
        "9223372036854775807;;;",
        "1;0 9700 9500 9850 120 117;;",
        "1;0  9700 9500 9850 120 117 1;;",
        "1;0 NaN 9500 9850 120 117 1;;",
        "1;4 9700 9500 9850 120 117 1;;",
        "1;0 9499 9500 9850 120 117 1;;",
        "1;0 9700 9500 10001 120 117 1;;",
        "1;0 9700 9500 9850 4294967296 117 1;;",
        "1;;5;",
        "1;;;0 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
        "1;;5;0 -2 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
        "1;;5;0 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 -1",
        "1;;5;0 1 1 2147483647 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
        "1;;5;0 1 1 0 0 0",
        r#"{"made_at": NaN, "success": null, "date": null}"#,
        r#"{"made_at": 1, "made_at": 2, "success": null, "date": null}"#,
        r#"{"made_at": "\u0000", "success": null, "date": null}"#,
        "\u{1F680}",
        "null",
    ]
    .map(str::to_owned)
    .into();
    // Each character of a good line left out, and replaced.
    let good = line(&forecasts()[5]);
    for (place, _) in good.char_indices() {
        for sign in ["", ";", " ", "-", "0", "9", "x"] {
            texts.push(format!("{}{sign}{}", &good[..place], &good[place + 1..]));
        }
    }
    texts.push("9".repeat(100_000));
    texts
}

async fn store(pool: &PgPool, launch_id: Uuid, made_at: DateTime<Utc>, content: &str) {
    sqlx::query(
        "insert into forecast (
            launch_id, made_at, ingest_run_id, rocket_flight_count, rocket_success_count, world_flight_count,
            world_success_count, announced_net_at, provider_id, content
        ) values ($1, $2, 1, 0, 0, 0, 0, $2, 1, $3)",
    )
    .bind(launch_id)
    .bind(made_at)
    .bind(content)
    .execute(pool)
    .await
    .unwrap();
}

async fn migrate_to_lines(pool: &PgPool) {
    empty(pool).await;
    let mut old = Migrator::DEFAULT;
    old.migrations = MIGRATOR.iter().filter(|it| it.version <= LINES).cloned().collect::<Vec<_>>().into();
    old.run(pool).await.unwrap();
}

#[sqlx::test(migrations = false)]
async fn every_stored_forecast_reads_the_same_or_is_kept_as_text(pool: PgPool) {
    migrate_to_lines(&pool).await;
    let start = at("2026-01-01T00:00:00Z");
    let (good, damaged) = (forecasts(), damaged());
    let mut texts: Vec<String> = good.iter().map(line).collect();
    texts.extend(damaged);
    for (minute, text) in (0..).zip(&texts) {
        store(&pool, Uuid::from_u128(1), start + TimeDelta::minutes(minute), text).await;
    }

    MIGRATOR.run(&pool).await.unwrap();

    let rows: Vec<(Option<Json<LaunchForecast>>, Option<String>)> =
        sqlx::query_as("select content, unreadable_content from model_forecast order by made_at")
            .fetch_all(&pool)
            .await
            .unwrap();
    assert_eq!(rows.len(), texts.len(), "none is lost");
    for (row, forecast) in rows.iter().zip(&good) {
        assert_eq!(row.0.as_deref(), Some(forecast));
    }
    let mut unreadable = 0;
    for ((content, text), was) in rows.iter().zip(&texts) {
        match content {
            // A line with another digit is another forecast: the parsed value contains all of the line.
            Some(content) => assert_eq!((line(content), text.as_ref()), (was.clone(), None)),
            None => {
                assert_eq!(text.as_ref(), Some(was));
                unreadable += 1;
            }
        }
    }
    assert!(unreadable > 300 && unreadable < texts.len() - good.len(), "{unreadable} of {}", texts.len());
    let left: i64 =
        sqlx::query_scalar("select count(*) from pg_proc where proname in ('forecast_json', 'forecast_time')")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(left, 0, "the functions were the migration's own");
}

#[sqlx::test(migrations = false)]
async fn the_board_shows_earlier_forecasts_and_omits_unreadable_ones(pool: PgPool) {
    migrate_to_lines(&pool).await;
    sqlx::raw_sql(include_str!("fixtures/board_of_release_30.sql")).execute(&pool).await.unwrap();
    let forecast = &LaunchForecast { made_at: at("2026-03-23T08:46:00Z"), ..forecasts()[5].clone() };
    store(&pool, Uuid::from_u128(1), forecast.made_at, &line(forecast)).await;
    store(&pool, Uuid::from_u128(2), forecast.made_at, "damaged").await;

    MIGRATOR.run(&pool).await.unwrap();

    let db = Db::new(pool.clone(), Source::Live, 3600);
    let launches = db.upcoming().await.unwrap();
    let shown: Vec<_> = launches.iter().map(|launch| (launch.id.as_u128(), launch.forecast.as_deref())).collect();
    assert_eq!(shown, [(1, Some(forecast)), (2, None)]);

    // Inserted by hand: it has the right keys with the wrong types.
    sqlx::query(
        r#"update model_forecast set content = '{"made_at": 1, "success": 2, "date": 3}', unreadable_content = null"#,
    )
    .execute(&pool)
    .await
    .unwrap();
    let db = Db::new(pool.clone(), Source::Live, 3600);
    assert!(db.upcoming().await.unwrap().iter().all(|launch| launch.forecast.is_none()), "the board is there without");
    let nameless = sqlx::query("update model_forecast set content = '{}'").execute(&pool).await.unwrap_err();
    assert!(nameless.to_string().contains("forecast_content_is_a_forecast"), "{nameless}");
}
