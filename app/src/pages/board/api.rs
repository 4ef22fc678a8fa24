use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{Board, FlownRecord};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{AppError, wire::Json};

/// Everything the board shows, in one trip: the whole upcoming list with its freshness and the server's clock; `past`: and every
/// other launch we know.
#[server(ReadBoard, endpoint = "board", input = GetUrl, output = Json)]
pub(super) async fn board(past: bool) -> Result<Arc<Board>, AppError> {
    let db = expect_context::<warehouse::Db>();
    let board = if past { db.whole_board().await? } else { db.board().await? };
    Ok(Arc::new(board))
}

/// How launches ended and how closely they followed each other: now, or as far as was known then.
#[server(ReadFlown, endpoint = "flown", input = GetUrl, output = Json)]
pub(super) async fn flown(as_of: Option<DateTime<Utc>>) -> Result<FlownRecord, AppError> {
    let db = expect_context::<warehouse::Db>();
    Ok(db.flown_record(as_of).await?)
}
