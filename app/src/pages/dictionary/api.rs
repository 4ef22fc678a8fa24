use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{AppError, drawn::Drawn, wire::Json};

/// Returns the dictionary, filtered to the entries that contain all of `words`.
#[server(ReadDictionary, endpoint = "dictionary", input = GetUrl, output = Json)]
pub(super) async fn dictionary(words: String) -> Result<Drawn, AppError> {
    use std::sync::Arc;

    use domain::Blueprint;

    use crate::drawn::Panel;

    let db = expect_context::<warehouse::Db>();
    let blueprint = expect_context::<Arc<Blueprint>>();
    let (dictionary, freshness, now) = (db.dictionary(&blueprint).await?, db.freshness().await?, db.now().await?);
    let panels = vec![Panel::new(super::draw::page(&dictionary, &words))];
    Ok(Drawn { freshness, now, is_running: false, panels })
}
