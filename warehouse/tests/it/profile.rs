use domain::{About, Source, Subject, Tally};
use uuid::Uuid;
use warehouse::{Db, PgPool};

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn a_provider_has_its_own_launches_only(pool: PgPool) {
    let db = Db::new(pool, Source::Live, 3600);
    let profile = db.profile(Subject::Provider, 121, 20, 0).await.expect("reads").expect("exists");
    assert_eq!(profile.about.name(), "SpaceX");
    let ids = |launches: &[domain::Launch]| launches.iter().map(|launch| launch.id).collect::<Vec<_>>();
    assert_eq!(ids(&profile.upcoming), [Uuid::from_u128(1)], "2 is of another provider");
    assert_eq!(ids(&profile.past), [Uuid::from_u128(3)], "the deleted one is not a past launch");
    let since = "2026-03-20T10:00:00Z".parse().ok();
    assert_eq!(profile.held, Tally { succeeded: 1, ahead: 1, since, ..Tally::default() });
    let companions: Vec<_> = profile.companions.iter().map(|one| (one.subject, one.id, one.past, one.ahead)).collect();
    assert_eq!(companions, [(Subject::Rocket, 564, 1, 1), (Subject::Pad, 880, 1, 1)]);

    assert!(db.profile(Subject::Provider, 999, 20, 0).await.expect("reads").is_none());
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn a_pad_and_a_rocket_count_the_launches_of_all_providers(pool: PgPool) {
    let db = Db::new(pool, Source::Live, 3600);
    for (subject, id) in [(Subject::Rocket, 564), (Subject::Pad, 880)] {
        let profile = db.profile(subject, id, 20, 0).await.expect("reads").expect("exists");
        assert_eq!((profile.held.past(), profile.held.ahead), (1, 2), "{subject:?}");
        let providers: Vec<_> = profile
            .companions
            .iter()
            .filter(|one| one.subject == Subject::Provider)
            .map(|one| (one.id, one.past, one.ahead))
            .collect();
        assert_eq!(providers, [(121, 1, 1), (147, 0, 1)], "{subject:?}");
        assert!(profile.companions.iter().all(|one| one.subject != subject));
    }
    let pad = db.profile(Subject::Pad, 880, 20, 1).await.expect("reads").expect("exists");
    assert!(pad.past.is_empty(), "the second page of one launch");
    let About::Pad { pad, location, .. } = pad.about else { panic!("a pad") };
    assert_eq!((pad.latitude, location.id), (Some(28.56), 912));
}

/// The statement has status ids as numbers: compared with the Rust rules, one status at a time.
#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn every_status_is_counted_in_its_category(pool: PgPool) {
    let db = Db::new(pool.clone(), Source::Live, 3600);
    for kind in domain::StatusKind::KNOWN {
        let status = "insert into dim_status values ($1, 'Status', 'S', null) on conflict do nothing";
        sqlx::query(status).bind(kind.id()).execute(&pool).await.expect("inserts");
        for is_upcoming in [true, false] {
            let set = "update fact_launch set status_id = $1, is_upcoming = $2
                       where launch_id = '00000000-0000-0000-0000-000000000002'";
            sqlx::query(set).bind(kind.id()).bind(is_upcoming).execute(&pool).await.expect("updates");
            let tally = db.tally(Subject::Provider, 147).await.expect("reads");
            let settled = i64::from(kind.is_final());
            let ahead = i64::from(is_upcoming && !kind.has_left_the_pad());
            assert_eq!(
                (tally.settled(), tally.ahead, tally.unsettled),
                (settled, ahead, 1 - settled - ahead),
                "{kind:?}, upcoming: {is_upcoming}"
            );
        }
    }
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn a_launch_lists_the_next_related_launches(pool: PgPool) {
    let db = Db::new(pool, Source::Live, 3600).frozen_at("2026-03-23T09:00:00Z".parse().expect("a time"));
    let detail = db.launch_detail(Uuid::from_u128(1)).await.expect("reads").expect("exists");
    let related: Vec<_> = detail.related.iter().map(|launch| launch.id).collect();
    assert_eq!(related, [Uuid::from_u128(2)], "not itself, not the flown, not the deleted");
    assert_eq!((detail.provider.held.ahead, detail.rocket.held.ahead), (1, 2));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn launches_are_compared_in_the_requested_order(pool: PgPool) {
    let db = Db::new(pool, Source::Live, 3600);
    let ids = [3, 9, 1].map(Uuid::from_u128);
    let comparison = db.comparison(&ids).await.expect("reads");
    let known: Vec<_> = comparison.launches.iter().map(|one| one.launch.id).collect();
    assert_eq!(known, [ids[0], ids[2]]);
    assert_eq!(comparison.missing, [ids[1]]);
    assert_eq!(comparison.launches[0].provider_held.succeeded, 1);
    assert_eq!(comparison.launches[0].provider.total, None, "what LL2 does not count is unknown, not 0");
}
