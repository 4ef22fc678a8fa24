use std::{io, net::SocketAddr, path::PathBuf};

/// Result of the simulator's own operations.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The errors that prevent the simulator from starting or running.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The address is in use or not local.
    #[error("cannot listen on {addr}")]
    Bind {
        /// The requested address.
        addr: SocketAddr,
        /// The error of the operating system.
        #[source]
        source: io::Error,
    },
    /// The server stopped unexpectedly.
    #[error("the simulator stopped serving")]
    Serve(#[source] io::Error),
    /// A recorded file or folder could not be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The error of the operating system.
        #[source]
        source: io::Error,
    },
    /// A recorded file is not JSON.
    #[error("{} is not JSON", path.display())]
    NotJson {
        /// The file.
        path: PathBuf,
        /// The parser's error.
        #[source]
        source: serde_json::Error,
    },
    /// The paths given to a replay contain no launch.
    #[error("no recorded launch found in {}", list(.0))]
    NothingRecorded(Vec<PathBuf>),
    /// A number of the invented world is out of range.
    #[error("the simulated world cannot have {0}")]
    BadWorld(&'static str),
}

fn list(paths: &[PathBuf]) -> String {
    if paths.is_empty() {
        return "an empty list of paths".to_owned();
    }
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}
