use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{FromDomain, view};

view! {
    /// Where the data came from.
    Source of domain::Source [
        /// Launch Library 2.
        Live,
        /// Mooncoon's own simulator: launches that are invented or replayed.
        Simulated,
    ]
}

/// How old the published data is, and how the ingest job is doing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct Freshness {
    source: Source,
    /// When the published data was last read from LL2; null before the first run.
    #[schema(required = true)]
    pub(in crate::web::api) as_of: Option<DateTime<Utc>>,
    /// The newest run failed at this time; null when the last one succeeded.
    #[schema(required = true)]
    failed_at: Option<DateTime<Utc>>,
    /// That run fetched its data, but a data test kept it from publishing.
    blocked: bool,
    /// A run has been in progress since this time.
    #[schema(required = true)]
    running_since: Option<DateTime<Utc>>,
    /// The last sweep read every launch that LL2 counted.
    #[schema(required = true)]
    complete: Option<bool>,
    upcoming_count: i64,
    /// The newest run that published.
    #[schema(required = true)]
    run_id: Option<i64>,
    /// The longest pause between runs, in seconds; data that is older than twice this is stale.
    poll_seconds: i64,
    /// Present while the database cannot be reached: the time of its last response. All other fields are as they were
    /// then.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unreachable_since: Option<DateTime<Utc>>,
}

impl FromDomain<domain::Freshness> for Freshness {
    fn from_domain(domain: domain::Freshness) -> Self {
        let domain::Freshness {
            source,
            as_of,
            failed_at,
            blocked,
            running_since,
            complete,
            upcoming_count,
            run_id,
            poll_seconds,
            unreachable_since,
        } = domain;
        Self {
            source: Source::from_domain(source),
            as_of,
            failed_at,
            blocked,
            running_since,
            complete,
            upcoming_count,
            run_id,
            poll_seconds,
            unreachable_since,
        }
    }
}
