//! What runs beside the web server, and how it is: `/readyz`, the pipeline page and the log say the same.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use chrono::Utc;
use domain::{BackgroundState, BackgroundTask};

/// The background tasks of this process. Cheap to clone; all clones are one list.
#[derive(Clone, Debug, Default)]
pub(crate) struct BackgroundTasks(Arc<RwLock<BTreeMap<&'static str, BackgroundTask>>>);

impl BackgroundTasks {
    /// Notes how a task is. `detail` is shown to everybody: no database text, no address, no credential.
    #[expect(clippy::disallowed_methods, reason = "for people, who compare it with nothing")]
    pub(crate) fn report(&self, name: &'static str, state: BackgroundState, detail: Option<String>) {
        let mut tasks = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let since = match tasks.get(name) {
            Some(known) if known.state == state => known.since,
            _ => Utc::now(),
        };
        tasks.insert(name, BackgroundTask { name: name.to_owned(), state, since, detail });
    }

    /// All of them, in the order of their names.
    pub(crate) fn all(&self) -> Vec<BackgroundTask> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}
