use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{AppError, drawn::Drawn, wire::Json};

/// Returns the rendered scorecard.
#[server(ReadScorecard, endpoint = "scorecard", input = GetUrl, output = Json)]
pub(super) async fn scorecard() -> Result<Drawn, AppError> {
    use crate::drawn::Panel;

    let db = expect_context::<warehouse::Db>();
    let (scorecard, freshness, now) = (db.scorecard().await?, db.freshness().await?, db.now().await?);
    Ok(Drawn { freshness, now, is_running: false, panels: vec![Panel::new(super::draw::page(&scorecard))] })
}
