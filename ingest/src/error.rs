use chrono::{DateTime, Utc};

/// Why a run or an import did not publish. What was published before stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The configured address cannot be LL2.
    #[error("base URL {base_url:?} {reason}")]
    BaseUrl {
        /// As configured.
        base_url: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The HTTP client could not be set up.
    #[error("could not set up the HTTP client")]
    HttpClient(#[source] reqwest::Error),
    /// No usable answer after all tries.
    #[error("no usable answer from {url} after {attempts} tries")]
    Fetch {
        /// Asked for.
        url: String,
        /// Requests spent on it.
        attempts: u8,
        /// What the last try met.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// An answer that cannot be what we asked for: HTML, truncated, missing keys.
    #[error("the answer from {url} {reason}")]
    BadAnswer {
        /// Asked for.
        url: String,
        /// What is wrong with it, down to the path.
        reason: String,
        /// The parser's complaint, where there is one.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// `next` leads away from the configured API; it was not followed.
    #[error("the page {url} names a next page outside of the API: {next}")]
    ForeignNext {
        /// The page.
        url: String,
        /// What it named, cut to 200 characters.
        next: String,
    },
    /// Pages repeat instead of ending.
    #[error("the list does not advance at {url}")]
    NotAdvancing {
        /// The page that brought nothing new or was seen before.
        url: String,
    },
    /// The list goes on after as many pages as are read at most; nothing of it was used.
    #[error("the list has more than {pages} pages; one that long is imported from files")]
    TooLong {
        /// Pages read.
        pages: usize,
    },
    /// The first page announces more than is read at most; nothing of it was used.
    #[error(
        "the list announces {count} launches, and no more than {most} are read; one that long is imported from files"
    )]
    Announced {
        /// As the page says.
        count: u64,
        /// Launches that are read at most.
        most: u64,
    },
    /// Neither the budget nor LL2 allows a request now, and nothing was fetched.
    #[error("{reason}; may go on at {}", resume_at.format("%Y-%m-%d %H:%M:%S UTC"))]
    Deferred {
        /// Which limit.
        reason: String,
        /// By the database's clock.
        resume_at: DateTime<Utc>,
        /// The same as a pause from now.
        wait: std::time::Duration,
    },
    /// Real launches met an invented world, or the other way round; nothing of the answer was used.
    #[error("the answer from {url} is {}, and this database holds {} launches", if *expected == domain::Source::Live { "a simulator's" } else { "not a simulator's" }, expected.slug())]
    WrongSource {
        /// Asked for.
        url: String,
        /// What the database holds.
        expected: domain::Source,
    },
    /// Another process took the turn while this one was stopped or cut off; nothing was published.
    #[error("the lease of epoch {epoch} was lost to another process")]
    LeaseLost {
        /// The epoch of the lost lease.
        epoch: i64,
    },
    /// The database failed.
    #[error("could not {doing}")]
    Database {
        /// What was being done.
        doing: &'static str,
        /// sqlx's error.
        #[source]
        source: sqlx::Error,
    },
    /// A transform or a data test is broken or met data it cannot hold.
    #[error("the statement {statement} failed")]
    Statement {
        /// The file's name without its ending.
        statement: &'static str,
        /// sqlx's error.
        #[source]
        source: sqlx::Error,
    },
    /// Data tests found what must not be published.
    #[error("data tests block publication: {}", tests.join(", "))]
    TestsFailed {
        /// Names and counts.
        tests: Vec<String>,
    },
    /// An archived file cannot be read as launches.
    #[error("{file}: {reason}")]
    Archive {
        /// As given.
        file: String,
        /// What is wrong with it.
        reason: String,
        /// The cause, where there is one.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// Landing does not hold what was landed: the star schema cannot be rebuilt from it.
    #[error("the landed page {page} {reason}")]
    Landing {
        /// Its SHA-256.
        page: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A run cannot be replayed from its log.
    #[error("run {run_id} {reason}; nothing was replayed")]
    RunLog {
        /// Its row in `ingest_run`.
        run_id: i64,
        /// What stands in the way.
        reason: &'static str,
    },
    /// A column holds a text that this version of the program does not know.
    #[error("{column} holds {text:?}, which this program does not know; another version of it may have written that")]
    UnknownText {
        /// Table and column.
        column: &'static str,
        /// What stands there.
        text: String,
    },
    /// Nothing was ever published, so that there is nothing to replay.
    #[error("no run has published anything yet; there is nothing to replay")]
    NothingLanded,
    /// A blocking job died.
    #[error("a background job ended early")]
    Job(#[from] tokio::task::JoinError),
}

impl Error {
    pub(crate) fn database(doing: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| Self::Database { doing, source }
    }

    /// Whether the pages a sweep landed before it failed so may start the next one: it was not what they say that failed it.
    pub(crate) fn leaves_pages_usable(&self) -> bool {
        matches!(
            self,
            Self::Deferred { .. } | Self::Fetch { .. } | Self::Database { .. } | Self::Job(_) | Self::LeaseLost { .. }
        )
    }

    /// The whole chain of causes in one line, for the run's row and the log.
    pub fn chain(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            text.push_str(": ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        // The database's text does not hold it, and the public page tells the kind of a failure by it.
        if let Self::Database { source, .. } | Self::Statement { source, .. } = self
            && let Some(state) = source.as_database_error().and_then(|error| error.code())
        {
            text.push_str(&format!(" (SQLSTATE {state})"));
        }
        text
    }
}
