use chrono::{DateTime, Utc};

use super::{Source, view};

view! {
    /// The state of a run.
    RunState of domain::RunState [
        Running,
        Succeeded,
        Failed,
        /// Of a step only: not needed this time.
        Skipped,
    ]
}

view! {
    /// What a run did.
    RunKind of domain::RunKind [
        /// Read the complete upcoming list.
        Sweep,
        /// Read the launches edited since the last read.
        Changed,
        /// Read launches that left the list without an outcome.
        FollowUp,
        /// Read a page of past launches.
        Backfill,
        /// Read archived responses.
        Import,
        /// Rebuilt the star schema from landed pages.
        Replay,
    ]
}

view! {
    /// What started a run.
    RunTrigger of domain::RunTrigger [
        /// The start of the program.
        Start,
        /// The end of the pause between runs.
        Schedule,
        /// A person.
        Command,
    ]
}

view! {
    /// One run of the ingest job.
    Run of domain::Run {
        id: i64,
        kind: RunKind,
        trigger: RunTrigger,
        source: Source,
        /// Version of LL2's API.
        api_version: String,
        state: RunState,
        started_at: DateTime<Utc>,
        finished_at: Option<DateTime<Utc>>,
        took_seconds: Option<f64>,
        /// When the data was read from LL2.
        observed_at: Option<DateTime<Utc>>,
        /// Every launch that LL2 announced was read.
        is_complete: Option<bool>,
        /// Launches that LL2 announced.
        announced_count: Option<i32>,
        page_count: i32,
        launch_seen_count: i32,
        launch_changed_count: i32,
        /// Launches that left the upcoming list.
        launch_closed_count: i32,
        /// Records older than what was known.
        launch_late_count: i32,
        /// Records that could not be used.
        quarantined_count: i32,
        /// The budget is used up until this time.
        deferred_until: Option<DateTime<Utc>>,
        /// Requests that count against the budget.
        request_count: i64,
        test_count: i64,
        /// Tests that found rows but did not keep the run from publishing.
        warned_count: i64,
        /// Tests that kept the run from publishing.
        blocked_count: i64,
    }
}
