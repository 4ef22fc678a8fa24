use domain::Source;
use serde_json::json;
use sqlx::PgPool;
use warehouse::Db;

use crate::fixture::{at, import, launch, list, status, with};

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn the_board_can_be_read_as_of_a_past_time(pool: PgPool) {
    let slipped = with(launch(1), &[("/net", json!("2026-08-01T12:00:00Z")), ("/status", status(8))]);
    import(&pool, "2026-01-01T00:00", &list(&[launch(1), launch(2)])).await.unwrap();
    import(&pool, "2026-02-01T00:00", &list(&[slipped.clone(), launch(2)])).await.unwrap();
    import(&pool, "2026-03-01T00:00", &list(&[slipped])).await.unwrap();

    let db = Db::new(pool, Source::Simulated, 3600);
    let then = async |time: &str| {
        let board = db.board_as_of(at(time)).await.unwrap();
        let launches: Vec<String> = board
            .launches
            .iter()
            .map(|launch| {
                let number = launch.id.to_string().trim_start_matches(['0', '-']).to_owned();
                let number = number.rsplit('0').next().unwrap_or_default().to_owned();
                format!("{number} {} {} {}", launch.net.format("%m-%d"), launch.status.abbrev, launch.slip_count)
            })
            .collect();
        (launches.join(", "), board.observed_at())
    };
    assert_eq!(then("2025-12-31T00:00").await, (String::new(), None), "before the first observation");
    assert_eq!(then("2026-01-15T00:00").await.0, "1 06-01 Go 0, 2 06-01 Go 0");
    assert_eq!(
        then("2026-02-01T00:00").await.0,
        "2 06-01 Go 0, 1 08-01 TBC 1",
        "a revision is valid from its first instant"
    );
    assert_eq!(then("2026-02-15T00:00").await.1, Some(at("2026-02-01T00:00")));
    assert_eq!(then("2026-03-02T00:00").await.0, "1 08-01 TBC 1");
    let now = db.board().await.unwrap();
    let newest = db.board_as_of(at("2027-01-01T00:00")).await.unwrap();
    let without_edit = |board: domain::Board| -> Vec<domain::Launch> {
        board
            .launches
            .into_iter()
            .map(|launch| domain::Launch { last_updated: at("2026-01-01T00:00"), ..launch })
            .collect()
    };
    assert_eq!(without_edit(newest), without_edit(now), "the newest revisions are the board");
}
