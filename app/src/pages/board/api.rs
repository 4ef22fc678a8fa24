use domain::Board;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::AppError;

/// Everything the board shows, in one trip: the whole upcoming list with its freshness and the server's clock.
#[server(ReadBoard, endpoint = "board", input = GetUrl)]
pub(super) async fn board() -> Result<Board, AppError> {
    let db = expect_context::<warehouse::Db>();
    Ok(db.board().await?)
}
