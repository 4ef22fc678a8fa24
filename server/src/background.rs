//! The state of the background tasks: `/readyz`, the pipeline page and the log show the same.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use chrono::Utc;
use domain::{BackgroundState, BackgroundTask};

/// The background tasks of this process. Cheap to clone; all clones share one list.
#[derive(Clone, Debug, Default)]
pub(crate) struct BackgroundTasks(Arc<RwLock<BTreeMap<&'static str, BackgroundTask>>>);

impl BackgroundTasks {
    /// Records the state of a task. `detail` is public: no text from the database, no address, no credential.
    #[expect(clippy::disallowed_methods, reason = "shown to users, never compared with a stored time")]
    pub(crate) fn report(&self, name: &'static str, state: BackgroundState, detail: Option<String>) {
        let mut tasks = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let since = match tasks.get(name) {
            Some(known) if known.state == state => known.since,
            _ => Utc::now(),
        };
        tasks.insert(name, BackgroundTask { name: name.to_owned(), state, since, detail });
    }

    /// Returns all tasks, in the order of their names.
    pub(crate) fn all(&self) -> Vec<BackgroundTask> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}
