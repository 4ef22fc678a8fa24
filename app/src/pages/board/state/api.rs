use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{Board, FlownRecord};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{AppError, wire::Json};

/// Returns everything that the board shows, in one request: the whole upcoming list with its freshness and the server's clock. With
/// `past`, also every other known launch.
///
/// `as_of` has the format of the query key of that name and selects the board as of that time; empty means now.
#[server(ReadBoard, endpoint = "board", input = GetUrl, output = Json)]
pub(super) async fn board(as_of: String, past: bool) -> Result<Arc<Board>, AppError> {
    use domain::Isolate as _;

    let db = expect_context::<warehouse::Db>();
    let query = domain::BoardQuery::from_pairs([("as_of", as_of.as_str())]).map_err(AppError::BadRequest)?;
    let board = match (query.as_of, past) {
        (Some(at), false) => db.board_as_of(at).await?,
        (Some(at), true) => db.whole_board_as_of(at).await?,
        (None, false) => db.board().await?,
        (None, true) => db.whole_board().await?,
    };
    Ok(Arc::new(board.isolated()))
}

/// Returns when the board was observed to change, oldest first, in seconds since 1970. Time travel can stop at these.
#[server(ReadMoments, endpoint = "moments", input = GetUrl, output = Json)]
pub(in crate::pages::board) async fn moments() -> Result<Vec<i64>, AppError> {
    let db = expect_context::<warehouse::Db>();
    // Rounded up: a second earlier, the change had not been observed yet.
    Ok(db.moments().await?.into_iter().map(|at| at.timestamp() + i64::from(at.timestamp_subsec_nanos() > 0)).collect())
}

/// Returns how launches ended and how closely they followed each other, as known now or at a given time.
#[server(ReadFlown, endpoint = "flown", input = GetUrl, output = Json)]
pub(in crate::pages::board) async fn flown(as_of: Option<DateTime<Utc>>) -> Result<FlownRecord, AppError> {
    let as_of = as_of.map(|at| domain::check_moment("as_of", at)).transpose().map_err(AppError::BadRequest)?;
    let db = expect_context::<warehouse::Db>();
    Ok(db.flown_record(as_of).await?)
}
