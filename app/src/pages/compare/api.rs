use domain::{Comparison, ComparisonError};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use crate::{AppError, wire::Json};

/// The result for a list of ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Answer {
    Comparison(Box<Comparison>),
    /// The list cannot be compared, with the reason.
    Refused(ComparisonError),
}

/// Compares the launches with these comma-separated ids.
#[server(ReadComparison, endpoint = "compare", input = GetUrl, output = Json)]
pub(super) async fn compare(ids: String) -> Result<Answer, AppError> {
    use domain::Isolate as _;

    let ids = match Comparison::parse_ids(&ids) {
        Ok(ids) => ids,
        Err(error) => return Ok(Answer::Refused(error)),
    };
    let db = expect_context::<warehouse::Db>();
    Ok(Answer::Comparison(Box::new(db.comparison(&ids).await?.isolated())))
}
