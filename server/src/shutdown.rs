use tokio_util::sync::CancellationToken;

/// A token that is cancelled by Ctrl-C or SIGTERM.
///
/// From the moment this returns, no signal kills the program any more: call it before starting anything that must be stopped in order.
pub(crate) fn on_signal() -> CancellationToken {
    let token = CancellationToken::new();
    let stop = token.clone();
    let signal = signals();
    tokio::spawn(async move {
        signal.await;
        tracing::info!("stopping");
        stop.cancel();
    });
    token
}

#[cfg(unix)]
fn signals() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    // Registered here and not in the future: that one runs for the first time whenever the scheduler gets to it.
    let kinds = [SignalKind::terminate(), SignalKind::interrupt()];
    let [terminate, interrupt] =
        kinds.map(|kind| signal(kind).inspect_err(|error| tracing::warn!(%error, "no signal handler")));
    async move {
        let (Ok(mut terminate), Ok(mut interrupt)) = (terminate, interrupt) else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
async fn signals() {
    let _ = tokio::signal::ctrl_c().await;
}
