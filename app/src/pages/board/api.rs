use std::sync::Arc;

use domain::Board;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{AppError, wire::Json};

/// Everything the board shows, in one trip: the whole upcoming list with its freshness and the server's clock.
#[server(ReadBoard, endpoint = "board", input = GetUrl, output = Json)]
pub(super) async fn board() -> Result<Arc<Board>, AppError> {
    let db = expect_context::<warehouse::Db>();
    Ok(Arc::new(db.board().await?))
}
