use std::sync::Arc;

use domain::Board;
#[cfg(any(feature = "ssr", feature = "hydrate"))]
use domain::{Launch, MoonTier};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{AppError, wire::Json};

/// The launches that a decision is about: the upcoming ones that go to the Moon, and those of which nobody knows where they go.
/// The rest is known by its number alone.
#[server(ReadRides, endpoint = "rides", input = GetUrl, output = Json)]
pub(super) async fn rides() -> Result<Arc<Board>, AppError> {
    use domain::Isolate as _;

    let db = expect_context::<warehouse::Db>();
    let mut board = db.board().await?;
    board.launches.retain(is_weighed);
    Ok(Arc::new(board.isolated()))
}

/// It goes to the Moon, or nobody knows where it goes.
#[cfg(any(feature = "ssr", feature = "hydrate"))]
pub(super) fn is_weighed(launch: &Launch) -> bool {
    launch.moon.tier.is_moon_bound() || launch.moon.tier == MoonTier::Unknown
}
