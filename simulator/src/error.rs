use std::{io, net::SocketAddr, path::PathBuf};

/// Result of the simulator's own operations.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can keep the simulator from starting or running.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The address is taken or not ours.
    #[error("cannot listen on {addr}")]
    Bind {
        /// Address that was asked for.
        addr: SocketAddr,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The server stopped by itself.
    #[error("the simulator stopped serving")]
    Serve(#[source] io::Error),
    /// A recorded file or folder could not be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A recorded file is not JSON.
    #[error("{} is not JSON", path.display())]
    NotJson {
        /// The file.
        path: PathBuf,
        /// Where the parser stopped.
        #[source]
        source: serde_json::Error,
    },
    /// The paths given to a replay hold no launch at all.
    #[error("no recorded launch found in {}", list(.0))]
    NothingRecorded(Vec<PathBuf>),
    /// A number of the invented world makes no sense.
    #[error("the invented world cannot have {0}")]
    BadWorld(&'static str),
}

fn list(paths: &[PathBuf]) -> String {
    if paths.is_empty() {
        return "an empty list of paths".to_owned();
    }
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}
