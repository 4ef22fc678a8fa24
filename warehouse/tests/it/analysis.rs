//! The queries of `/analysis`.

use domain::{CountedBy, Follows, Gaps, Source, WatchEnd};
use warehouse::{Db, PgPool};

fn db(pool: &PgPool) -> Db {
    Db::new(pool.clone(), Source::Live, 3600).frozen_at("2026-03-23T09:00:00Z".parse().expect("an instant"))
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("flown"))]
async fn every_flown_launch_is_counted_once_in_each_grouping(pool: PgPool) {
    let analysis = db(&pool).analysis().await.expect("reads");
    // Eight: one is upcoming and one is deleted.
    for by in [CountedBy::Year, CountedBy::Provider, CountedBy::Rocket, CountedBy::Country, CountedBy::Orbit] {
        let flown: u32 = analysis.outcomes.iter().filter(|count| count.by == by).map(|count| count.flown()).sum();
        assert_eq!(flown, 8, "{by:?}");
    }
    let of = |by: CountedBy| analysis.outcomes.iter().find(|count| count.by == by).expect("a group");
    let provider = of(CountedBy::Provider);
    assert_eq!((provider.succeeded, provider.partly, provider.failed, provider.open), (4, 1, 2, 1));
    assert_eq!(provider.name.as_deref(), Some("Provider"));
    assert_eq!(of(CountedBy::Country).name, None, "no country is given");
    assert_eq!(of(CountedBy::Orbit).name, None, "no orbit is given");
    assert_eq!(of(CountedBy::Year).id, Some(2025));
    assert_eq!(analysis.since.map(|at| at.to_rfc3339()).as_deref(), Some("2025-01-01T23:30:00+00:00"));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("flown"))]
async fn a_date_vaguer_than_a_year_belongs_to_no_year(pool: PgPool) {
    sqlx::query("insert into dim_net_precision values (16, 'Decade', 'DEC', null)")
        .execute(&pool)
        .await
        .expect("inserts");
    let vague = "update fact_launch set net_precision_id = 16 where name = 'Launch 1'";
    sqlx::query(vague).execute(&pool).await.expect("updates");
    let analysis = db(&pool).analysis().await.expect("reads");
    let years: Vec<_> =
        analysis.outcomes.iter().filter(|count| count.by == CountedBy::Year).map(|one| (one.id, one.flown())).collect();
    assert_eq!(years, [(Some(2025), 7), (None, 1)]);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("flown"))]
async fn cadences_agree_with_the_turnaround_of_the_board(pool: PgPool) {
    let db = db(&pool);
    let analysis = db.analysis().await.expect("reads");
    let record = db.flown_record(None).await.expect("reads");
    for pad in &record.pads {
        let cadence =
            analysis.cadences.iter().find(|one| one.of == Follows::Pad && one.id == pad.pad_id).expect("a pad");
        assert_eq!((cadence.gaps, cadence.flown), (pad.gaps, pad.flown));
    }
    // One day of 2025 is unknown on the second pad, which has the same provider: no gap of the provider is certain.
    let provider = analysis.cadences.iter().find(|one| one.of == Follows::Provider).expect("a provider");
    assert_eq!((provider.flown, provider.gaps), (8, None));
    let gone = "update fact_launch set deleted_at = now() where name = 'Launch 10'";
    sqlx::query(gone).execute(&pool).await.expect("updates");
    let analysis = db.analysis().await.expect("reads");
    let provider = analysis.cadences.iter().find(|one| one.of == Follows::Provider).expect("a provider");
    let gaps = Gaps { count: 4, shortest: 1.0, lower_quartile: 2.5, median: 6.5, upper_quartile: 14.5, longest: 28.0 };
    assert_eq!(provider.gaps, Some(gaps), "1, 10, 3 and 28 days; none across some day of March");
}

/// Four launches that flew on 20 March and one that still waits, each with the dates for which it was listed.
async fn watched(pool: &PgPool) {
    let reset = "delete from fact_launch_revision; update fact_launch set net_at = '2026-03-20 12:00:00+00', net_precision_id = 1
                 where name in ('Launch 1', 'Launch 2', 'Launch 3', 'Launch 5')";
    sqlx::raw_sql(reset).execute(pool).await.expect("updates");
    let listing = "insert into fact_launch_revision (launch_id, revision_number, valid_from, valid_to, ingest_run_id, name, status_id, net_at,
            net_precision_id, provider_id, rocket_config_id, pad_id, is_upcoming, is_deleted)
        select launch_id, given.number, given.valid_from, given.valid_to, 1, fact_launch.name, given.status_id, given.net_at,
            given.precision_id, provider_id, rocket_config_id, pad_id, true, false
        from (values
            -- On time, seen 18 days ahead: at 7 days and at 1.
            ('Launch 1', 1, '2026-03-02 00:00+00'::timestamptz, null::timestamptz, 1, '2026-03-20 12:00+00'::timestamptz, 1),
            -- Ten days late from the first date, which stood 7 days ahead of itself and broke 2 days before.
            ('Launch 2', 1, '2026-03-02 00:00+00', '2026-03-08 00:00+00', 1, '2026-03-10 12:00+00', 1),
            ('Launch 2', 2, '2026-03-08 00:00+00', null, 1, '2026-03-20 12:00+00', 1),
            -- A month is no day.
            ('Launch 3', 1, '2026-03-02 00:00+00', null, 1, '2026-03-31 00:00+00', 7),
            -- First seen after it had left the pad.
            ('Launch 5', 1, '2026-03-20 13:00+00', null, 6, '2026-03-20 12:00+00', 1),
            -- Still waiting.
            ('Launch 7', 1, '2026-03-20 09:00+00', null, 1, '2026-04-20 12:00+00', 1)
        ) as given (name, number, valid_from, valid_to, status_id, net_at, precision_id)
        inner join fact_launch on fact_launch.name = given.name";
    sqlx::query(listing).execute(pool).await.expect("inserts");
    let ledger = "insert into fact_net_change (launch_id, observed_at, ingest_run_id, net_before_at, net_precision_before_id, net_after_at,
            net_precision_after_id, status_before_id, status_after_id, provider_id, rocket_config_id, pad_id, was_observed_live)
        select launch_id, given.at, 1, given.net_at, given.precision_id, '2026-03-20 12:00+00', 1, 1, given.status_id, provider_id,
            rocket_config_id, pad_id, true
        from (values
            -- A trim, the flight, a slip, and a date that firmed up.
            ('Launch 1', '2026-03-05 00:00+00'::timestamptz, '2026-03-20 12:05+00'::timestamptz, 1, 1),
            ('Launch 1', '2026-03-20 13:00+00', '2026-03-20 12:05+00', 1, 3),
            ('Launch 2', '2026-03-08 00:00+00', '2026-03-10 12:00+00', 1, 1),
            ('Launch 2', '2026-03-12 00:00+00', '2026-03-20 00:00+00', 5, 1)
        ) as given (name, at, net_at, precision_id, status_id)
        inner join fact_launch on fact_launch.name = given.name";
    sqlx::query(ledger).execute(pool).await.expect("inserts");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("flown"))]
async fn lateness_is_measured_from_the_date_listed_so_many_days_before(pool: PgPool) {
    watched(&pool).await;
    let analysis = db(&pool).analysis().await.expect("reads");
    let all: Vec<_> = analysis
        .lateness
        .iter()
        .filter(|one| one.provider.is_none())
        .map(|one| (one.days_ahead, one.count, one.on_the_day, one.median))
        .collect();
    // One day before its date, the second launch was listed for the day of its flight; its first date had changed by then.
    assert_eq!(all, [(1, 2, 2, 0.0), (7, 2, 1, 5.0)]);
    let of_provider: Vec<_> = analysis.lateness.iter().filter(|one| one.provider.is_some()).collect();
    assert_eq!(of_provider.len(), 2);
    assert!((of_provider[1].ninetieth - 9.0).abs() < 1e-9, "{of_provider:?}");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("flown"))]
async fn a_date_is_observed_until_it_breaks_it_flies_or_today(pool: PgPool) {
    watched(&pool).await;
    let analysis = db(&pool).analysis().await.expect("reads");
    let end = |day, broken, kept| WatchEnd { day, broken, kept };
    // 7 has stood for 3 days; the first date of 2 broke after 6, its second flew after 12 although it was firmed; 1 flew after 18.
    assert_eq!(analysis.watch_ends, [end(3, 0, 1), end(6, 1, 0), end(12, 0, 1), end(18, 0, 1)]);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_empty_warehouse_gives_an_empty_analysis(pool: PgPool) {
    let analysis = db(&pool).analysis().await.expect("reads");
    assert_eq!(analysis.since, None);
    assert!(analysis.outcomes.is_empty() && analysis.cadences.is_empty());
    assert!(analysis.lateness.is_empty() && analysis.watch_ends.is_empty());
}
