use super::files::FileLimit;
use crate::config::Config;

/// Files reserved for everything except connections: Postgres pools, requests to LL2 and the simulator, pictures, static files, the log.
const OTHERS: usize = 128;
/// The most connections beyond the limit that are accepted for a refusal or a health check.
const RESERVE: usize = 64;

/// Limits on the number of connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Connections in total.
    pub(crate) connections: usize,
    /// Connections of one address, or of one /64 network of IPv6; trusted proxies are exempt.
    pub(crate) per_address: usize,
    /// Connections above either limit, for refusals and for `/healthz`.
    pub(crate) reserve: usize,
    /// Streams of events.
    pub(crate) streams: usize,
}

impl Limits {
    /// Returns the configured limits, or lower ones where the limit on open files requires it.
    pub(crate) fn new(config: &Config, files: FileLimit) -> Self {
        Self::within(files.soft, config.max_connections, config.max_connections_per_address, config.max_streams)
    }

    fn within(files: u64, connections: usize, per_address: usize, streams: usize) -> Self {
        let files = usize::try_from(files).unwrap_or(usize::MAX);
        let left = files - OTHERS.min(files / 2);
        let reserve = RESERVE.min(left / 8).max(1);
        let connections = connections.min(left.saturating_sub(reserve)).max(1);
        // Streams stay open; if they could take every place, no client could reach the board.
        let streams = streams.min((connections - connections / 4).max(1));
        Self { connections, per_address, reserve, streams }
    }

    /// Logs the limits in effect; warns if they are lower than configured.
    pub(crate) fn log(self, config: &Config, files: FileLimit) {
        let Self { connections, per_address, streams, .. } = self;
        let (soft, hard) = (files.soft, files.hard);
        if connections < config.max_connections {
            tracing::warn!(
                open_files = soft,
                hard_limit = hard,
                connections,
                wanted = config.max_connections,
                "fewer connections than MOONCOON_MAX_CONNECTIONS are allowed, because of the limit on open files: raise it (ulimit -Hn)"
            );
        }
        tracing::info!(open_files = soft, connections, per_address, streams, "limits of the web server");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_high_file_limit_leaves_everything_as_configured() {
        let limits = Limits::within(1_048_576, 8_192, 256, 5_000);
        assert_eq!(limits, Limits { connections: 8_192, per_address: 256, reserve: 64, streams: 5_000 });
        assert_eq!(Limits::within(u64::MAX, 8_192, 256, 5_000), limits);
    }

    #[test]
    fn a_low_file_limit_leaves_files_for_everything_else() {
        for files in [8, 64, 256, 1024] {
            let limits = Limits::within(files, 8_192, 256, 5_000);
            assert!(limits.connections + limits.reserve <= (files as usize) - (files as usize / 2).min(OTHERS));
            assert!(limits.streams <= limits.connections && limits.connections >= 1 && limits.reserve >= 1);
        }
        assert_eq!(Limits::within(256, 8_192, 256, 5_000).connections, 112);
    }

    #[test]
    fn streams_never_take_every_connection() {
        assert_eq!(Limits::within(1_048_576, 100, 256, 5_000).streams, 75);
    }
}
