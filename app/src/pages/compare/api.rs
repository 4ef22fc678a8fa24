use domain::{Comparison, ComparisonError};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use crate::{AppError, wire::Json};

/// What a list of ids leads to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Answer {
    Comparison(Box<Comparison>),
    /// The list cannot be compared, and why.
    Refused(ComparisonError),
}

/// The launches with these ids, between commas, side by side.
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
