//! The limit on open files: each connection uses one.

/// How many files this process may have open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FileLimit {
    pub(crate) soft: u64,
    pub(crate) hard: u64,
}

/// Raises the soft limit to the hard limit, which needs no privilege. Shells and service managers often set the soft limit to 1,024 for
/// programs that call `select`; this one does not.
pub(crate) fn raise_file_limit() -> FileLimit {
    let (soft, hard) = rlimit::Resource::NOFILE.get().unwrap_or_else(|error| {
        tracing::warn!(%error, "could not read the limit on open files");
        (1_024, 1_024)
    });
    match rlimit::increase_nofile_limit(hard) {
        Ok(soft) => FileLimit { soft, hard },
        Err(error) => {
            tracing::warn!(%error, soft, hard, "could not raise the limit on open files");
            FileLimit { soft, hard }
        }
    }
}
