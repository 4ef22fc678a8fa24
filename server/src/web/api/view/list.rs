use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::Source;

/// One page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct Listed<T: ToSchema> {
    /// Number of entries on all pages.
    pub(in crate::web::api) count: usize,
    /// Path and query of the next page; null on the last one.
    #[schema(required = true)]
    pub(in crate::web::api) next: Option<String>,
    /// Path and query of the page before; null on the first one.
    #[schema(required = true)]
    pub(in crate::web::api) previous: Option<String>,
    /// When the published data was last read from LL2; null before the first run.
    #[schema(required = true)]
    pub(in crate::web::api) as_of: Option<DateTime<Utc>>,
    pub(in crate::web::api) source: Source,
    pub(in crate::web::api) results: Vec<T>,
}
