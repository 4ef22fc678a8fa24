//! How good forecasts were, from the forecasts that were kept.

use domain::Source;
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

/// Stores the score of a forecast: our integrated Brier score and that of the quantiles by horizon.
async fn keep_score(pool: &PgPool, name: &str, made_at: &str, horizon: &str, briers: Option<[f64; 2]>) {
    let score = "insert into model_forecast_score
        select
            launch_id, $2::timestamptz, case when $4 is null then '2099-01-01'::timestamptz end, 1, $3, 14, 0.1, 0.3, 0.9, null,
            net_at, $4, 3 * $4, $5, 4 * $5, 0.5, 1, 0.75, 2, 0.2, 1, 0.25, 2
        from fact_launch where name = $1";
    let whole = "insert into model_forecast_score (launch_id, made_at, next_at, horizon, look_ahead_days)
        select launch_id, $2::timestamptz, '2099-01-01', $3, 14 from fact_launch where name = $1";
    let sql = if briers.is_some() { score } else { whole };
    let mut query = sqlx::query(sql).bind(name).bind(made_at).bind(horizon);
    if let Some([ours, theirs]) = briers {
        query = query.bind(ours).bind(theirs);
    }
    let done = query.execute(pool).await.expect("keeps");
    assert_eq!(done.rows_affected(), 1);
}

/// The scores go back 400 days, and nothing was observed after the first of June 2025.
async fn end_in_june(pool: &PgPool) {
    sqlx::query("update fact_launch set last_seen_at = '2025-06-01'").execute(pool).await.expect("updates");
    sqlx::query("update ingest_run set observed_at = observed_at - interval '290 days'")
        .execute(pool)
        .await
        .expect("updates");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("flown"))]
async fn each_launch_has_one_vote_among_the_scores_of_its_horizon(pool: PgPool) {
    end_in_june(&pool).await;
    // Launch 6 flew on 4 May, and launch 9 on 1 June; the band of both is 2 to 6 May.
    let made = [
        ("Launch 6", "2025-04-30T00:00:00Z", Some([1.0, 4.0])),
        ("Launch 6", "2025-05-01T00:00:00Z", Some([3.0, 4.0])),
        ("Launch 9", "2025-05-01T00:00:00Z", Some([4.0, 8.0])),
        ("Launch 9", "2025-05-02T00:00:00Z", None),
        // After the flight; of a deleted launch.
        ("Launch 6", "2025-05-04T13:00:00Z", Some([100.0, 1.0])),
        ("Launch 8", "2025-05-01T00:00:00Z", Some([100.0, 1.0])),
    ];
    for (name, made_at, briers) in made {
        keep(&pool, name, made_at, 0.9).await;
        keep_score(&pool, name, made_at, "to_a_week", briers).await;
    }
    let scorecard = db(&pool).scorecard().await.expect("reads");
    // Two launches are too few for the provider's own row.
    let [score] = scorecard.dates.as_slice() else { panic!("{:?}", scorecard.dates) };
    assert_eq!((score.horizon, score.look_ahead_days, &score.provider), ("to_a_week", 14.0, &None));
    assert_eq!((score.forecasts, score.launches, score.waiting), (3, 2, 1));
    assert_eq!(scorecard.dates_waiting, 1);
    // Two of launch 6 are 2 on average, and one of launch 9 is 4.
    assert!(is(score.integrated_brier_days, 3.0), "{score:?}");
    assert_eq!((score.pinball_days, score.integrated_brier_interval), ([0.5, 0.2], None));
    let names: Vec<&str> = score.rules.iter().map(|rule| rule.name).collect();
    assert_eq!(names, ["announced", "horizon", "weibull"]);
    let horizon = &score.rules[1];
    assert!(is(horizon.integrated_brier_days, 6.0) && horizon.pinball_days == [0.75, 0.25], "{horizon:?}");
    assert!(is(horizon.gain.expect("a gain").share, 0.5) && is(horizon.pinball_gain.expect("a gain").share, 0.3));
    assert_eq!((horizon.verdict, scorecard.fewest_launches), ("cannot tell", 30));
    // Of launch 9, both forecasts are decided, the one that is not scored as well.
    assert_eq!((score.coverage, score.by_p90, score.coverage_launches), (Some(0.5), Some(0.5), 2));

    let bins: Vec<_> = scorecard
        .date_reliability
        .iter()
        .map(|bin| (bin.within_days, bin.from, bin.forecasts, bin.launches, bin.predicted, bin.came))
        .collect();
    // Of 90 days nothing is known yet: they end after 1 June. Launch 6 flew in time both times, and launch 9 only 31 days
    // after its forecast.
    assert_eq!(bins, [(7, 0.05, 3, 2, 0.1, 0.5), (30, 0.2, 3, 2, 0.3, 0.5)]);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("flown"))]
async fn thirty_launches_give_a_verdict_and_eight_of_a_provider_a_row(pool: PgPool) {
    end_in_june(&pool).await;
    let many = "insert into fact_launch (
            launch_id, name, status_id, provider_id, rocket_config_id, pad_id, net_at, net_precision_id, is_webcast_live,
            last_updated_at, is_upcoming, first_seen_at, last_seen_at, content_hash, has_detail
        )
        select
            gen_random_uuid(), 'Copy ' || copy, status_id, provider_id, rocket_config_id, pad_id, net_at, net_precision_id,
            is_webcast_live, last_updated_at, is_upcoming, first_seen_at, last_seen_at, content_hash, has_detail
        from fact_launch, generate_series(1, 30) as copy where name = 'Launch 6'";
    sqlx::query(many).execute(&pool).await.expect("inserts");
    for copy in 1..=30 {
        let name = format!("Copy {copy}");
        keep(&pool, &name, "2025-05-01T00:00:00Z", 0.9).await;
        let briers = Some([1.0 + f64::from(copy % 3) / 10.0, 2.0]);
        keep_score(&pool, &name, "2025-05-01T00:00:00Z", "to_a_week", briers).await;
        let verdict = match copy {
            7 | 8 | 29 | 30 => db(&pool).scorecard().await.expect("reads").dates,
            _ => continue,
        };
        let rule = &verdict[0].rules[1];
        let gain = rule.gain.expect("a gain");
        assert_eq!(gain.interval.is_some(), copy >= 8, "{copy}: {gain:?}");
        assert_eq!(rule.verdict, if copy < 30 { "cannot tell" } else { "better" });
        assert_eq!(verdict.get(1).map(|score| score.provider.as_deref()), (copy >= 8).then_some(Some("Provider")));
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
}
