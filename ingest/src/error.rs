use chrono::{DateTime, Utc};

/// Why a run or an import did not publish. What was published before stays unchanged.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The configured base URL cannot be LL2's.
    #[error("base URL {base_url:?} {reason}")]
    BaseUrl {
        /// The configured value.
        base_url: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The HTTP client could not be set up.
    #[error("could not set up the HTTP client")]
    HttpClient(#[source] reqwest::Error),
    /// There was no usable response after all attempts.
    #[error("no usable response from {url} after {attempts} attempts")]
    Fetch {
        /// The requested URL.
        url: String,
        /// Requests spent on it.
        attempts: u8,
        /// The error of the last attempt.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The response cannot be what was requested: HTML, truncated, missing keys.
    #[error("the response from {url} {reason}")]
    BadAnswer {
        /// The requested URL.
        url: String,
        /// What is wrong with it, down to the path.
        reason: String,
        /// The parser's error, if any.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// `next` leads away from the configured API; it was not followed.
    #[error("the page {url} links to a next page outside of the API: {next}")]
    ForeignNext {
        /// The page.
        url: String,
        /// The address in `next`, cut to 200 characters.
        next: String,
    },
    /// Pages repeat instead of ending.
    #[error("the list does not advance at {url}")]
    NotAdvancing {
        /// The page that contained nothing new or was read before.
        url: String,
    },
    /// The list continues after the maximum number of pages; nothing of it was used.
    #[error("the list has more than {pages} pages; import a longer list from files")]
    TooLong {
        /// Pages read.
        pages: usize,
    },
    /// The first page announces more launches than are read at most; nothing of it was used.
    #[error("the list announces {count} launches, and at most {most} are read; import a longer list from files")]
    Announced {
        /// The count in the page.
        count: u64,
        /// Maximum number of launches that are read.
        most: u64,
    },
    /// Neither the budget nor LL2 allows a request now, and nothing was fetched.
    #[error("{reason}; retry at {}", resume_at.format("%Y-%m-%d %H:%M:%S UTC"))]
    Deferred {
        /// The limit, as text.
        reason: String,
        /// When a request may be sent again, by the database's clock.
        resume_at: DateTime<Utc>,
        /// The same as a duration from now.
        wait: std::time::Duration,
    },
    /// A simulator's response in a live run, or the other way round; nothing of the response was used.
    #[error("the response from {url} is {}simulated, but the database contains {} launches", if *expected == domain::Source::Live { "" } else { "not " }, expected.slug())]
    WrongSource {
        /// The requested URL.
        url: String,
        /// What the database holds.
        expected: domain::Source,
    },
    /// Another process took the lease while this one was stopped or cut off; nothing was published.
    #[error("the lease of epoch {epoch} was lost to another process")]
    LeaseLost {
        /// The epoch of the lost lease.
        epoch: i64,
    },
    /// The database failed.
    #[error("could not {doing}")]
    Database {
        /// The failed operation.
        doing: &'static str,
        /// sqlx's error.
        #[source]
        source: sqlx::Error,
    },
    /// A transform or a data test is broken, or found data that it cannot store.
    #[error("the statement {statement} failed")]
    Statement {
        /// The file name without its extension.
        statement: &'static str,
        /// sqlx's error.
        #[source]
        source: sqlx::Error,
    },
    /// Blocking data tests found rows.
    #[error("data tests block publication: {}", tests.join(", "))]
    TestsFailed {
        /// Names of the tests, with row counts.
        tests: Vec<String>,
    },
    /// There is no data test of this name.
    #[error("there is no data test {name:?}; did you mean {}?", nearest.join(", "))]
    UnknownTest {
        /// The given name, cut to 100 characters.
        name: String,
        /// The names that differ least from it.
        nearest: Vec<&'static str>,
    },
    /// Rows of a data test cannot be acknowledged as requested.
    #[error("{test} cannot be acknowledged: {reason}")]
    NotAcknowledged {
        /// The name of the test.
        test: &'static str,
        /// Why not.
        reason: String,
    },
    /// An archived file cannot be read as launches.
    #[error("{file}: {reason}")]
    Archive {
        /// The path as given.
        file: String,
        /// What is wrong with it.
        reason: String,
        /// The cause, if any.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// The landed page is missing or damaged: the star schema cannot be rebuilt from it.
    #[error("the landed page {page} {reason}")]
    Landing {
        /// Its SHA-256.
        page: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Landed bodies were not moved into a segment; all of them are where they were.
    #[error("landed pages were not compacted: {reason}")]
    Compaction {
        /// What prevents it.
        reason: &'static str,
    },
    /// A replay cannot start from its checkpoint; what is published stays.
    #[error("the checkpoint of replays: {table} {reason}")]
    Checkpoint {
        /// The published table.
        table: String,
        /// What is wrong with its stored rows.
        reason: &'static str,
    },
    /// A run cannot be replayed from its log.
    #[error("run {run_id} {reason}; nothing was replayed")]
    RunLog {
        /// Its row in `ingest_run`.
        run_id: i64,
        /// What prevents the replay.
        reason: &'static str,
    },
    /// A column holds a value that this version of the program does not know.
    #[error("{column} contains {text:?}, which this version of the program does not know")]
    UnknownText {
        /// Table and column.
        column: &'static str,
        /// The value.
        text: String,
    },
    /// No run has published anything yet, so there is nothing to replay.
    #[error("no run has published anything yet; there is nothing to replay")]
    NothingLanded,
    /// A blocking task panicked or was cancelled.
    #[error("a background job ended early")]
    Job(#[from] tokio::task::JoinError),
}

impl Error {
    pub(crate) fn database(doing: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| Self::Database { doing, source }
    }

    /// Returns whether the pages that a failed sweep landed may start the next one: their content did not cause the
    /// failure.
    pub(crate) fn leaves_pages_usable(&self) -> bool {
        matches!(
            self,
            Self::Deferred { .. } | Self::Fetch { .. } | Self::Database { .. } | Self::Job(_) | Self::LeaseLost { .. }
        )
    }

    /// Returns the whole chain of causes in one line, for the run's row and the log.
    pub fn chain(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            text.push_str(": ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        // The database's message does not contain it, and the public page derives the kind of a failure from it.
        if let Self::Database { source, .. } | Self::Statement { source, .. } = self
            && let Some(state) = source.as_database_error().and_then(|error| error.code())
        {
            text.push_str(&format!(" (SQLSTATE {state})"));
        }
        text
    }
}
