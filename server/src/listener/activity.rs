//! Tracks the state of a connection from its bytes and requests, and computes how long it may stay in that state.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::Instant,
};

/// Time limit for a request head, from its first byte to its last, and from the connection to the first byte.
pub(super) const HEAD: Duration = Duration::from_secs(10);
/// Time limit between two requests. Longer than the 60 s of nginx: if this program closed the connection first, a proxy would now and then
/// send a request into a connection that is just being closed.
const IDLE: Duration = Duration::from_secs(75);
/// Time limit while there is data to write and the client reads none of it. A stream that the client reads may be quiet for any time.
pub(super) const STALL: Duration = Duration::from_secs(30);

/// State shared by the socket, the requests and the task of one connection. All three run in that task, so the lock is never contended.
#[derive(Debug)]
pub(super) struct Activity(Mutex<State>);

#[derive(Debug)]
struct State {
    phase: Phase,
    /// Whether the latest request had no body, so that the next byte after it begins another request.
    is_bodiless: bool,
    stalled_since: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Between two requests, since this time.
    Idle(Instant),
    /// Reading a head, since this time. Before the first request, possibly no byte of it has arrived yet.
    Head(Instant),
    /// A request is being handled.
    Busy,
    /// The response is complete, since this time, but may not have been written to the socket yet.
    Answered(Instant),
}

impl Activity {
    /// Creates the state of a connection that waits for its first head from this moment on.
    pub(super) fn new(accepted: Instant) -> Self {
        Self(Mutex::new(State { phase: Phase::Head(accepted), is_bodiless: false, stalled_since: None }))
    }

    /// Returns whether no request is in progress, so that closing the connection loses nothing.
    pub(super) fn is_waiting(&self) -> bool {
        matches!(self.state().phase, Phase::Idle(_) | Phase::Head(_))
    }

    /// Returns whether the connection is between two requests and nothing of the previous one is left to read or to write.
    ///
    /// Never true after a request with a body: the rest of that body may still arrive and would be parsed as a request.
    pub(super) fn is_resting(&self) -> bool {
        let state = self.state();
        matches!(state.phase, Phase::Idle(_)) && state.is_bodiless
    }

    /// Returns when the time limit of the current state ends.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let state = self.state();
        let of_phase = match state.phase {
            Phase::Idle(since) | Phase::Answered(since) => Some(since + IDLE),
            Phase::Head(since) => Some(since + HEAD),
            Phase::Busy => None,
        };
        [of_phase, state.stalled_since.map(|since| since + STALL)].into_iter().flatten().min()
    }

    /// Marks the start of a request; it is in progress until the guard is dropped.
    pub(super) fn begin(self: &Arc<Self>, is_bodiless: bool) -> Busy {
        let mut state = self.state();
        state.phase = Phase::Busy;
        state.is_bodiless = is_bodiless;
        Busy(Arc::clone(self))
    }

    fn received(&self) {
        let mut state = self.state();
        // While a request is in progress, these bytes are its body.
        if matches!(state.phase, Phase::Idle(_)) {
            state.phase = Phase::Head(Instant::now());
        }
    }

    fn flushed(&self) {
        let mut state = self.state();
        if let Phase::Answered(_) = state.phase {
            state.phase = Phase::Idle(Instant::now());
        }
    }

    fn wrote(&self, progress: &Poll<io::Result<usize>>) {
        let mut state = self.state();
        match progress {
            Poll::Pending => {
                state.stalled_since.get_or_insert_with(Instant::now);
            }
            Poll::Ready(_) => state.stalled_since = None,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Guard of a request in progress.
#[derive(Debug)]
pub(super) struct Busy(Arc<Activity>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.state().phase = Phase::Answered(Instant::now());
    }
}

/// A socket that reports its reads and writes to [`Activity`].
#[derive(Debug)]
pub(super) struct Watched {
    stream: TcpStream,
    activity: Arc<Activity>,
    /// Bytes that were already read from the socket and must be read again.
    unread: Bytes,
}

impl Watched {
    pub(super) fn new(stream: TcpStream, activity: Arc<Activity>) -> Self {
        Self { stream, activity, unread: Bytes::new() }
    }

    /// Returns the same socket with these bytes to be read before the rest.
    pub(super) fn with_unread(self, bytes: Bytes) -> Self {
        Self { unread: bytes, ..self }
    }

    pub(super) fn has_unread(&self) -> bool {
        !self.unread.is_empty()
    }

    /// Completes when the socket has something to read, including its end.
    pub(super) async fn readable(&self) -> io::Result<()> {
        self.stream.readable().await
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.has_unread() {
            let length = self.unread.len().min(buffer.remaining());
            buffer.put_slice(&self.unread.split_to(length));
            self.activity.received();
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        let result = ready!(Pin::new(&mut self.stream).poll_read(context, buffer));
        if buffer.filled().len() > before {
            self.activity.received();
        }
        Poll::Ready(result)
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let progress = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.activity.wrote(&progress);
        progress
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let progress = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.activity.wrote(&progress);
        progress
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// hyper flushes its own buffer into the socket before it calls this, so the kernel now has everything that was written.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_flush(context))?;
        self.activity.flushed();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phase_has_its_own_deadline_and_a_request_has_none() {
        let start = Instant::now();
        let activity = Arc::new(Activity::new(start));
        assert_eq!((activity.is_waiting(), activity.deadline()), (true, Some(start + HEAD)));
        activity.received();
        assert_eq!(activity.deadline(), Some(start + HEAD), "the first byte does not restart the deadline");
        let busy = activity.begin(true);
        assert_eq!((activity.is_waiting(), activity.deadline()), (false, None));
        activity.received();
        assert_eq!(activity.deadline(), None, "a body is part of the request");
        drop(busy);
        assert!(!activity.is_waiting(), "the answer may not have been written yet");
        activity.flushed();
        assert!(
            activity.is_resting()
                && activity.is_waiting()
                && activity.deadline().is_some_and(|deadline| deadline >= start + IDLE)
        );
        activity.received();
        assert!(!activity.is_resting(), "a head has begun");
        let deadline = activity.deadline().expect("a head is due");
        assert!(deadline < start + IDLE);
        activity.received();
        assert_eq!(activity.deadline(), Some(deadline), "a slow head does not extend the deadline");
    }

    #[test]
    fn a_connection_does_not_rest_after_a_request_with_a_body() {
        let activity = Arc::new(Activity::new(Instant::now()));
        assert!(!activity.is_resting(), "no request has come");
        drop(activity.begin(false));
        activity.flushed();
        assert!(activity.is_waiting() && !activity.is_resting());
        drop(activity.begin(true));
        activity.flushed();
        assert!(activity.is_resting());
    }

    #[test]
    fn a_stalled_write_has_a_deadline_until_the_client_reads() {
        let activity = Arc::new(Activity::new(Instant::now()));
        let _busy = activity.begin(true);
        activity.wrote(&Poll::Pending);
        let deadline = activity.deadline().expect("it stalls");
        activity.wrote(&Poll::Pending);
        assert_eq!(activity.deadline(), Some(deadline));
        activity.wrote(&Poll::Ready(Ok(1)));
        assert_eq!(activity.deadline(), None);
    }
}
