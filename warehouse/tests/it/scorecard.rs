//! How good forecasts were, from the forecasts that were kept.

use domain::{DateGroup, Source};
use warehouse::{Db, PgPool};

fn db(pool: &PgPool) -> Db {
    Db::new(pool.clone(), Source::Live, 3600).frozen_at("2026-03-23T09:00:00Z".parse().expect("an instant"))
}

/// Stores a forecast of the launch with that name; its announced date is 2 May at noon, to the minute.
async fn keep(pool: &PgPool, name: &str, made_at: &str, chance: f64) {
    let forecast = "insert into model_forecast
        select
            launch_id, $2::timestamptz, 1, $3, 4, 2, 4, 2, '2025-05-02 12:00+00', 1, 101, '2025-05-02 12:00+00',
            '2025-05-03 12:00+00', '2025-05-05 12:00+00', '2025-05-06 12:00+00', 0.25, '2025-05-02 12:00+00',
            '2025-05-02 12:00+00', null, jsonb_build_object('made_at', $2, 'success', null, 'date', null)
        from fact_launch where name = $1";
    let done = sqlx::query(forecast).bind(name).bind(made_at).bind(chance).execute(pool).await.expect("keeps");
    assert_eq!(done.rows_affected(), 1);
}

fn is(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("flown"))]
async fn only_the_last_forecast_before_a_flight_is_scored(pool: PgPool) {
    keep(&pool, "Launch 6", "2025-04-30T00:00:00Z", 0.5).await;
    keep(&pool, "Launch 6", "2025-05-01T00:00:00Z", 0.9).await;
    keep(&pool, "Launch 6", "2025-05-04T13:00:00Z", 0.1).await;
    let scorecard = db(&pool).scorecard().await.expect("reads");
    let [all, provider] = scorecard.success.as_slice() else { panic!("two groups: {:?}", scorecard.success) };
    assert_eq!((all.provider.as_deref(), provider.provider.as_deref()), (None, Some("Provider")));
    assert_eq!((all.flights, all.successes), (1, 1));
    assert!(is(all.log_loss, -0.9_f64.ln()) && is(all.brier, 0.01), "{all:?}");
    assert_eq!(all.log_loss_interval, None, "one week gives no interval");
    // Two of four were known to succeed: (2 + 1) / (4 + 2).
    let constant = &all.baselines[0];
    assert!(is(constant.log_loss, 2.0_f64.ln()) && is(constant.brier, 0.25), "{constant:?}");
    let gain = constant.gain.expect("a gain");
    assert!(is(gain.share, 1.0 + 0.9_f64.ln() / 2.0_f64.ln()) && gain.interval.is_none(), "{gain:?}");
    let [bin] = scorecard.calibration.as_slice() else { panic!("one bin: {:?}", scorecard.calibration) };
    assert_eq!((bin.from, bin.to, bin.flights, bin.successes, bin.predicted), (0.85, 0.92, 1, 1, 0.9));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("flown"))]
async fn flights_loaded_as_history_are_predicted_afterwards_and_scored_separately(pool: PgPool) {
    let afterwards = db(&pool).scorecard().await.expect("reads");
    assert!(afterwards.success.is_empty() && afterwards.dates.is_empty());
    // Eight have left the pad; the outcome of one is not known.
    let all = &afterwards.retrodicted.success[0];
    assert_eq!((all.flights, all.successes), (7, 4));
    assert!(all.log_loss.is_finite() && all.baselines.len() == 4, "{all:?}");
    keep(&pool, "Launch 6", "2025-05-01T00:00:00Z", 0.9).await;
    let both = db(&pool).scorecard().await.expect("reads");
    assert_eq!((both.success[0].flights, both.retrodicted.success[0].flights), (1, 6), "each flight once");
    let old = "update fact_launch set net_at = net_at - interval '10 years'";
    sqlx::query(old).execute(&pool).await.expect("updates");
    let old = db(&pool).scorecard().await.expect("reads");
    assert!(old.retrodicted.success.is_empty(), "the constants were chosen on those: {:?}", old.retrodicted);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("flown"))]
async fn a_date_is_scored_in_days_beyond_the_announced_period(pool: PgPool) {
    keep(&pool, "Launch 6", "2025-05-01T00:00:00Z", 0.9).await;
    // The record goes back 400 days.
    sqlx::query("update fact_launch set last_seen_at = '2025-06-01'").execute(&pool).await.expect("updates");
    sqlx::query("update ingest_run set observed_at = observed_at - interval '290 days'")
        .execute(&pool)
        .await
        .expect("updates");
    let scorecard = db(&pool).scorecard().await.expect("reads");
    let groups: Vec<&DateGroup> = scorecard.dates.iter().map(|score| &score.group).collect();
    let (horizon, provider) =
        (DateGroup::Horizon("1 to 7 days".to_owned()), DateGroup::Provider("Provider".to_owned()));
    assert_eq!(groups, [&DateGroup::All, &DateGroup::Flown, &horizon, &provider]);
    for score in &scorecard.dates {
        // Flown two days after the NET, one hour of it within its precision; P50 is a day too early, P80 a day too late.
        let late = 2.0 - 1.0 / 24.0;
        assert!(is(score.pinball_days[0], 0.5) && is(score.pinball_days[1], 0.2), "{score:?}");
        let [p50, p80] = score.announced_pinball_days;
        assert!(is(p50, 0.5 * late) && is(p80, 0.8 * late), "{score:?}");
        assert_eq!(score.announced_pinball_days, score.horizon_pinball_days);
        let gain = score.gain_over_announced.expect("a gain");
        assert!(is(gain.share, 1.0 - 0.7 / (1.3 * late)) && gain.interval.is_none(), "{gain:?}");
        assert_eq!((score.forecasts, score.launches, score.waiting), (1, 1, 0));
        assert_eq!((score.coverage, score.coverage_forecasts), (Some(1.0), 1));
        assert_eq!((score.brier, score.announced_brier), (Some(0.0625), Some(1.0)));
    }
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("flown"))]
async fn with_enough_weeks_every_loss_and_gain_has_an_interval(pool: PgPool) {
    let twelve = "insert into fact_launch (
            launch_id, name, status_id, provider_id, rocket_config_id, pad_id, net_at, net_precision_id, is_webcast_live,
            last_updated_at, is_upcoming, first_seen_at, last_seen_at, content_hash, has_detail
        )
        select
            gen_random_uuid(), 'Month ' || month, case when month % 4 = 0 then 4 else 3 end, provider_id, rocket_config_id, pad_id,
            net_at + month * interval '1 month', net_precision_id, is_webcast_live, last_updated_at, is_upcoming,
            first_seen_at, last_seen_at, content_hash, has_detail
        from fact_launch, generate_series(1, 12) as month where name = 'Launch 6'";
    sqlx::query(twelve).execute(&pool).await.expect("inserts");
    for month in 1..=12 {
        keep(&pool, &format!("Month {month}"), "2025-05-01T00:00:00Z", 0.8).await;
    }
    let scorecard = db(&pool).scorecard().await.expect("reads");
    let all = &scorecard.success[0];
    let interval = all.log_loss_interval.expect("twelve weeks");
    assert!(interval.low < all.log_loss && all.log_loss < interval.high && interval.low >= 0.0, "{all:?}");
    assert!(all.brier_interval.is_some());
    for rule in &all.baselines {
        let gain = rule.gain.expect("a gain");
        let interval = gain.interval.expect("twelve weeks");
        assert!(interval.low <= gain.share && gain.share <= interval.high, "{rule:?}");
    }
    let dates = &scorecard.dates[0];
    assert_eq!(dates.launches, 12);
    assert!(dates.pinball_intervals.iter().all(Option::is_some), "{dates:?}");
    assert_eq!((dates.coverage, dates.coverage_interval), (Some(0.0), None), "all are missed: no variance");
    let gain = dates.gain_over_horizon.expect("a gain");
    assert!(
        gain.interval.is_some_and(|interval| interval.low <= gain.share && gain.share <= interval.high),
        "{gain:?}"
    );
}
