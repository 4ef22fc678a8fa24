use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{AppError, drawn::Drawn, wire::Json};

/// Returns head and charts of the page, each as a panel: the head as markup, a chart as its method and the packed figure (`super::wire`).
#[server(ReadAnalysis, endpoint = "analysis", input = GetUrl, output = Json)]
pub(super) async fn analysis() -> Result<Drawn, AppError> {
    use domain::Isolate as _;

    use crate::{charts::analysis::answers, drawn::Panel};

    let db = expect_context::<warehouse::Db>();
    let (analysis, freshness, now) = (db.analysis().await?.isolated(), db.freshness().await?, db.now().await?);
    let mut panels = vec![Panel::new(super::draw::head(&analysis))];
    panels.extend(answers(&analysis, now).into_iter().map(|answer| Panel::new(super::wire::packed(&answer))));
    Ok(Drawn { freshness, now, is_running: false, panels })
}
