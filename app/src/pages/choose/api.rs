use std::sync::Arc;

use domain::Board;
#[cfg(any(feature = "ssr", feature = "hydrate"))]
use domain::{Launch, MoonTier};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{AppError, wire::Json};

/// Returns the launches that a decision considers: the upcoming ones that go to the Moon, and those with an unknown destination.
/// Of the rest, only the number is known.
#[server(ReadRides, endpoint = "rides", input = GetUrl, output = Json)]
pub(super) async fn rides() -> Result<Arc<Board>, AppError> {
    use domain::Isolate as _;

    let db = expect_context::<warehouse::Db>();
    let mut board = db.board().await?;
    board.launches.retain(is_weighed);
    Ok(Arc::new(board.isolated()))
}

/// Returns whether the launch goes to the Moon or has an unknown destination.
#[cfg(any(feature = "ssr", feature = "hydrate"))]
pub(super) fn is_weighed(launch: &Launch) -> bool {
    launch.moon.tier.is_moon_bound() || launch.moon.tier == MoonTier::Unknown
}
