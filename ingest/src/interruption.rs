//! What stopped a run early, after it had received something worth publishing.

use chrono::{DateTime, Utc};

use crate::{budget::Deferral, error::Error};

/// Why a run read only a part of what it was to read. The part is published, as an incomplete list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Interruption {
    /// The budget or a 429: no request may be sent before its end.
    Deferral(Deferral),
    /// LL2 could not be reached, or failed, at every attempt of a request. The next run may try at once; if it receives
    /// nothing, it fails, and the runs after it wait longer and longer.
    Failure {
        /// The chain of causes, in one line.
        reason: String,
    },
}

impl Interruption {
    pub(crate) fn by(error: &Error) -> Self {
        match error {
            Error::Deferred { reason, resume_at, wait } => {
                Self::Deferral(Deferral { reason: reason.clone(), resume_at: *resume_at, wait: *wait })
            }
            error => Self::Failure { reason: error.chain() },
        }
    }

    /// Returns the limit or the error, as text.
    pub fn reason(&self) -> &str {
        match self {
            Self::Deferral(deferral) => &deferral.reason,
            Self::Failure { reason } => reason,
        }
    }

    /// Returns when a request may be sent again, if that is not now.
    pub fn resume_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Deferral(deferral) => Some(deferral.resume_at),
            Self::Failure { .. } => None,
        }
    }
}
